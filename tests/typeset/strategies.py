"""Hypothesis strategies: random SOPs, a random graph in a random grid, in random house styles."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from .samples import ROLES, STEPS
from .spec import Cover, Edge, Matrix, Row, SopSpec, Style, Symbol

T = TypeVar("T")

# Documents take long to make and to read: the same few each time, and no search for a smaller one that fails.
FEW = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

MORE_ROLES = (*ROLES, "Asisten", "Bupati", "Tim Penyusun", "Staf", "Pemohon", "DPRD")
KINDS = ("process", "process", "process", "decision", "document", "archive")
DURATIONS = ("5 menit", "1 hari", "2 jam", "30 Hari", "1-2 hari", "3 hari kerja", "Sesuai jadwal", "-", "", "1 minggu")
WORDS = (
    "surat", "berkas", "laporan", "konsep", "nota", "dinas", "disposisi", "agenda", "permohonan", "rekomendasi",
    "hasil", "lampiran", "jadwal", "daftar", "undangan", "rapat", "notulen", "anggaran", "dokumen", "pimpinan",
)  # fmt: skip

phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(lambda words: " ".join(words).capitalize())
items = st.lists(phrases, min_size=1, max_size=5, unique=True).map(tuple)
dates = st.sampled_from(("08 Desember 2017", "1 Januari 2018", "17 Agustus 2020", "Januari 2018", ""))


@st.composite
def covers(draw: st.DrawFn) -> Cover:
    """Covers with random names, dates and lists."""
    laws, qualifications, related, warnings = (draw(items) for _ in range(4))
    number = draw(st.integers(1, 999))
    return Cover(
        nomor_sop=f"060/{number:03d}/ORG/2018",
        nama_sop=draw(phrases),
        tanggal_pembuatan=draw(dates),
        tanggal_efektif=draw(dates),
        dasar_hukum=laws,
        kualifikasi_pelaksana=qualifications,
        keterkaitan=related,
        peringatan=warnings,
    )


@st.composite
def matrices(draw: st.DrawFn, max_rows: int = 12, max_roles: int = 8) -> Matrix:
    """Matrices whose flow is a chain through random roles with a few parallel symbols and ways back."""
    roles = tuple(draw(st.permutations(MORE_ROLES)))[: draw(st.integers(2, max_roles))]
    count = draw(st.integers(2, max_rows))
    who = [draw(st.sampled_from(roles)) for _ in range(count)]
    kinds = ["start", *(draw(st.sampled_from(KINDS)) for _ in range(count - 2)), "end"]
    edges = [Edge((i, who[i - 1]), (i + 1, who[i])) for i in range(1, count)]
    rows = []
    for i in range(count):
        symbols = [Symbol(who[i], kinds[i])]
        if kinds[i] == "process" and draw(st.integers(0, 4)) == 0:
            other = draw(st.sampled_from([r for r in roles if r != who[i]]))
            symbols.append(Symbol(other))
            edges.append(Edge((i + 1, who[i]), (i + 1, other)))
        if kinds[i] == "decision":
            edges.append(Edge((i + 1, who[i]), (i, who[i - 1]), "Tidak"))
        rows.append(draw_row(draw, roles, tuple(symbols)))
    return Matrix(roles, tuple(rows), tuple(edges))


def draw_row(draw: st.DrawFn, roles: tuple[str, ...], symbols: tuple[Symbol, ...]) -> Row:
    base = draw(st.sampled_from(STEPS))
    ordered = tuple(sorted(symbols, key=lambda s: roles.index(s.role)))
    cells = {
        "kelengkapan": base[1],
        "waktu": draw(st.sampled_from(DURATIONS)),
        "output": draw(phrases),
        "keterangan": "",
    }
    return Row(draw(phrases), cells, ordered)


@st.composite
def sops(draw: st.DrawFn, max_rows: int = 12) -> SopSpec:
    """One cover with one matrix, now and then without the cover."""
    cover = draw(st.one_of(covers(), covers(), covers(), st.none()))
    return SopSpec(cover, (draw(matrices(max_rows)),))


@st.composite
def styles(draw: st.DrawFn) -> Style:
    """House styles of ruled tables on pages however turned."""

    def pick(*values: T) -> T:
        return draw(st.sampled_from(values))

    return Style(
        size=pick("A4", "F4", "Legal", "Letter"),
        matrix_landscape=pick(True, True, False),
        rotate=pick(0, 0, 90, 180, 270),
        font=pick("Helvetica", "Times", "Vera"),
        text_size=pick(7.0, 9.0, 10.0),
        rulings=pick("line", "rect", "filled", "path"),
        label_cells=pick(1, 2),
        colon=pick(True, False),
        mark=pick("1.", "a.", "-", "•"),
        number_row=pick(True, False),
        continuation=pick("head", "none"),
        role_turn=pick(0, 0, 90),
        fill=pick("none", "white", "grey", "blue", "yellow"),
        symbol_labels=pick("none", "number", "words"),
        arrow=pick("filled", "open"),
    )
