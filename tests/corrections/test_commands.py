from __future__ import annotations

import pytest
from corrected import normalizer, sample

from pipeline.corrections import apply, parse_corrections
from pipeline.corrections.commands import CheckReport, CorrectionRequest, can_rebase, correct, rebase
from pipeline.errors import PipelineError
from pipeline.model.issue import Issue

HEAD = "document: {file: sop-bintan.pdf}\ncorrections:\n"


@pytest.mark.parametrize(
    ("wish", "entry"),
    [
        (
            CorrectionRequest("kegiatan[no=2]/mutu_baku/waktu", "set", "15 menit", why="kabur"),
            {"expect": "15 menlt", "set": "15 menit", "why": "kabur"},
        ),
        (CorrectionRequest("header/tanggal_revisi", "set", "2018-01"), {"expect": None, "set": "2018-01"}),
        (CorrectionRequest("header/tanggal_efektif", "confirm", "2018-01-01"), {"confirm": "2018-01-01"}),
        (
            CorrectionRequest("header/keterkaitan", "insert", "SOP Kilat", after="1"),
            {"insert": "SOP Kilat", "after": "1"},
        ),
        (
            CorrectionRequest("header/keterkaitan", "set", "[SOP Kilat]"),
            {"expect": ["SOP Surat Masuk", "SOP Surat Keluar"], "set": ["SOP Kilat"]},
        ),
        (
            CorrectionRequest("kegiatan[no=3]", "remove"),
            {"expect": {"no": "3", "uraian": "Mengarsipkan surat"}, "remove": True},
        ),
        (
            CorrectionRequest("flow/edges", "insert", "{from: [3, tu-bagian], to: [1, TU Bagian]}"),
            {"insert": {"from": ["3", "tu-bagian"], "to": ["1", "TU Bagian"]}},
        ),
        (
            CorrectionRequest("flow/nodes[1,tu-bagian]", "remove"),
            {"expect": {"kegiatan": "1", "pelaksana": "tu-bagian", "kind": "start"}, "remove": True},
        ),
        (CorrectionRequest("sop", "remove"), {"expect": {"judul": "SOP PENYUSUNAN LAKIP"}, "remove": True}),
    ],
)
def test_correct_appends_what_had_been_read(wish: CorrectionRequest, entry: dict[str, object]) -> None:
    done = correct([sample()], sample(), wish, None, "a.yaml", normalizer())
    assert done.outcome.status in ("applied", "confirmed")
    (written,) = parse_corrections(done.text, "a.yaml").entries
    assert written.given == {"sop": "01", "at": wish.target, **entry}
    again = correct([sample()], sample(), wish, done.text, "a.yaml", normalizer())
    assert len(parse_corrections(again.text, "a.yaml").entries) == 2


@pytest.mark.parametrize(
    "wish",
    [
        CorrectionRequest("header/nama", "set", "X"),
        CorrectionRequest("kegiatan[no=9]/uraian", "set", "X"),
        CorrectionRequest("kegiatan[no=9", "remove"),
        CorrectionRequest("header/nama_sop", "set", "Penyusunan LAKIP"),
        CorrectionRequest("header/nama_sop", "confirm", "Lain"),
        CorrectionRequest("header/nama_sop", "set", "{a: b}"),
        CorrectionRequest("header/nama_sop", "set", "[a"),
        CorrectionRequest("header/tanggal_efektif", "set", "besok"),
        CorrectionRequest("kegiatan[uraian=x][pelaksana=y]", "remove"),
    ],
)
def test_correct_refuses_what_would_do_nothing(wish: CorrectionRequest) -> None:
    with pytest.raises(PipelineError):
        correct([sample()], sample(), wish, None, "a.yaml", normalizer())


def test_rebase_rewrites_one_stale_entry() -> None:
    text = (
        HEAD + "  - {sop: 1, at: header/nama_sop, expect: Lama, set: Baru}  # one\n"
        "  - {sop: 1, at: header/tanggal_efektif, confirm: 2017-01-01}\n"
        "  - {sop: 1, at: header/keterkaitan, expect: SOP Surat Masuuk, set: SOP Kilat}\n"
        "  - {sop: 1, at: 'kegiatan[no=3]', expect: {uraian: Menyimpan}, remove: true}\n"
        "  - {sop: 1, at: header/keterkaitan, expect: '???', set: SOP Kilat}\n"
        "  - {sop: 1, at: judul, set: SOP}\n"
    )
    outcomes = apply([sample()], parse_corrections(text, "a.yaml"), normalizer())[1]
    assert [outcome.status for outcome in outcomes] == ["stale"] * 5 + ["applied"]
    assert [can_rebase(outcome) for outcome in outcomes] == [True] * 4 + [False] * 2
    expected = [
        "expect: Penyusunan LAKIP, set: Baru}  # one",
        'confirm: "2018-01-01"',
        "expect: SOP Surat Masuk, set",
        "expect: {uraian: Mengarsipkan surat}",
    ]
    for line, words in enumerate(expected, 3):
        done = rebase(text, outcomes, line, "a.yaml")
        lines = done.splitlines()
        assert words in lines[line - 1]
        assert [old for n, old in enumerate(lines, 1) if n != line] == [
            old for n, old in enumerate(text.splitlines(), 1) if n != line
        ]
        after = apply([sample()], parse_corrections(done, "a.yaml"), normalizer())[1]
        assert after[line - 3].status in ("applied", "confirmed")
    for line in (1, 7, 8):
        with pytest.raises(PipelineError):
            rebase(text, outcomes, line, "a.yaml")


def test_when_a_check_fails() -> None:
    outcomes = apply([sample()], parse_corrections(HEAD + "  - {sop: 1, at: judul, set: X}", "a.yaml"), normalizer())[1]
    info = Issue(code="x", severity="info", message="x")
    assert not CheckReport(outcomes, (("a/01", info),)).failed(strict=True)
    warned = CheckReport(outcomes, (("a/01", info.model_copy(update={"severity": "warning"})),))
    assert warned.failed(strict=True)
    assert not warned.failed(strict=False)
    assert CheckReport((), (), ("b.yaml",)).failed(strict=False)
