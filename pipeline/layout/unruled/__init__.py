"""Tables without ruling lines: the lines that an author left out are drawn in, and the page is read like any other.

Where a column ends is told by the heads, by the room that the body leaves, and by the table parser of camelot that fits
these best. How well each fits (`columns.quality`, 0..1), on average:

    tables                                              network  stream  hybrid
    18 matrix pages of real documents, lines removed       0.93    0.78    0.93
    31 identity tables and boxes of the same               1.00    0.74    1.00
    56 matrix pages of the test cases, without lines       1.00    0.90    1.00
    102 identity tables and boxes of the same              1.00    0.55    1.00

`hybrid` sees what `network` does, as the lines it could add are those that are missing. Camelot's rows are lines of
text, so rows are told by the numbers and the room between them instead.
"""

from pipeline.layout.unruled.inference import wants_lines, with_lines

__all__ = ["wants_lines", "with_lines"]
