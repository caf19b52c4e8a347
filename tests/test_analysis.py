"""A document read in parts comes to the same bytes as one read as a whole, wherever it is cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typeset import Bundle, Cover, Matter, SopSpec, Style, chain, typeset

from pipeline.analysis import PartAnalysis, Stretch, joined
from pipeline.batch.division import PartRead, PartRecords, Unfit, run_joined, run_part, run_records
from pipeline.batch.frontier import Frontier
from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, run_job
from pipeline.batch.kept_readings import as_bytes
from pipeline.layout.document_layout import NOTHING, Mark
from pipeline.model.document import Digitized
from pipeline.model.part import Part, parts_of
from pipeline.normalize.document_words import DocumentWords
from pipeline.part_stages import page_count
from pipeline.readers.pdf import SoftHyphens
from pipeline.settings import LanguageSettings, Settings

LAW = Matter(("PERATURAN GUBERNUR", "Pasal 1", "Dalam Peraturan ini yang dimaksud dengan Daerah ialah Provinsi."))
BLANK = Matter(())


def sop(number: int, rows: int, covered: bool = True) -> SopSpec:
    cover = Cover(nomor_sop=f"060/{number}/ORG/2018", nama_sop=f"Pengelolaan Surat {number}")
    return SopSpec(cover if covered else None, (chain(rows),))


BOOKS: dict[str, tuple[Bundle | SopSpec, Style]] = {
    "sops": (Bundle(tuple(sop(number, 4 + 9 * (number % 3)) for number in range(4))), Style()),
    "law": (Bundle((LAW, BLANK, LAW, sop(1, 20), LAW, LAW, sop(2, 3), LAW)), Style(continuation="none")),
    "one": (sop(1, 60), Style(continuation="numbers")),
    "uncovered": (Bundle((sop(1, 12, covered=False), LAW, sop(2, 12), sop(3, 12, covered=False))), Style()),
    "shared": (SopSpec(Cover(), (chain(14, judul="Pertama"), chain(14, judul="Kedua"), chain(3))), Style()),
    "split": (Bundle((sop(1, 12), sop(2, 12))), Style(split="down")),
    "unruled": (Bundle((sop(1, 14), sop(2, 14))), Style(rulings="none")),
    "pieces": (Bundle((LAW, sop(1, 3), LAW, sop(2, 3), BLANK)), Style(together=True)),
}


def together(job: Job, parts: Sequence[Part], read: Mapping[Part, PartRead]) -> Digitized | Unfit:
    """What workers make of the parts of a document that were read."""
    in_order = [read[part] for part in parts]
    analyses = [(part, read[part].analysis) for part in parts]
    records = [run_records(job, analyses, each) for each in in_order]
    fitting = [made for made in records if isinstance(made, PartRecords)]
    return run_joined(job, in_order, fitting) if len(fitting) == len(parts) else Unfit()


TRACED = ("law", "split")  # the others take the same branches of the package, and twice the time where these are noted


@pytest.mark.parametrize("name", [pytest.param(n, marks=[] if n in TRACED else pytest.mark.untraced) for n in BOOKS])
def test_parts_come_to_what_the_whole_comes_to(tmp_path: Path, name: str) -> None:
    what, style = BOOKS[name]
    path = tmp_path / "book.pdf"
    typeset(what, path, style)
    job = Job(Input(path, path.name, path.stem), Settings())
    whole, pages = as_bytes(run_job(job)), page_count(path, job.settings)
    cuts = range(1, pages) if pages < 12 else range(1, pages, 2)
    divisions = [(Part(1, cut), Part(cut + 1, pages)) for cut in cuts]
    read: dict[Part, PartRead] = {}
    for parts in (*divisions, parts_of(pages, 4, 1)):
        for part in parts:
            found = read.get(part) or run_part(job, part)
            assert isinstance(found, PartRead)
            read[part] = found
        result = together(job, parts, read)
        assert isinstance(result, Digitized)
        assert as_bytes(result) == whole


@pytest.mark.parametrize("name", ["sops", "law"])
@pytest.mark.parametrize("late", [False, True])
def test_a_part_made_shorter_while_it_is_read_comes_to_the_same(tmp_path: Path, name: str, late: bool) -> None:
    """Where it hears of that too late it reads on, and the other part is left out."""
    what, style = BOOKS[name]
    path = tmp_path / "book.pdf"
    typeset(what, path, style)
    job = Job(Input(path, path.name, path.stem), Settings())
    whole, pages = as_bytes(run_job(job)), page_count(path, job.settings)
    for cut in range(1, pages, 3):
        part, rest = Part(1, pages), Part(cut + 1, pages)
        frontier = Frontier.of(part, tmp_path)

        def shorten(_: str, done: int, of: int, cut: int = cut, frontier: Frontier = frontier) -> None:
            if done >= (cut + 2 if late else cut):
                frontier.end_at(cut)

        first, second = run_part(job, part, shorten, frontier), run_part(job, rest)
        assert isinstance(first, PartRead)
        assert isinstance(second, PartRead)
        assert first.part in (part, Part(1, cut))
        if late:
            assert first.part == part
        result = together(job, [first.part, rest], {first.part: first, rest: second})
        assert isinstance(result, Digitized)
        assert as_bytes(result) == whole


def test_pages_are_divided_evenly_and_in_no_small_parts() -> None:
    assert parts_of(200, 2, 24) == (Part(1, 100), Part(101, 200))
    assert [part.last for part in parts_of(10, 4, 1)] == [2, 5, 7, 10]
    assert parts_of(200, 2, 24, beyond=2) == (Part(1, 99), Part(100, 200))
    assert parts_of(3, 3, 1, beyond=2) == (Part(1, 1), Part(2, 2), Part(3, 3))
    assert parts_of(47, 2, 24) == (Part(1, 47),)
    assert parts_of(3, 8, 1) == (Part(1, 1), Part(2, 2), Part(3, 3))


FIRST, SECOND, THIRD = Part(1, 10), Part(11, 20), Part(21, 30)


def analysis(begins: Mark | None, ends: Mark | None, *, asked: bool = True, found: bool = False) -> PartAnalysis:
    head, tail = (Stretch(DocumentWords(LanguageSettings())) for _ in range(2))
    return PartAnalysis(head, tail, begins, ends, SoftHyphens(asked, found))


def test_parts_that_come_to_different_states_do_not_fit() -> None:
    here = Mark(13, "a")
    fits = [(FIRST, analysis(None, here)), (SECOND, analysis(here, None))]
    assert joined(fits) == [fits[0][1].head, fits[0][1].tail, fits[1][1].tail]
    for other in (Mark(13, "b"), Mark(12, "a"), None):
        assert joined([fits[0], (SECOND, analysis(other, None))]) is None


def test_a_part_without_a_beginning_is_left_to_the_one_before() -> None:
    here = Mark(24, "a")
    parts = [(FIRST, analysis(None, here)), (SECOND, analysis(None, here)), (THIRD, analysis(here, None))]
    assert joined(parts) is not None
    assert joined(parts[:2]) is None  # the last part is missing


def test_pages_before_the_first_sop_need_no_beginning() -> None:
    law = (FIRST, analysis(None, Mark(10, NOTHING)))
    assert joined([law, (SECOND, analysis(Mark(12, "a"), None))]) is not None


def test_a_file_without_soft_hyphens_at_first_has_none_later() -> None:
    here = Mark(13, "a")
    first, second = analysis(None, here, asked=False), analysis(here, None, found=True)
    assert joined([(FIRST, first), (SECOND, second)]) is None
    assert joined([(FIRST, first), (SECOND, replace(second, soft_hyphens=SoftHyphens(asked=False)))]) is not None
