"""Tables without ruling lines: the lines that an author left out are drawn in, and the page is read like any other."""

from pipeline.layout.unruled.pages import wants_lines, with_lines

__all__ = ["wants_lines", "with_lines"]
