"""What the server answers, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from reviewing import page_at
from starlette.testclient import TestClient

from pipeline.review.app import review_app
from pipeline.review.opened import version_of
from pipeline.review.safety import is_loopback

ORIGIN = "http://127.0.0.1"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e{{ 7 * 7 }}"


@pytest.fixture
def client(place: Path) -> Iterator[TestClient]:
    page = page_at(place)
    yield TestClient(review_app(page, "127.0.0.1"), base_url=ORIGIN, headers={"origin": ORIGIN})
    page.pictures.close()


def version_in(text: str) -> str:
    found = re.search(r'data-version="(\w+)"', text)
    assert found
    return found.group(1)


def test_the_queue_is_worst_first_and_filters(client: TestClient) -> None:
    page = client.get("/").text
    assert page.index("tag warning") < page.index("tag info")
    assert "0 dari" in page
    rows = client.get("/?group=duration", headers={"hx-request": "true"}).text
    assert "<html" not in rows
    assert client.get("/?text=tanggal_pengesahan").text.count('class="row ') >= 1
    assert 'class="row ' not in client.get("/?text=nosuchword").text.split('class="documents"')[0]


def test_the_search_finds_a_sop_by_its_words(client: TestClient) -> None:
    assert "LAKIP" in client.get("/search?q=akuntabilitas").text
    assert 'class="row ' not in client.get("/search?q=nosuchword").text


def test_the_language_is_chosen_and_remembered(client: TestClient) -> None:
    assert '<html lang="id">' in client.get("/").text
    client.post("/remember", data={"language": "en", "reviewer": "Bagian Organisasi", "back": "//evil.example"})
    page = client.get("/").text
    assert '<html lang="en">' in page
    assert 'value="Bagian Organisasi"' in page


def test_a_page_s_picture(client: TestClient) -> None:
    answer = client.get("/d/0/page/4")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content[:2] == b"\xff\xd8"
    assert client.get("/d/0/page/999").status_code == 404


@pytest.mark.parametrize(
    ("kind", "value", "said"), [("waktu", "15 menit", "15 menit"), ("date", "8 Desember 2017", "2017-12-08")]
)
def test_what_is_typed_is_checked(client: TestClient, kind: str, value: str, said: str) -> None:
    answer = client.get("/check", params={"kind": kind, "value": value}).text
    assert said in answer
    assert "good" in answer
    assert "bad" in client.get("/check", params={"kind": "date", "value": "kapan-kapan"}).text


def test_an_edit_answers_with_the_fields_as_they_are_then(client: TestClient) -> None:
    version = version_in(client.get("/d/0/2").text)
    form = {"version": version, "target": "header/nomor_sop", "value": HOSTILE}
    answer = client.post("/d/0/2/set", data=form)
    assert answer.status_code == 200
    assert version_in(answer.text) != version
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "49" not in answer.text.split("onerror=alert(2)")[1][:40]


def test_a_conflict_shows_both_sides(client: TestClient, place: Path) -> None:
    version = version_in(client.get("/d/0/2").text)
    form = {"version": version, "target": "header/nomor_sop", "value": "SATU"}
    assert client.post("/d/0/2/set", data=form).status_code == 200
    answer = client.post("/d/0/2/set", data={**form, "value": "DUA"})
    assert answer.status_code == 409
    assert "SATU" in answer.text
    assert "DUA" in answer.text
    assert "DUA" not in (place / "corrections" / "sop-bintan.yaml").read_text()


def test_nothing_is_written_by_a_number_that_may_be_another_s_by_now(client: TestClient) -> None:
    version = version_in(client.get("/d/0/2").text)
    assert client.post("/d/0/2/remove-step", data={"version": version, "no": "2"}).status_code == 200
    form = {"version": version, "target": "kegiatan[no=3]/uraian", "value": "DUA"}
    answer = client.post("/d/0/2/set", data=form)
    assert answer.status_code == 409
    assert "DUA" in answer.text
    assert 'data-conflict="mine"' not in answer.text
    assert 'data-conflict="theirs"' in answer.text


def test_a_value_that_cannot_be_taken_is_told(client: TestClient) -> None:
    version = version_in(client.get("/d/0/2").text)
    form = {"version": version, "target": "header/tanggal_efektif", "value": "kapan-kapan"}
    answer = client.post("/d/0/2/set", data=form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_stale_entry_is_shown_and_taken_out(client: TestClient, place: Path) -> None:
    path = place / "corrections" / "sop-bintan.yaml"
    entry = '  - {sop: "02", at: header/nomor_sop, expect: LAMA, set: BARU}\n'
    path.write_text("document: {file: sop-bintan.pdf}\ncorrections:\n" + entry)
    page = client.get("/d/0/2").text
    assert "LAMA" in page
    assert "BARU" in page
    assert client.post("/d/0/2/drop", data={"version": version_in(page), "line": "3"}).status_code == 200
    assert "BARU" not in path.read_text()


def test_a_broken_file_is_told_with_its_place(client: TestClient, place: Path) -> None:
    (place / "corrections" / "sop-bintan.yaml").write_text("document: {file: a}\ncorrections: [{sop: 1}]\n")
    assert "sop-bintan.yaml:2" in client.get("/d/0/2").text


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e%2fapp.py", "/d/99/1", "/d/0/99", "/d/-1/1", "/etc/passwd", "/d/0/2/x"]
)
def test_no_path_leads_anywhere_else(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 405)


def test_what_a_browser_is_told_to_allow(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = client.get("/d/0/2").text
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=", page)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.example"}, 421),
        ({"content-length": "99999999"}, 413),
    ],
)
def test_writes_from_elsewhere_are_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    form = {"version": "none", "target": "header/nomor_sop", "value": "1"}
    assert client.post("/d/0/2/set", data=form, headers=headers).status_code == status


def test_without_an_origin_nothing_is_written(place: Path) -> None:
    bare = TestClient(review_app(page_at(place), "127.0.0.1"), base_url=ORIGIN)
    assert bare.post("/d/0/2/undo", data={}).status_code == 403
    assert bare.put("/d/0/2/undo").status_code == 405


def test_from_other_machines_a_token_is_needed(place: Path) -> None:
    away = TestClient(review_app(page_at(place), "0.0.0.0", "s3cret"), base_url="http://192.0.2.7")
    assert away.get("/").status_code == 403
    assert away.get("/?token=wrong").status_code == 403
    answer = away.get("/?token=s3cret", follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert away.get("/").status_code == 200


def test_only_this_machine_is_loopback() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "0.0.0.0", "192.0.2.7")] == [True, True, False, False]


def test_a_word_is_taught_after_it_was_shown_what_it_would_change(client: TestClient, place: Path) -> None:
    page = client.get("/taught", params={"printed": "Kabupaten", "meant": "Kab"}).text
    assert "<del" in page
    version = re.search(r'name="version" value="(\w+)"', page)
    assert version
    lexicon = place / "corrections" / "lexicon.yaml"
    assert not lexicon.exists()
    form = {"version": version[1], "printed": "Kabupaten", "meant": "Kab"}
    assert client.post("/taught", data=form).status_code == 200
    assert lexicon.read_text() == "words:\n  Kabupaten: Kab\n"
    assert client.post("/taught", data=form).status_code == 409
    again = {**form, "version": version_of(lexicon.read_text())}
    assert client.post("/taught", data=again).status_code == 422
    hostile = client.get("/taught", params={"printed": HOSTILE, "meant": "x"}).text
    assert "<script>alert" not in hostile


def test_the_browser_is_told_of_all_scripts_at_once(client: TestClient) -> None:
    page = client.get("/").text
    named = set(re.findall(r'rel="modulepreload" href="/static/([\w.]+)"', page))
    assert {"dom.js", "actions.js", "cell_editors.js"} <= named
    for name in ("review.js", *named):
        assert set(re.findall(r'from "\./([\w.]+)"', client.get(f"/static/{name}").text)) <= named
