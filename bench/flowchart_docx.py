"""Write flowcharts as an author does in Word, shapes and connectors over a table, and print them by LibreOffice.

What is drawn is left to LibreOffice: lines, curves, arrowheads, shadows, gradients, and the borders of its table.
"""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from bench.flowchart_charts import HEIGHT, MARGIN, WIDTH, Chart, Sheet
from bench.flowchart_ink import Arrow, Ink, Point, Style, Symbol, Text
from pipeline.export.form.docx_shapes import SHAPE, SPACES

EMU = 12700  # a point in DrawingML's unit
TWIPS = 20  # a point in the unit of WordprocessingML
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
PRESETS = {
    "start": "flowChartTerminator",
    "end": "flowChartTerminator",
    "decision": "flowChartDecision",
    "document": "flowChartDocument",
    "process": "flowChartProcess",
}
HEADS = {"filled": "triangle", "open": "arrow", "vee": "arrow", "stealth": "stealth"}
Box = tuple[float, float, float, float]


def write_libreoffice(charts: Sequence[Chart], folder: Path, names: Sequence[str]) -> None:
    """Print the charts from LibreOffice, each to its own PDF; all in one run, for it takes long to start."""
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / f"{Path(name).stem}.docx" for name in names]
        for chart, file in zip(charts, files, strict=True):
            write_docx(chart, file)
        profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=120 + 20 * len(files))


def write_docx(chart: Chart, path: Path) -> None:
    """Write the chart as a Word document."""
    numbers = count(1)
    sheets = [_page(sheet, chart.style, numbers, last=sheet is chart.sheets[-1]) for sheet in chart.sheets]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        body = "".join(sheets)
        package.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")


def _page(sheet: Sheet, style: Style, numbers: Iterator[int], last: bool) -> str:
    """A paragraph that holds the title and all shapes, the table, and the end of the page's section."""
    connectors = [_connector(arrow, style, next(numbers)) for arrow in sheet.arrows]
    symbols = [_symbol(symbol, words, style, next(numbers)) for symbol, words in sheet.symbols]
    shapes = [*connectors, *symbols] if style.under else [*symbols, *connectors]
    shapes += [_label(label, next(numbers)) for label in sheet.labels]
    title = "".join(_run(text.text, text.size) for text in sheet.texts if text.y < sheet.ys[0])
    height = f'<w:spacing w:before="0" w:after="0" w:line="{_twips(sheet.ys[0] - MARGIN)}" w:lineRule="exact"/>'
    opening = f'<w:p><w:pPr>{height}<w:jc w:val="center"/></w:pPr>{title}{"".join(shapes)}</w:p>'
    size = f'<w:pgSz w:w="{_twips(WIDTH)}" w:h="{_twips(HEIGHT)}" w:orient="landscape"/>'
    margins = "".join(f' w:{side}="{_twips(MARGIN)}"' for side in ("left", "right", "top"))
    section = f'<w:sectPr>{size}<w:pgMar{margins} w:bottom="0" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
    low = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return opening + _table(sheet) + (section if last else f"<w:p><w:pPr>{low}{section}</w:pPr></w:p>")


def _table(sheet: Sheet) -> str:
    """The matrix: two rows of heads, some merged over both or over several columns, and the steps."""
    grid = "".join(f'<w:gridCol w:w="{_twips(b - a)}"/>' for a, b in pairwise(sheet.xs))
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    bare = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    properties = (
        f'<w:tblPr><w:tblW w:w="{_twips(sheet.xs[-1] - sheet.xs[0])}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{bare}</w:tblCellMar></w:tblPr>"
    )
    rows = [_row(sheet, n, top, bottom) for n, (top, bottom) in enumerate(pairwise(sheet.ys))]
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _row(sheet: Sheet, n: int, top: float, bottom: float) -> str:
    last = len(sheet.xs) - 2
    roles = last - 5
    groups = [(0, 1), (1, 2), (2, 2 + roles), (2 + roles, last), (last, last + 1)]
    spans = groups if n == 0 else [(i, i + 1) for i in range(last + 1)]
    cells = []
    for first, end in spans:
        merged = n < 2 and end - first == 1 and first in (0, 1, last)
        low = sheet.ys[2] if merged else bottom
        words = [t for t in sheet.texts if sheet.xs[first] <= t.x < sheet.xs[end] and top <= t.y - 2 < low]
        text = "" if merged and n == 1 else "".join(_run(t.text, t.size) for t in words)
        merge = ('<w:vMerge w:val="restart"/>' if n == 0 else "<w:vMerge/>") if merged else ""
        width = f'<w:tcW w:w="{_twips(sheet.xs[end] - sheet.xs[first])}" w:type="dxa"/>'
        span = f'<w:gridSpan w:val="{end - first}"/>' if end - first > 1 else ""
        cells.append(
            f'<w:tc><w:tcPr>{width}{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>{text}</w:p></w:tc>'
        )
    height = f'<w:trPr><w:trHeight w:val="{_twips(bottom - top)}" w:hRule="exact"/></w:trPr>'
    return f"<w:tr>{height}{''.join(cells)}</w:tr>"


def _symbol(symbol: Symbol, words: str, style: Style, number: int) -> str:
    fill = {
        "stroke": "<a:noFill/>",
        "colour": _solid("CFE2F3"),
        "gradient": '<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="FFFFFF"/></a:gs><a:gs pos="100000">'
        '<a:srgbClr val="C8D2FF"/></a:gs></a:gsLst><a:lin ang="5400000" scaled="0"/></a:gradFill>',
    }.get(style.symbol, _solid("FFFFFF"))
    double = style.symbol == "double"
    line = f'<a:ln w="{38100 if double else 9525}"{" cmpd=" + chr(34) + "dbl" + chr(34) if double else ""}>'
    shadow = (
        '<a:effectLst><a:outerShdw dist="25400" dir="2700000" algn="tl"><a:srgbClr val="A0A0A0"/></a:outerShdw>'
        "</a:effectLst>"
        if style.symbol == "shadow"
        else ""
    )
    geometry = f'<a:prstGeom prst="{PRESETS[symbol.kind]}"><a:avLst/></a:prstGeom>'
    look = f"{geometry}{fill}{line}{_solid('000000')}</a:ln>{shadow}"
    return _anchored((symbol.x0, symbol.top, symbol.x1, symbol.bottom), look, number, words)


def _connector(arrow: Arrow | Ink, style: Style, number: int) -> str:
    """A straight line as Word's own arrow, an elbow as a freeform line with heads; what is ink as a polygon."""
    xs, ys = [x for x, _ in arrow.points], [y for _, y in arrow.points]
    box = (min(xs), min(ys), max(xs), max(ys))
    if isinstance(arrow, Ink):
        geometry = _freeform(arrow.points, box, closed=True)
        return _anchored(box, f'{geometry}{_solid("FFFFFF")}<a:ln w="9525">{_solid("000000")}</a:ln>', number)
    head = f'<a:headEnd type="{HEADS[style.head]}"/>' if arrow.double else ""
    tail = f'<a:tailEnd type="{HEADS[style.head]}"/>' if arrow.head else ""
    dash = '<a:prstDash val="dash"/>' if style.line == "dashed" else ""
    line = f'<a:ln w="9525">{_solid("000000")}{dash}<a:miter lim="800000"/>{head}{tail}</a:ln>'
    (x0, y0), (x1, y1) = arrow.points[0], arrow.points[-1]
    if len(arrow.points) == 2:
        flips = (' flipH="1"' if x1 < x0 else "") + (' flipV="1"' if y1 < y0 else "")
        geometry = '<a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'
        return _anchored(box, f"{geometry}{line}", number, flips=flips, connector=True)
    return _anchored(box, f"{_freeform(arrow.points, box, closed=False)}<a:noFill/>{line}", number)


def _freeform(points: Sequence[Point], box: Box, closed: bool) -> str:
    width, height = _emu(box[2] - box[0]), _emu(box[3] - box[1])
    moves = [f'<a:pt x="{_emu(x - box[0])}" y="{_emu(y - box[1])}"/>' for x, y in points]
    path = f"<a:moveTo>{moves[0]}</a:moveTo>" + "".join(f"<a:lnTo>{move}</a:lnTo>" for move in moves[1:])
    path += "<a:close/>" if closed else ""
    fill = "" if closed else ' fill="none"'
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l='0' t='0' r='r' b='b'/>"
        f'<a:pathLst><a:path w="{width}" h="{height}"{fill}>{path}</a:path></a:pathLst></a:custGeom>'
    )


def _label(label: Text, number: int) -> str:
    """A box for a connector's words, without line or ground."""
    width, height = 3.2 * len(label.text) + 4, label.size * 1.3
    box = (label.x - width / 2, label.y - label.size, label.x + width / 2, label.y - label.size + height)
    look = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
    return _anchored(box, look, number, label.text)


def _anchored(box: Box, look: str, number: int, words: str = "", flips: str = "", connector: bool = False) -> str:
    """A shape at its place on the page, over the text, the later ones over the earlier."""
    x0, y0, x1, y1 = box
    extent = f'cx="{_emu(x1 - x0)}" cy="{_emu(y1 - y0)}"'
    kind = "<wps:cNvCnPr/>" if connector else "<wps:cNvSpPr/>"
    inside = (
        '<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>'
        f"{_run(words, 5.5)}</w:p></w:txbxContent></wps:txbx>"
        if words
        else ""
    )
    shape = (
        f'<wps:wsp>{kind}<wps:spPr><a:xfrm{flips}><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>{look}</wps:spPr>'
        f'{inside}<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
    )
    places = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{_emu(at)}</wp:posOffset></wp:position{axis}>'
        for axis, at in (("H", x0), ("V", y0))
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0"'
        f' distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0" layoutInCell="0"'
        f' allowOverlap="1"><wp:simplePos x="0" y="0"/>{places}<wp:extent {extent}/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="Bentuk {number}"/><wp:cNvGraphicFramePr/><a:graphic>'
        f'<a:graphicData uri="{SHAPE}">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
        "</mc:AlternateContent></w:r>"
    )


def _run(text: str, size: float) -> str:
    font = '<w:rFonts w:ascii="Liberation Sans" w:hAnsi="Liberation Sans"/>'
    return f'<w:r><w:rPr>{font}<w:sz w:val="{round(2 * size)}"/></w:rPr><w:t>{escape(text)}</w:t></w:r>'


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _emu(points: float) -> int:
    return round(points * EMU)


def _twips(points: float) -> int:
    return round(points * TWIPS)
