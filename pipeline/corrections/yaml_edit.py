"""Entries written into a corrections file: all else that stands in it, comments too, stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from pipeline.corrections.entry import Entry
from pipeline.corrections.parse import parse_corrections
from pipeline.corrections.yaml_pieces import read_list_file
from pipeline.corrections.yaml_positions import Number, PositionedYaml, YamlValue
from pipeline.errors import PipelineError
from pipeline.message import Message, msg
from pipeline.model.pointer import KeyPath

SCHEMA_LINE = "# yaml-language-server: $schema=../docs/schema/corrections.schema.json"

_KEYS = ("sop", "at", "expect", "set", "confirm", "insert", "remove", "move", "after", "why", "reviewer", "date")
_PLAIN = re.compile(r"[^\W\d_][\w ./()&+–-]*[\w.)]|[^\W\d_]")
_PLAIN_PATH = re.compile(r"[a-z][\w/=,.\[\]-]*")
_NOT_WORDS = re.compile(r"(?i)true|false|null|yes|no|on|off|y|n|\.inf|\.nan")


def new_file(document: str, sha256: str | None, reviewer: str | None = None) -> str:
    """Write a corrections file without entries.

    Args:
        document: The name of the document's file.
        sha256: Of the document, None to leave it out.
        reviewer: Who signs the file, None to leave it out.
    """
    lines = [SCHEMA_LINE, "document:", f"  file: {inline(document)}"]
    lines += [f"  sha256: {inline(sha256)}"] if sha256 else []
    lines += [f"reviewer: {inline(reviewer)}"] if reviewer else []
    return "\n".join([*lines, "corrections: []", ""])


def append_entries(text: str, file: str, entries: Sequence[Mapping[str, YamlValue]]) -> str:
    """Put entries behind those that a corrections file has.

    Args:
        text: What is in the file.
        file: Its name, for messages.
        entries: Keys and values as they are to be written.

    Returns:
        The file's new text.

    Raises:
        CorrectionsError: The file, or the file with its new entries, cannot be taken.
        PipelineError: It is written in a way in which nothing can be appended without harm.
    """
    if not entries:
        return text
    source = read_list_file(text, file)
    before = parse_corrections(text, file).entries
    done = _grown(source, entries)
    after = parse_corrections(done, file).entries
    if [entry.given for entry in after[: len(before)]] != [entry.given for entry in before]:
        message = msg("{file} has a form that nothing can be appended to", file=file)
        raise PipelineError(message, msg("Write the entry by hand."))
    return done


def remove_entries(text: str, file: str, entries: Sequence[Entry]) -> str:
    """Take entries out of a corrections file, with the comments on their lines; all else stays as it is.

    Args:
        text: What is in the file.
        file: Its name, for messages.
        entries: Those to take out, as `parse_corrections` read them from the text.

    Raises:
        PipelineError: The file is written in a way in which nothing can be taken out without harm.
    """
    before = parse_corrections(text, file).entries
    gone, done = {entry.number for entry in entries}, text
    source = read_list_file(text, file)
    for number in sorted(gone, reverse=True):
        if _in_brackets(source):  # the commas between items depend on which of them are left
            done = _without(read_list_file(done, file), number - 1)
        else:
            start, end = _stretch(source, number - 1)
            done = done[:start] + done[end:]
    kept = [entry.given for entry in before if entry.number not in gone]
    if [entry.given for entry in parse_corrections(done, file).entries] != kept:
        message = msg("{file} has a form that nothing can be taken out of", file=file)
        raise PipelineError(message, msg("Take the entry out by hand."))
    return done


def replace_value(text: str, entry: Entry, key: str, value: YamlValue) -> str:
    """Give one key of an entry another value; the rest of the file's text stays."""
    position = entry.positions[key]
    stretch = text[position.start : position.end]
    room = stretch[len(stretch.rstrip()) :]  # a block's end is where the next thing begins
    return text[: position.start] + inline(value) + room + text[position.end :]


def entry_text(entry: Mapping[str, YamlValue], indent: str = "  ") -> str:
    """Write one entry as block YAML, its keys in their usual order."""
    keys = [*(key for key in _KEYS if key in entry), *(key for key in entry if key not in _KEYS)]
    lines = [f"{key}: {_inline_path(entry[key]) if key == 'at' else inline(entry[key])}" for key in keys]
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def _grown(source: PositionedYaml, entries: Sequence[Mapping[str, YamlValue]]) -> str:
    text, path = source.text, ("corrections",)
    value = source.value.get("corrections") if isinstance(source.value, dict) else None
    if not isinstance(value, list) or not value:
        return _first_entries(source, entries)
    if text[source.positions[path].start] == "[":
        place = source.positions[path].end - 1
        return text[:place].rstrip().rstrip(",") + "".join(", " + inline(dict(e)) for e in entries) + text[place:]
    last: KeyPath = (*path, len(value) - 1)
    place = _line_after(text, _content_end(source, last))
    lines = "".join(entry_text(entry, _indent(text, source.positions[last].start)) for entry in entries)
    return _with_line_end(text[:place]) + lines + text[place:]


def _without(source: PositionedYaml, place: int) -> str:
    """The file without the entry at a place, from 0, of a list in brackets."""
    text, path = source.text, ("corrections",)
    item = source.positions[(*path, place)]
    after, before = (source.positions.get((*path, place + by)) for by in (1, -1))
    start = before.end if before and not after else item.start
    return text[:start] + text[after.start if after else item.end :]


def _stretch(source: PositionedYaml, place: int) -> tuple[int, int]:
    """Where the lines of the entry at a place, from 0, begin and end; not for a list in brackets."""
    text, path = source.text, ("corrections", place)
    start = text.rfind("-", 0, source.positions[path].start)
    return text.rfind("\n", 0, start) + 1, _line_after(text, _content_end(source, path))


def _in_brackets(source: PositionedYaml) -> bool:
    """Whether the list of entries is written in brackets; one without entries counts as such."""
    position = source.positions.get(("corrections",))
    return position is None or source.text[position.start] == "["


def _first_entries(source: PositionedYaml, entries: Sequence[Mapping[str, YamlValue]]) -> str:
    """Where `corrections` is missing, or an empty list, or nothing."""
    lines = "".join(entry_text(entry) for entry in entries)
    key = source.key_positions.get(("corrections",))
    if key is None:
        return _with_line_end(source.text) + "corrections:\n" + lines
    colon = source.text.index(":", key.end) + 1
    end = max(colon, source.positions[("corrections",)].end) if _has_list(source) else colon
    place = _line_after(source.text, end)
    comment = source.text[end:place].strip()
    return _with_line_end(source.text[:colon] + (f"  {comment}" if comment else "")) + lines + source.text[place:]


def _has_list(source: PositionedYaml) -> bool:
    """Whether `corrections` says "[]", and not nothing at all, whose position lies where the next thing begins."""
    return isinstance(source.value, dict) and source.value.get("corrections") is not None


def _content_end(source: PositionedYaml, path: KeyPath) -> int:
    """Where a value's last character is: a block's own position reaches on to whatever follows it."""
    position, value = source.positions[path], _at(source.value, path)
    if not isinstance(value, list | dict) or source.text[position.start] in "{[":
        return position.end
    below: Iterable[str | int] = range(len(value)) if isinstance(value, list) else value
    return max((_content_end(source, (*path, key)) for key in below), default=position.end)


def _at(value: YamlValue, path: KeyPath) -> YamlValue:
    for key in path:
        value = cast("dict[str | int, YamlValue]", value)[key]  # or a list
    return value


def _line_after(text: str, place: int) -> int:
    """The beginning of the next line; `place` itself where a line begins there."""
    if place > 0 and text[place - 1] == "\n":
        return place
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


def _indent(text: str, start: int) -> str:
    """The white space before the dash of an item whose content begins at `start`."""
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    return before[: len(before) - len(before.lstrip(" "))] if before.strip() == "-" else "  "


def _with_line_end(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def value_in_words(value: YamlValue) -> Message | str:
    """Write a value for a person: text in quotes, structures as YAML.

    >>> value_in_words("15 menit"), value_in_words(["a", "b"]), str(value_in_words(None))
    ('"15 menit"', '[a, b]', 'nothing')
    """
    if value is None or value == []:
        return msg("nothing")
    return f'"{value}"' if isinstance(value, str) else inline(value)


def inline(value: YamlValue) -> str:
    """Write a value on one line: plain where that is safe anywhere in YAML, quoted where not."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inline(key)}: {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, Number) or (_PLAIN.fullmatch(value) and not _NOT_WORDS.fullmatch(value)):
        return str(value)
    return _quoted(value)


def _inline_path(value: YamlValue) -> str:
    return str(value) if isinstance(value, str) and _PLAIN_PATH.fullmatch(value) else inline(value)


def _quoted(value: str) -> str:
    """JSON's quotes are YAML's; characters that a YAML file may not hold as they are get their escapes."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff]", lambda m: f"\\u{ord(m[0]):04x}", text)
