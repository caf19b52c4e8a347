from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import digitized

from pipeline.batch.conclude import Corrector, checked, conclude
from pipeline.batch.correction_files import CorrectionFiles
from pipeline.corrections import CorrectionsError, parse_corrections
from pipeline.model.document import Digitized
from pipeline.model.packed import Packed
from pipeline.model.record import Header
from pipeline.settings import LanguageSettings, Settings

HEAD = "document: {file: a.pdf}\ncorrections:\n"


def entries(*lines: str, name: str = "a") -> CorrectionFiles:
    return CorrectionFiles(
        {name: parse_corrections(HEAD + "".join(f"  - {entry}\n" for entry in lines), f"{name}.yaml")}
    )


def test_no_corrections_change_nothing_but_the_issues() -> None:
    results = [digitized("a"), digitized("b")]
    done = conclude(results, CorrectionFiles(), Settings()).documents
    assert [document.document for document in done] == [result.document for result in results]
    bare = [record.model_copy(update={"issues": []}) for document in done for record in document.records]
    assert bare == [record for result in results for record in result.records]


def test_many_documents_are_concluded_as_few_and_not_held_whole() -> None:
    results = [digitized(f"d{place:02d}") for place in range(40)]
    files = entries('{sop: "01", at: header/nama_sop, set: Uji Nyata}', name="d07")
    done = conclude(iter(results), files, Settings())
    corrected = [Corrector(files, Settings()).corrected(result)[0] for result in results]
    assert isinstance(done.documents, Packed)
    assert tuple(done.documents) == checked(corrected, done.outcomes, Settings())
    assert done.documents[7].records[0].header.nama_sop == "Uji Nyata"


def test_all_records_of_a_run_are_checked_with_what_was_confirmed_left_out() -> None:
    results = [digitized("a"), digitized("b")]
    done = conclude(results, entries('{sop: "01", at: "kegiatan[no=1]/pelaksana", confirm: []}'), Settings())
    codes = [{issue.code for issue in document.records[0].issues} for document in done.documents]
    assert "step-without-performer" not in codes[0]
    assert "step-without-performer" in codes[1]


def test_a_related_sop_is_found_in_any_document_of_the_run() -> None:
    naming = digitized("b")
    named = naming.records[0].model_copy(update={"header": Header(nama_sop="Lain", keterkaitan=["SOP Uji Coba"])})
    done = conclude([digitized("a"), Digitized(naming.document, (named,))], CorrectionFiles(), Settings())
    (change,) = done.documents[1].records[0].evidence["/header/keterkaitan/0"].changes
    assert (change.rule, change.after) == ("linked-sop", "a/01")


@pytest.mark.parametrize(("same_sop", "links"), [(92.0, 0), (60.0, 1)])
def test_how_like_a_related_sop_must_be_is_the_callers_setting(same_sop: float, links: int) -> None:
    naming = digitized("b")
    named = naming.records[0].model_copy(update={"header": Header(nama_sop="Lain", keterkaitan=["SOP Uji Cebol"])})
    settings = replace(Settings(), language=replace(LanguageSettings(), same_sop=same_sop))
    done = conclude([digitized("a"), Digitized(naming.document, (named,))], CorrectionFiles(), settings)
    assert len(done.documents[1].records[0].evidence) == links


def test_a_correction_reaches_its_own_document_alone() -> None:
    results = [digitized("a"), digitized("b")]
    done = conclude(results, entries('{sop: "01", at: header/nama_sop, set: Uji Nyata}'), Settings())
    assert [document.records[0].header.nama_sop for document in done.documents] == ["Uji Nyata", "Uji Coba"]
    assert [outcome.status for outcome in done.outcomes] == ["applied"]


def test_what_was_not_applied_is_told() -> None:
    done = conclude(
        [digitized()],
        entries(
            '{sop: "01", at: header/nama_sop, expect: Lain, set: Uji}', '{sop: "09", at: header/nama_sop, set: Uji}'
        ),
        Settings(),
    )
    (document,) = done.documents
    assert [outcome.status for outcome in done.outcomes] == ["stale", "orphan"]
    assert "correction-stale" in [issue.code for issue in document.records[0].issues]
    assert "correction-orphan" in [issue.code for issue in document.document.issues]


def test_a_page_names_the_records_that_are_left() -> None:
    done = conclude([digitized("a", ("Satu", "Dua"))], entries('{sop: "01", at: sop, remove: true}'), Settings())
    (document,) = done.documents
    assert len(document.records) == 1
    left = {record.id for record in document.records}
    assert {sop for page in document.document.pages for sop in page.sops} == left


def test_a_document_that_could_not_be_read_is_not_corrected() -> None:
    failed = digitized()
    failed = Digitized(failed.document.model_copy(update={"status": "empty"}))
    assert conclude([failed], entries('{sop: "01", at: header/nama_sop, set: Uji}'), Settings()).documents == (failed,)


def test_a_value_that_cannot_be_is_refused_with_its_line() -> None:
    with pytest.raises(CorrectionsError, match=r"a\.yaml:3"):
        conclude([digitized()], entries('{sop: "01", at: header/tanggal_efektif, set: besok}'), Settings())
