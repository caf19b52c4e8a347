"""Symbols, connectors and their words as shapes of DrawingML, each at its place on the page, over a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from math import floor
from xml.sax.saxutils import escape

from pipeline.export.form.form_pages import FormPage
from pipeline.export.swimlanes.svg_parts import SMALL_TYPE, label_lines
from pipeline.export.swimlanes.swim_graph import Point
from pipeline.model.geometry import Box
from pipeline.model.record import NodeKind

EMU = 9525  # a pixel of 1/96 inch in DrawingML's unit
POINTS = 0.75  # a pixel in points
FONT = "Arial"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
PRESETS: dict[NodeKind, str] = {
    "start": "flowChartTerminator",
    "end": "flowChartTerminator",
    "process": "flowChartProcess",
    "decision": "flowChartDecision",
    "document": "flowChartDocument",
    "archive": "flowChartMerge",
    "connector": "flowChartOffpageConnector",
}
LINE = '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>{}</a:ln>'
WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
NO_LINE = "<a:ln><a:noFill/></a:ln>"


def shapes_of(page: FormPage, left: float, top: float, scale: float, numbers: count[int]) -> list[str]:
    """The shapes of a page, as runs of a paragraph; connectors lie under symbols.

    Args:
        page: The page.
        left: Where its flow begins on the sheet, in pixels.
        top: Likewise.
        scale: By how much it is drawn smaller.
        numbers: Of the shapes of the document.
    """
    placed = _Placed(left, top, scale, numbers)
    places = [page.layout.edges[str(number)] for number in range(len(page.edges))]
    found = [placed.connector(place.points) for place in places]
    found += [
        placed.symbol(node.kind, page.layout.nodes[node.id].box, " ".join(label_lines(node.label)))
        for node in page.nodes
    ]
    words = ((" ".join(label_lines(edge.label)), place.label) for edge, place in zip(page.edges, places, strict=True))
    return [*found, *(placed.label(box, text) for text, box in words if box)]


class _Placed:
    """Makes shapes at their place on the sheet."""

    def __init__(self, left: float, top: float, scale: float, numbers: Iterator[int]) -> None:
        self._left, self._top, self._scale, self._numbers = left, top, scale, numbers

    def symbol(self, kind: NodeKind, box: Box, words: str) -> str:
        look = f'<a:prstGeom prst="{PRESETS[kind]}"><a:avLst/></a:prstGeom>{WHITE}{LINE.format("")}'
        return self._anchored(box, look, words)

    def label(self, box: Box, words: str) -> str:
        look = f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>{NO_LINE}'
        return self._anchored(box.grown(2.0, 0.0), look, words)

    def connector(self, points: Sequence[Point]) -> str:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        head = LINE.format('<a:miter lim="800000"/><a:tailEnd type="triangle"/>')
        return self._anchored(box, f"{self._line(points, box)}<a:noFill/>{head}")

    def _line(self, points: Sequence[Point], box: Box) -> str:
        moves = [f'<a:pt x="{self._emu(x - box.x0)}" y="{self._emu(y - box.top)}"/>' for x, y in points]
        path = f"<a:moveTo>{moves[0]}</a:moveTo>" + "".join(f"<a:lnTo>{move}</a:lnTo>" for move in moves[1:])
        size = f'w="{self._emu(box.width)}" h="{self._emu(box.height)}"'
        return (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l='0' t='0' r='r' b='b'/>"
            f'<a:pathLst><a:path {size} fill="none">{path}</a:path></a:pathLst></a:custGeom>'
        )

    def _anchored(self, box: Box, look: str, words: str = "") -> str:
        """A shape over the text, the later ones over the earlier."""
        number = next(self._numbers)
        extent = f'cx="{self._emu(box.width)}" cy="{self._emu(box.height)}"'
        shape = (
            f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>{look}</wps:spPr>'
            f'{self._inside(words)}<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
            "</wps:wsp>"
        )
        places = "".join(
            f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{round(at * EMU)}</wp:posOffset></wp:position{axis}>'
            for axis, at in (("H", self._left + box.x0 * self._scale), ("V", self._top + box.top * self._scale))
        )
        return (
            f'<w:r {SPACES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0"'
            f' distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0" layoutInCell="0"'
            f' allowOverlap="1"><wp:simplePos x="0" y="0"/>{places}<wp:extent {extent}/>'
            '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            f'<wp:docPr id="{number}" name="Bentuk {number}"/><wp:cNvGraphicFramePr/><a:graphic>'
            f'<a:graphicData uri="{SHAPE}">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
            "</mc:AlternateContent></w:r>"
        )

    def _inside(self, words: str) -> str:
        if not words:
            return ""
        size = floor(2 * SMALL_TYPE * POINTS * self._scale)
        font = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
        return (
            '<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>'
            f'<w:r><w:rPr>{font}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
            "</w:p></w:txbxContent></wps:txbx>"
        )

    def _emu(self, pixels: float) -> int:
        return round(pixels * self._scale * EMU)
