"""What a run prints: how far it is, what failed, what to do next, and lists that stay short."""

from __future__ import annotations

import io
from pathlib import Path

import fakes
import pytest
from rich.console import Console

from pipeline import console_run
from pipeline.cli import exit_code
from pipeline.console_run import RunState, progress, show_run
from pipeline.export.json import index_of
from pipeline.message import msg
from pipeline.model.document import Digitized, Document, Index, Status
from pipeline.summary import named, next_steps, shortened, worst_first
from pipeline.translation import shown, speaking


def document(name: str, status: Status = "ok") -> Digitized:
    """A document that gave one SOP, or none of the status says so."""
    if status == "ok":
        return fakes.digitized(name)
    said = msg("the file is empty")
    return Digitized(Document(name=name, file=f"{name}.pdf", sha256="", status=status, message=str(said), wording=said))


def index(*documents: Digitized, passed_over: tuple[str, ...] = ()) -> Index:
    return index_of(documents, passed_over)


def printed(capsys: pytest.CaptureFixture[str], found: Index) -> str:
    show_run(found, Path("out"))
    return capsys.readouterr().out


def test_the_summary_counts_what_failed_and_says_what_to_do_next(capsys: pytest.CaptureFixture[str]) -> None:
    found = index(document("a"), document("b", "empty"), document("c", "encrypted"), document("d", "no-sop"))
    text = printed(capsys, found)
    assert "2 documents could not be read; 1 holds no SOP\n" in text
    assert "- Give the password of encrypted PDFs; `sop run --help` says how.\n" in text
    assert "- Ask for damaged and empty files again, or save them anew as PDF.\n" in text
    assert "- Look at what was found on pages without a SOP: `sop draw FILE`.\n" in text
    with speaking("id"):
        assert "2 dokumen tidak dapat dibaca; 1 tidak memuat SOP\n" in printed(capsys, found)


def test_a_sound_run_counts_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert "could not be read" not in printed(capsys, index(document("a")))
    assert next_steps(index(document("a")).documents) == []


def test_what_is_doubted_is_a_next_step() -> None:
    (entry,) = index(document("a")).documents
    assert [str(step) for step in next_steps([entry.model_copy(update={"issues": 3})])] == [
        "See what is doubted, and confirm or correct it: `sop check`."
    ]


@pytest.mark.parametrize("status", [s for s in console_run.DOCUMENT_STATUSES if s != "ok"])
def test_every_failure_has_advice(status: Status) -> None:
    assert len(next_steps(index(document("a", status)).documents)) == 1


def test_long_lists_are_cut_and_the_failed_ones_are_shown_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_run, "MOST_ROWS", 3)
    monkeypatch.setattr(console_run, "MOST_NAMES", 2)
    many = [document(f"d{number:04d}", "empty" if number > 1998 else "ok") for number in range(2000)]
    text = printed(capsys, index(*many, passed_over=tuple(f"x{n}.md" for n in range(5))))
    assert [line.split()[1] for line in text.splitlines() if line.startswith("│")] == [
        *("d0000.pdf", "d0001.pdf", "d1999.pdf"),
    ]
    assert "and 1,997 more, see out/index.json\n" in text
    assert "Not looked at: x0.md, x1.md and 3 more, see out/index.json\n" in text


def test_the_first_messages_are_shown_and_the_rest_is_counted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_run, "MOST_NAMES", 2)
    text = printed(capsys, index(*(document(name, "empty") for name in "abcde")))
    assert text.count(": the file is empty") == 2
    assert "and 3 more, see out/index.json\n" in text


def test_long_names_lose_their_middle(capsys: pytest.CaptureFixture[str]) -> None:
    name = "sop-" + "penyusunan-" * 20 + "akhir"
    assert len(shortened(name, 20)) == 20
    assert shortened(name, 20).startswith("sop-penyus")
    assert shortened(name, 20).endswith("akhir")
    assert shortened("a", 20) == "a"
    text = printed(capsys, index(document(name, "empty")))
    assert name not in text
    assert "akhir.pdf: the file is empty" in text


def test_short_lists_are_whole() -> None:
    assert named(["a", "b"], 2, "x") == "a, b"
    entries = index(document("a"), document("b", "empty")).documents
    assert worst_first(entries, 2) == entries
    assert [entry.name for entry in worst_first(entries, 1)] == ["b"]


def test_progress_names_the_document_and_its_page_and_the_time_left() -> None:
    state = RunState(2)
    assert (state.share, state.at_work) == (0.0, "")
    state.page("a", 0, 0)
    assert state.at_work == "a"
    state.page("a", 1, 4)
    state.page("b", 4, 4)
    state.page("b", 1, 4)
    state.page("b", 4, 4)
    assert (state.share, str(state.at_work)) == (0.75, "b, page 3 of 4")
    for page in (2, 3, 4):
        state.page("a", page, 4)
    assert str(state.at_work) == "a, page 4 of 4"
    state.document("a")
    assert (state.share, str(state.at_work)) == (1.5, "b, page 3 of 4")
    with speaking("id"):
        assert shown(state.at_work) == "b, halaman 3 dari 4"


def test_progress_is_drawn_on_a_terminal_only() -> None:
    drawn = io.StringIO()
    with progress(2, Console(file=drawn, force_terminal=True, width=120)) as told:
        told.page("a", 1, 4)
        told.document(fakes.digitized("a"))
    assert "time left" in drawn.getvalue()
    plain = io.StringIO()
    with progress(2, Console(file=plain, force_terminal=False)) as told:
        told.page("a", 1, 4)
    assert plain.getvalue().strip() == ""


@pytest.mark.parametrize("arguments", [["--version"], ["--lang", "id", "--version"]])
def test_the_version_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(arguments) == 0
    assert capsys.readouterr().out.startswith("sop 0.")
