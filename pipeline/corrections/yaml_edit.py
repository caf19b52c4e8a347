"""Writing into a corrections file as a person would: the rest of it, comments and all, stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from pipeline.corrections.entry import Entry
from pipeline.corrections.parse import parse_corrections
from pipeline.corrections.yaml_positions import Marked, Number, Path, Plain, read_marked
from pipeline.errors import PipelineError

SCHEMA_LINE = "# yaml-language-server: $schema=../docs/schema/corrections.schema.json"

_KEYS = ("sop", "at", "expect", "set", "confirm", "insert", "remove", "after", "why", "reviewer")
_PLAIN = re.compile(r"[^\W\d_][\w ./()&+–-]*[\w.)]|[^\W\d_]")
_PLAIN_PATH = re.compile(r"[a-z][\w/=,.\[\]-]*")
_NOT_WORDS = re.compile(r"(?i)true|false|null|yes|no|on|off|y|n|\.inf|\.nan")


def new_file(document: str, sha256: str | None, reviewer: str | None = None) -> str:
    """A corrections file without entries."""
    lines = [SCHEMA_LINE, "document:", f"  file: {_inline(document)}"]
    lines += [f"  sha256: {_inline(sha256)}"] if sha256 else []
    lines += [f"reviewer: {_inline(reviewer)}"] if reviewer else []
    return "\n".join([*lines, "corrections: []", ""])


def appended(text: str, file: str, entries: Sequence[Mapping[str, Plain]]) -> str:
    """The file's text with `entries` after those it has; PipelineError where it could not be done without harm."""
    if not entries:
        return text
    marked = read_marked(text, file)
    before = parse_corrections(text, file).entries
    done = _grown(marked, entries)
    after = parse_corrections(done, file).entries
    if [entry.given for entry in after[: len(before)]] != [entry.given for entry in before]:
        raise PipelineError(f"{file} has a form that nothing can be appended to", "Write the entry by hand.")
    return done


def with_value(text: str, entry: Entry, key: str, value: Plain) -> str:
    """The file's text with another value for one key of an entry."""
    mark = entry.marks[key]
    stretch = text[mark.start : mark.end]
    room = stretch[len(stretch.rstrip()) :]  # a block's end is where the next thing begins
    return text[: mark.start] + _inline(value) + room + text[mark.end :]


def entry_lines(entry: Mapping[str, Plain], indent: str = "  ") -> str:
    """One entry as block YAML, keys in their usual order."""
    keys = [*(key for key in _KEYS if key in entry), *(key for key in entry if key not in _KEYS)]
    lines = [f"{key}: {_inline_path(entry[key]) if key == 'at' else _inline(entry[key])}" for key in keys]
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def _grown(marked: Marked, entries: Sequence[Mapping[str, Plain]]) -> str:
    text, path = marked.text, ("corrections",)
    value = marked.value.get("corrections") if isinstance(marked.value, dict) else None
    if not isinstance(value, list) or not value:
        return _first_entries(marked, entries)
    if text[marked.marks[path].start] == "[":
        place = marked.marks[path].end - 1
        return text[:place].rstrip().rstrip(",") + "".join(", " + _inline(dict(e)) for e in entries) + text[place:]
    last: Path = (*path, len(value) - 1)
    place = _line_after(text, _content_end(marked, last))
    lines = "".join(entry_lines(entry, _indent(text, marked.marks[last].start)) for entry in entries)
    return _ended(text[:place]) + lines + text[place:]


def _first_entries(marked: Marked, entries: Sequence[Mapping[str, Plain]]) -> str:
    """Where `corrections` is missing, or an empty list, or nothing."""
    lines = "".join(entry_lines(entry) for entry in entries)
    key = marked.keys.get(("corrections",))
    if key is None:
        return _ended(marked.text) + "corrections:\n" + lines
    colon = marked.text.index(":", key.end) + 1
    end = max(colon, marked.marks[("corrections",)].end) if _has_list(marked) else colon
    place = _line_after(marked.text, end)
    comment = marked.text[end:place].strip()
    return _ended(marked.text[:colon] + (f"  {comment}" if comment else "")) + lines + marked.text[place:]


def _has_list(marked: Marked) -> bool:
    """Whether `corrections` says "[]", and not nothing at all, whose mark lies where the next thing begins."""
    return isinstance(marked.value, dict) and marked.value.get("corrections") is not None


def _content_end(marked: Marked, path: Path) -> int:
    """Where a value's last character is: a block's own mark reaches on to whatever follows it."""
    mark = marked.marks[path]
    below = [other for other in marked.marks if other[: len(path)] == path and len(other) > len(path)]
    if not below or marked.text[mark.start] in "{[":
        return mark.end
    return max(_content_end(marked, other) for other in below if len(other) == len(path) + 1)


def _line_after(text: str, place: int) -> int:
    """The beginning of the next line; `place` itself where a line begins there."""
    if place > 0 and text[place - 1] == "\n":
        return place
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


def _indent(text: str, start: int) -> str:
    """The white space before the dash of an item whose content begins at `start`."""
    line = text.rfind("\n", 0, start) + 1
    return re.match(r" *", text[line:]).group() if text[line:start].strip() == "-" else "  "  # type: ignore[union-attr]


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _inline(value: Plain) -> str:
    """A value on one line: plain where that is safe anywhere in YAML, quoted where not."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_inline(key)}: {_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, Number) or (_PLAIN.fullmatch(value) and not _NOT_WORDS.fullmatch(value)):
        return str(value)
    return _quoted(value)


def _inline_path(value: Plain) -> str:
    return str(value) if isinstance(value, str) and _PLAIN_PATH.fullmatch(value) else _inline(value)


def _quoted(value: str) -> str:
    """JSON's quotes are YAML's; characters that a YAML file may not hold as they are get their escapes."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff]", lambda m: f"\\u{ord(m[0]):04x}", text)
