"""Tables without ruling lines: the lines an author left out are inferred, and the page is read like any other.

Where a column ends is inferred from the heads, from the room that the body leaves, and from camelot's parsers for
tables without lines: `bench/unruled.py` measures what these add. Camelot's rows are lines of text, so rows are
inferred from the running numbers and the room between them.
"""

from pipeline.layout.unruled.inference import PageEnd, RulingInference, lacks_rulings

__all__ = ["PageEnd", "RulingInference", "lacks_rulings"]
