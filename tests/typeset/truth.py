"""What a perfect reader would find: the same form as the projects' truth files, a list of SOPs."""

from __future__ import annotations

from typing import Any

from .spec import ABOVE, DATE_FIELDS, LIST_FIELDS, Cover, Matrix, Row, SopSpec, Style

BODY = ("kelengkapan", "waktu", "output", "keterangan")


def truth_of(spec: SopSpec, pages: list[tuple[int, int]], style: Style) -> list[dict[str, Any]]:
    """One entry per matrix; `pages` is the first and last page of each, from 1."""
    header = header_truth(spec.cover, style) if spec.cover else {}
    return [
        {
            "pages": list(span),
            "judul": flat(m.judul),
            "header": header,
            "waktu_unit": style.waktu_unit,
            **matrix_truth(m, style),
        }
        for m, span in zip(spec.matrices, pages, strict=True)
    ]


def flat(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())


def header_truth(cover: Cover, style: Style) -> dict[str, Any]:
    signature = {k: getattr(cover.signature, k) for k in ("jabatan", "nama", "pangkat", "nip")}
    name = cover.nama_sop.upper() if style.nama_sop == "title" else cover.nama_sop
    return {
        "nomor_sop": cover.nomor_sop,
        "nama_sop": name,
        "instansi": list(cover.instansi),
        **{f: value for f in DATE_FIELDS if (value := getattr(cover, f)) is not None},
        "disahkan_oleh": signature,
        **{f: list(getattr(cover, f)) for f in LIST_FIELDS},
    }


def matrix_truth(matrix: Matrix, style: Style) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    above: dict[str, str] = {}
    for no, row in enumerate(matrix.rows, 1):
        above = {k: above.get(k, "") if (v := row.cells.get(k, "")) == ABOVE else v for k in style.columns}
        rows.append(row_truth(no, row, above))
    edges = [[list(e.source), list(e.target), e.label] for e in matrix.edges]
    edges += [[list(e.target), list(e.source), ""] for e in matrix.edges if e.double]
    return {"waktu_unit": style.waktu_unit, "pelaksana": list(matrix.roles), "kegiatan": rows, "edges": edges}


def row_truth(no: int, row: Row, cells: dict[str, str]) -> dict[str, Any]:
    """A row; a cell merged over several rows holds for each of them."""
    lain = {k: v for k, v in cells.items() if k not in (*BODY, "no")}
    return {
        "no": no,
        "uraian": row.uraian,
        "pelaksana": list(dict.fromkeys(s.role for s in row.symbols)),
        "kinds": [[s.role, s.kind] for s in row.symbols],
        **{k: v for k, v in cells.items() if k in BODY},
        **({"lain": lain} if lain else {}),
    }
