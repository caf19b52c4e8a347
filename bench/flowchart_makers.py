"""Write flowcharts as PDF: by reportlab's path operators, and by printing SVG from Chromium."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from bench.flowchart_charts import HEIGHT, WIDTH, Chart
from bench.flowchart_ink import Ink, Text


def write_reportlab(chart: Chart, path: Path) -> None:
    """Write the chart by path operators."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for sheet in chart.sheets:
        for thing in sheet.things:
            if isinstance(thing, Text):
                canvas.setFont("Helvetica", thing.size)
                canvas.setFillColor(thing.colour)
                canvas.drawCentredString(thing.x, HEIGHT - thing.y, thing.text)
            else:
                _paint(canvas, thing)
        canvas.showPage()
    canvas.save()


def _paint(canvas: Any, ink: Ink) -> None:
    canvas.setLineWidth(ink.width)
    canvas.setDash([3, 2] if ink.dash else [])
    if ink.stroke:
        canvas.setStrokeColor(ink.stroke)
    if ink.fill:
        canvas.setFillColor(ink.fill)
    paint = {"stroke": int(ink.stroke is not None), "fill": int(ink.fill is not None)}
    (x0, top), (x1, bottom) = ink.points[0], ink.points[2] if ink.curve else ink.points[0]
    w, h = x1 - x0, bottom - top
    if ink.curve == "round":
        canvas.roundRect(x0, HEIGHT - bottom, w, h, h / 2, **paint)
        return
    path = canvas.beginPath()
    if ink.curve == "wave":
        path.moveTo(x0, HEIGHT - bottom + h * 0.12)
        path.curveTo(
            x0 + w * 0.3,
            HEIGHT - bottom - h * 0.22,
            x0 + w * 0.6,
            HEIGHT - bottom + h * 0.36,
            x1,
            HEIGHT - bottom + h * 0.12,
        )
        path.lineTo(x1, HEIGHT - top)
        path.lineTo(x0, HEIGHT - top)
        path.close()
    else:
        for points in (ink.points, *ink.more):
            path.moveTo(points[0][0], HEIGHT - points[0][1])
            for x, y in points[1:]:
                path.lineTo(x, HEIGHT - y)
            if ink.closed:
                path.close()
    canvas.drawPath(path, fillMode=0, **paint)


def write_chromium(charts: Sequence[Chart], folder: Path, names: Sequence[str]) -> None:
    """Print the charts from Chromium, each to its own PDF."""
    for chart, name in zip(charts, names, strict=True):
        with tempfile.TemporaryDirectory() as scratch:
            page = Path(scratch) / "chart.html"
            page.write_text(_html(chart), encoding="utf-8")
            command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            command += [f"--user-data-dir={scratch}/profile", f"--print-to-pdf={folder / name}", page.as_uri()]
            subprocess.run(command, check=True, capture_output=True, timeout=120)


def _html(chart: Chart) -> str:
    style = f"@page{{size:{WIDTH}pt {HEIGHT}pt;margin:0}}body{{margin:0}}svg{{display:block;break-after:page}}"
    sheets = "".join(
        f'<svg width="{WIDTH}pt" height="{HEIGHT - 0.5}pt" viewBox="0 0 {WIDTH} {HEIGHT - 0.5}">'
        + "".join(_svg(thing) for thing in sheet.things)
        + "</svg>"
        for sheet in chart.sheets
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{sheets}"


def _svg(thing: Ink | Text) -> str:
    if isinstance(thing, Text):
        look = f'font-family="Liberation Sans" font-size="{thing.size}" text-anchor="middle" fill="{thing.colour}"'
        return f'<text x="{thing.x:.2f}" y="{thing.y:.2f}" {look}>{thing.text}</text>'
    look = f'fill="{thing.fill or "none"}" stroke="{thing.stroke or "none"}" stroke-width="{thing.width}"'
    look += ' stroke-dasharray="3 2"' if thing.dash else ""
    if thing.curve:
        (x0, top), (x1, bottom) = thing.points[0], thing.points[2]
        w, h = x1 - x0, bottom - top
        if thing.curve == "round":
            place = f'x="{x0:.2f}" y="{top:.2f}" width="{w:.2f}" height="{h:.2f}"'
            return f'<rect {place} rx="{h / 2:.2f}" {look}/>'
        low = bottom - h * 0.12
        d = f"M{x0:.2f} {low:.2f}C{x0 + w * 0.3:.2f} {bottom + h * 0.22:.2f} "
        d += f"{x0 + w * 0.6:.2f} {bottom - h * 0.36:.2f} "
        return f'<path d="{d}{x1:.2f} {low:.2f}L{x1:.2f} {top:.2f}L{x0:.2f} {top:.2f}Z" {look}/>'
    d = ""
    for points in (thing.points, *thing.more):
        d += "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + ("Z" if thing.closed else "")
    return f'<path d="{d}" fill-rule="evenodd" {look}/>'
