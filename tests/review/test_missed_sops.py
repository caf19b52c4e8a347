"""A SOP that was missed: its pages read by themselves, without reading the rest of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_browser import Site
from playwright.sync_api import expect
from reviewing import page_at, run_sample
from starlette.testclient import TestClient

from pipeline.batch.kept_readings import as_read, keep_as_read, selection_read
from pipeline.corrections import parse_corrections
from pipeline.corrections.page_readings import selection_of, selection_value, selections_in
from pipeline.corrections.yaml_edit import append_entries, new_file
from pipeline.errors import PipelineError
from pipeline.export.json import index_of
from pipeline.model.document import Digitized
from pipeline.model.geometry import Box
from pipeline.model.page_selection import PageSelection
from pipeline.model.record import Record
from pipeline.review.app import review_app
from pipeline.review.missed_sops import selection_asked
from pipeline.store.cache import Cache
from pipeline.store.index_file import write_index
from pipeline.store.outputs import CACHE, write_document

ORIGIN = "http://127.0.0.1"
ENTRY = """document: {{file: sop-bintan.pdf}}
corrections:
  - {{sop: "{sop}", at: sop, insert: {{source: {{pages: [4, 6]}}, read: {read}}}}}
"""
COME = """() => Promise.all([...document.querySelectorAll(".drawn img")].slice(0, 4).map(img => {
    img.loading = "eager";
    return img.decode();
}))"""  # the pictures up to the fourth page: those before it move it
PAGES = PageSelection(4, 6)  # of the second SOP of the sample


@pytest.fixture
def missing(place: Path) -> Path:
    """The folders of a run that missed the second SOP of the sample."""
    out = place / "outputs"
    read = as_read(Cache(out / CACHE), "sop-bintan")
    assert read
    records = [record for record in read.records if record.id != "sop-bintan/02"]
    made = Digitized(
        read.document, tuple(r.model_copy(update={"id": f"sop-bintan/{n:02d}"}) for n, r in enumerate(records, 1))
    )
    keep_as_read(Cache(out / CACHE), "sop-bintan", made)
    write_document(out, made)
    write_index(out, index_of([made]))
    return place


@pytest.fixture
def client(missing: Path) -> Iterator[TestClient]:
    page = page_at(missing)
    yield TestClient(review_app(page, "127.0.0.1"), base_url=ORIGIN, headers={"origin": ORIGIN})
    page.pictures.close()


def record_of(place: Path, number: int) -> Record:
    path = next((place / "outputs" / "sop-bintan").glob(f"{number:02d}-*.sop.json"))
    return Record.model_validate_json(path.read_bytes())


def asked(client: TestClient, **form: str) -> tuple[int, str]:
    version = re.search(r'name="version" value="(\w+)"', client.get("/d/0/missed").text)
    assert version
    answer = client.post("/d/0/missed", data={"version": version[1], **form}, follow_redirects=False)
    told = re.search(r"role=\"alert\"[^>]*>([^<]*)", answer.text)
    return answer.status_code, answer.headers.get("location") or (told[1] if told else "")


@pytest.mark.untraced
def test_the_sop_is_read_from_its_pages_with_its_evidence_and_a_run_reads_it_alike(
    client: TestClient, missing: Path, run_once: Path
) -> None:
    assert asked(client, first="4", last="6") == (303, "/d/0/2")
    whole, made = record_of(run_once, 2), record_of(missing, 2)
    assert made.header == whole.header
    assert made.kegiatan == whole.kegiatan
    assert made.flow == whole.flow
    assert {at: seen for at, seen in made.evidence.items() if at != "/source/pages"} == whole.evidence
    assert made.source == whole.source
    assert made.review.status == "started"
    assert record_of(missing, 3).header == record_of(run_once, 3).header
    (entry,) = parse_corrections((missing / "corrections" / "sop-bintan.yaml").read_text(), "a").entries
    assert entry.given["insert"] == {"source": {"pages": ["4", "6"]}, "read": True}
    version = re.search(r'data-version="(\w+)"', client.get("/d/0/2").text)
    assert version
    form = {"version": version[1], "target": "kegiatan[no=3]/mutu_baku/waktu", "value": "2 jam"}
    assert client.post("/d/0/2/set", data=form).status_code == 200
    edited = record_of(missing, 2)
    assert edited.kegiatan[2].mutu_baku.waktu
    assert edited.kegiatan[2].mutu_baku.waktu.iso8601 == "PT2H"
    # A run that reads the document anew finds the SOP by itself: the entry says what is so already.
    assert run_sample(missing) == 0
    assert len(list((missing / "outputs" / "sop-bintan").glob("*.sop.json"))) == 7


@pytest.mark.untraced
def test_a_frame_leaves_out_what_else_stands_on_the_page(client: TestClient, missing: Path) -> None:
    status, where = asked(client, first="5", last="5", frames="5 0 0 900 60")
    assert (status, where) == (303, "/d/0/2")
    record = record_of(missing, 2)
    assert record.kegiatan == []
    assert [issue.code for issue in record.issues if issue.code == "sop-not-read"] == ["sop-not-read"]


@pytest.mark.parametrize(
    "form",
    [
        {"first": "6", "last": "4"},
        {"first": "1", "last": "99"},
        {"first": "x", "last": "1"},
        {},
        {"first": "4", "last": "4", "frames": "4 1 1 2 2"},
        {"first": "4", "last": "4", "frames": "9 1 1 200 200"},
        {"first": "4", "last": "4", "frames": "4 nan 1 200 200"},
        {"first": "4", "last": "4", "frames": "4 1 1 200"},
    ],
)
def test_what_is_no_page_or_frame_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(PipelineError):
        selection_asked(form, 21)


def test_two_tabs_do_not_write_over_each_other(client: TestClient, missing: Path) -> None:
    path = missing / "corrections" / "sop-bintan.yaml"
    text = 'document: {file: sop-bintan.pdf}\ncorrections:\n  - {sop: "01", at: header/nomor_sop, set: "9"}\n'
    page = client.get("/d/0/missed").text
    version = re.search(r'name="version" value="(\w+)"', page)
    assert version
    path.write_text(text)
    answer = client.post("/d/0/missed", data={"version": version[1], "first": "4", "last": "4"})
    assert answer.status_code == 409
    assert path.read_text() == text


def test_an_entry_says_which_pages_and_frames_are_read() -> None:
    frames = PageSelection(4, 6, ((5, Box(10, 20.5, 300, 400)),))
    for selection in (PAGES, frames):
        entry = {"sop": "02", "at": "sop", "insert": selection_value(selection)}
        file = parse_corrections(append_entries(new_file("a.pdf", None), "a", [entry]), "a")
        assert list(selections_in(file)) == [selection]
    assert selection_of({"source": {"pages": ["1", "2"]}}) is None


@pytest.mark.parametrize("read", ["false", "[1]", "{}", "{5: [1, 2, 3]}", "{five: [1, 2, 3, 4]}", "{5: [a, 2, 3, 4]}"])
def test_other_forms_of_read_are_refused(read: str) -> None:
    text = ENTRY.format(sop=1, read=read)
    with pytest.raises(PipelineError):
        parse_corrections(text, "a")


@pytest.mark.untraced
def test_a_run_reads_the_pages_that_entries_name(place: Path) -> None:
    (place / "corrections" / "sop-bintan.yaml").write_text(ENTRY.format(sop=8, read="true"))
    assert run_sample(place) == 0
    record = record_of(place, 8)
    assert record.source.pages == (4, 6)
    assert len(record.kegiatan) > 3
    assert record.evidence
    assert selection_read(Cache(place / "outputs" / CACHE), "sop-bintan", PAGES)


@pytest.mark.untraced
def test_a_frame_is_drawn_with_the_mouse(site: Site) -> None:
    page = site.open()
    page.get_by_role("link", name="A SOP was missed").click()
    page.wait_for_url("**/missed")
    row = page.locator(".missed-pages li").nth(3)
    row.get_by_role("button", name="It begins here").click()
    picture = row.locator("img")
    page.evaluate(COME)
    picture.evaluate("picture => picture.scrollIntoView()")
    where = picture.bounding_box()
    assert where
    page.mouse.move(where["x"] + 20, where["y"] + 10)
    page.mouse.down()
    page.mouse.move(where["x"] + 300, where["y"] + 90, steps=4)
    page.mouse.up()
    expect(row.locator("rect")).to_have_count(1)
    expect(page.locator("[name=frames]")).to_have_value(re.compile(r"^4 [\d. ]+$"))
    number, *edges = page.locator("[name=frames]").input_value().split()
    width = row.locator("img").evaluate("img => img.naturalWidth") / 2
    assert number == "4"
    drawn = [edge * width / where["width"] for edge in (20, 10, 300, 90)]
    assert [float(edge) for edge in edges] == pytest.approx(drawn, abs=2)
    page.get_by_role("button", name="Read these pages as a SOP").click()
    expect(page.locator("#state")).to_be_visible()
    assert site.entries()[0]["insert"]["source"] == {"pages": ["4", "4"]}
    assert list(site.entries()[0]["insert"]["read"]) == ["4"]
