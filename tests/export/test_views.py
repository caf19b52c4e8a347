"""What was found is shown on the page where it was found."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.export.views import views_of
from pipeline.model.document import PageEntry
from pipeline.model.draft import Draft, Edge, FlowDraft, Symbol, TracedConnector
from pipeline.model.geometry import Box
from pipeline.model.page import Page
from pipeline.model.view import PageView

LINE = ((120.0, 80.0), (120.0, 110.0))
HEAD = Box(117, 105, 123, 110)


def draft(page: int) -> Draft:
    """A SOP on one page: two symbols with a connector between them."""
    symbols = tuple(Symbol(f"n{no}", page, no, 2, "process", Box(110, 50 * no, 130, 50 * no + 20)) for no in (1, 2))
    edge = Edge("n1", "n2", page, HEAD)
    flow = FlowDraft(symbols, (edge,), (), (TracedConnector(page, (LINE,), (HEAD,)),))
    return Draft((page, page), "text", None, None, flow)


def shown(drafts: Sequence[Draft], pages: int = 2) -> list[PageView]:
    numbers = range(1, pages + 1)
    entries = [PageEntry(number=number, kind="text", role="matrix", sops=[]) for number in numbers]
    blank = [Page(number, 300.0, 200.0, "text", (), ()) for number in numbers]
    return list(views_of(blank, entries, (), drafts, lambda _: None))


def test_connectors_and_arrowheads_are_shown_on_their_page() -> None:
    first, second = shown([draft(2)])
    assert (first.connectors, first.arrowheads) == ((), ())
    assert (second.connectors, second.arrowheads) == ((LINE,), (HEAD,))


def test_edges_of_a_sop_on_other_pages_are_not_shown() -> None:
    first, second = shown([draft(1), draft(2)])
    assert len(first.edges) == len(second.edges) == 1
    assert {edge.page for edge in first.edges} == {1}
