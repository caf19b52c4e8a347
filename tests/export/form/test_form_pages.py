from __future__ import annotations

from hypothesis import given, settings
from random_records import records

from pipeline.export.form.form_pages import Form, Sheet, form_of
from pipeline.export.swimlanes.flow_cells import flow_cells
from pipeline.model.record import Record


def record_of(steps: int, edges: list[tuple[int, int]], **more: object) -> Record:
    """A record with a symbol for each step, of one of two performers in turns."""
    return Record.model_validate(
        {
            "id": "a/01",
            "source": {"file": "a.pdf", "sha256": "ab", "pages": [1, 1], "kind": "text"},
            "pelaksana": [{"id": name, "nama": name, "label": name} for name in ("tu", "kabag")],
            "kegiatan": [{"no": no, "uraian": "Menerima surat", "pelaksana": []} for no in range(1, steps + 1)],
            "flow": {
                "nodes": [
                    {"id": f"n{no}", "kegiatan": no, "pelaksana": ("tu", "kabag")[no % 2], "kind": "process"}
                    for no in range(1, steps + 1)
                ],
                "edges": [{"from": f"n{a}", "to": f"n{b}", "label": "tidak"} for a, b in edges],
            },
            **more,
        }
    )


def signs_of(form: Form) -> list[list[str]]:
    """The signs of the off-page connectors of each page."""
    return [[node.label or "" for node in page.nodes if node.kind == "connector"] for page in form.pages]


@settings(max_examples=25, deadline=None)
@given(records())
def test_every_row_symbol_and_connector_is_on_one_page_or_joined_by_a_sign(record: Record) -> None:
    form = form_of(record, Sheet(900.0, 260.0))
    assert [row for page in form.pages for row in page.rows] == list(range(len(form.cells.rows)))
    nodes = [node.id for page in form.pages for node in page.nodes]
    assert {cell.node.id for cell in form.cells.cells} <= set(nodes)
    whole = [edge for page in form.pages for edge in page.edges if edge in form.cells.edges]
    signs = [sign for page in signs_of(form) for sign in page if sign]
    over = len(form.cells.edges) - len(whole)
    named = [sign for sign in signs if signs.count(sign) == 2]
    assert len(named) >= 2 * over
    for page in form.pages:
        assert all(above[1] <= below[0] + 0.01 for above, below in zip(page.bands, page.bands[1:], strict=False))
        assert set(page.layout.nodes) == {node.id for node in page.nodes}


def test_a_short_matrix_stands_on_one_page_without_off_page_connectors() -> None:
    form = form_of(record_of(4, [(1, 2), (2, 3), (3, 4)]), Sheet(900.0, 700.0))
    assert signs_of(form) == [[]]
    assert form.cells == flow_cells(record_of(4, [(1, 2), (2, 3), (3, 4)]))


def test_a_connector_over_a_pages_end_leaves_by_a_sign_and_comes_in_by_the_same() -> None:
    record = record_of(12, [*((n, n + 1) for n in range(1, 12)), (9, 2)])
    form = form_of(record, Sheet(900.0, 420.0))
    first, second = form.pages
    assert signs_of(form) == [["A", "B"], ["A", "B"]]
    leaving, back = [edge for edge in first.edges if "-" in edge.source + edge.target]
    assert (leaving.source, back.target) == (f"n{first.rows.stop}", "n2")
    assert (leaving.label, back.label) == ("tidak", None)  # words stand where the connector begins
    top, bottom = (first.layout.nodes[name].box for name in ("n1", leaving.target))
    assert top.bottom < bottom.top
    assert bottom.bottom <= first.bands[-1][1]
    coming, going = [edge for edge in second.edges if "-" in edge.source + edge.target]
    assert (coming.target, going.source) == (f"n{second.rows.start + 1}", "n9")


def test_a_title_takes_room_on_the_first_page_alone() -> None:
    edges = [(n, n + 1) for n in range(1, 20)]
    plain, titled = (
        form_of(record_of(20, edges, judul=title), Sheet(900.0, 420.0)) for title in (None, "PROSEDUR " * 40)
    )
    assert plain.title_height == 0 < titled.title_height
    assert len(titled.pages[0].rows) < len(plain.pages[0].rows)
    assert len(titled.pages[1].rows) == len(plain.pages[1].rows)


def test_a_record_without_steps_has_a_page() -> None:
    (page,) = form_of(record_of(0, []), Sheet(900.0, 420.0)).pages
    assert list(page.rows) == []
