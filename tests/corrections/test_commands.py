from __future__ import annotations

import pytest
from corrected import normalizer, sample

from pipeline.corrections import apply, parse_corrections
from pipeline.corrections.commands import CheckReport, can_rebase, rebase
from pipeline.corrections.doubts import Doubt
from pipeline.errors import PipelineError
from pipeline.model.issue import Issue

HEAD = "document: {file: sop-bintan.pdf}\ncorrections:\n"


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
    assert not CheckReport(outcomes, (Doubt("a", "a.pdf", info),)).failed(strict=True)
    warned = CheckReport(outcomes, (Doubt("a", "a.pdf", info.model_copy(update={"severity": "warning"})),))
    assert warned.failed(strict=True)
    assert not warned.failed(strict=False)
    assert CheckReport((), (), ("b.yaml",)).failed(strict=False)
