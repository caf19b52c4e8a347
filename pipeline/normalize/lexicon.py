"""The words of SOPs: the YAML files in lexicons/ as frozen objects, the reviewer's words laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import log10
from types import MappingProxyType

from pydantic import Field

from pipeline.model.headings import Headings, Synonyms
from pipeline.model.record import Unit, WaktuKind
from pipeline.model.text import fold
from pipeline.packaged_yaml import FileModel, Shape, load_packaged, validated


class UnitsFile(FileModel):
    """units.yaml: printed units of time and spans of several, spelled numbers, words for one of a unit, and kinds."""

    units: dict[str, Unit]
    numbers: dict[str, float]
    one_of: dict[str, Unit]
    multiples: dict[str, tuple[float, Unit]]
    limits: list[str]
    kinds: dict[WaktuKind, list[str]]


class DatesFile(FileModel):
    """dates.yaml: names of months, and what stands for no value."""

    months: dict[str, int]
    blanks: list[str]


class PelaksanaFile(FileModel):
    """pelaksana.yaml: posts and units by canonical form, and abbreviations that keep their capitals."""

    words: dict[str, list[str]]
    capitals: list[str]


class CitationsFile(FileModel):
    """citations.yaml: kinds of law by canonical name, and abbreviations that name a ministry too."""

    kinds: dict[str, list[str]]
    ministries: dict[str, str]


class WordsFile(FileModel):
    """words.yaml: what is a word, a bullet, a title, and what no sentence ends or begins with."""

    bullets: list[str]
    short: list[str]
    field: list[str]
    unfinished: list[str]
    joining: list[str]
    awaiting: list[str]
    conditions: list[str]
    titles: list[str]


class MisreadingsFile(FileModel):
    """misreadings.yaml: letters that are taken for others, and for digits."""

    letters: dict[str, list[str]]
    digits: dict[str, str]


class HeadingsFile(FileModel):
    """headings.yaml: printed labels of the cover, of boxes, columns and heads over several columns, and their words."""

    cover: dict[str, tuple[str, ...]]
    approvals: dict[str, tuple[str, ...]]
    boxes: dict[str, tuple[str, ...]]
    columns: dict[str, tuple[str, ...]]
    spans: dict[str, tuple[str, ...]]
    units: tuple[str, ...]
    posts: tuple[str, ...]
    ranks: tuple[str, ...]
    addresses: tuple[str, ...]
    bodies: tuple[str, ...]
    titles: tuple[str, ...]


class Overlay(FileModel):
    """The reviewer's `corrections/lexicon.yaml`, which wins over what ships with the package."""

    pelaksana: dict[str, str] = Field(default={})
    words: dict[str, str] = Field(default={})
    units: dict[str, Unit] = Field(default={})
    headings: dict[str, str] = Field(default={})


@dataclass(frozen=True)
class Lexicon:
    """All words the normalization knows. Keys are folded by `fold`, values are canonical forms."""

    units: Mapping[str, Unit]
    numbers: Mapping[str, float]
    one_of: Mapping[str, Unit]
    multiples: Mapping[str, tuple[float, Unit]]
    limits: frozenset[str]
    waktu_kinds: tuple[tuple[WaktuKind, str], ...]
    months: Mapping[str, int]
    blanks: frozenset[str]
    role_words: Mapping[str, str]
    role_parts: frozenset[str]
    capitals: frozenset[str]
    citation_kinds: Mapping[str, str]
    bullets: frozenset[str]
    misread_letters: Mapping[str, tuple[str, ...]]
    misread_digits: Mapping[str, str]
    short: frozenset[str]
    field_words: frozenset[str]
    unfinished: frozenset[str]
    conditions: frozenset[str]
    titles: tuple[str, ...]
    zipf: Mapping[str, float]
    foreign: Mapping[str, float]
    reviewed_roles: Mapping[str, str]
    reviewed_words: Mapping[str, str]
    headings: Mapping[str, str]
    addresses: tuple[str, ...]


def _read(name: str, shape: type[Shape]) -> Shape:
    return load_packaged("pipeline.normalize", f"lexicons/{name}.yaml", shape)


def _role_parts(words: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The single words that posts and units are written with: "kassubag" of "Kassubag", "sub" and "bag" of none."""
    forms = [fold(form) for name, printed in words.items() for form in (name, *printed)]
    return frozenset(form for form in forms if " " not in form and len(form) > 3)


@cache
def _frequencies(tongue: str) -> dict[str, float]:
    """Word -> frequency on the Zipf scale (log10 per billion words), from the list that wordfreq brings along."""
    import wordfreq

    return {word: log10(share) + 9.0 for word, share in wordfreq.get_frequency_dict(tongue, "small").items()}


def _by_form(forms: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Folded printed form -> canonical form, the canonical one included."""
    return {fold(form): name for name, printed in forms.items() for form in (name, *printed)}


def load_lexicon(overlay: Mapping[str, object] | None = None) -> Lexicon:
    """Read the package's lexicon.

    Args:
        overlay: The reviewer's words, parsed from `corrections/lexicon.yaml`; they win.

    Raises:
        PipelineError: A file, or the overlay, does not have the expected shape.
    """
    return _with_overlay(overlay) if overlay else _packaged_lexicon()


@cache
def _packaged_lexicon() -> Lexicon:
    return _with_overlay({})


def _with_overlay(overlay: Mapping[str, object]) -> Lexicon:
    units, dates = _read("units", UnitsFile), _read("dates", DatesFile)
    pelaksana, words = _read("pelaksana", PelaksanaFile), _read("words", WordsFile)
    citations, misreadings = _read("citations", CitationsFile), _read("misreadings", MisreadingsFile)
    reviewed = validated(dict(overlay), Overlay, "corrections/lexicon.yaml")
    unit_forms: dict[str, Unit] = {fold(form): unit for form, unit in {**units.units, **reviewed.units}.items()}
    return Lexicon(
        units=MappingProxyType(unit_forms),
        numbers=MappingProxyType(units.numbers),
        one_of=MappingProxyType(units.one_of),
        multiples=MappingProxyType({fold(form): span for form, span in units.multiples.items()}),
        limits=frozenset(fold(words) for words in units.limits),
        waktu_kinds=tuple((kind, "|".join(patterns)) for kind, patterns in units.kinds.items()),
        months=MappingProxyType(dates.months),
        blanks=frozenset(blank.casefold() for blank in dates.blanks),
        role_words=MappingProxyType(_by_form(pelaksana.words)),
        role_parts=frozenset(part for form in _by_form(pelaksana.words) for part in form.split()),
        capitals=frozenset(pelaksana.capitals),
        citation_kinds=MappingProxyType(_by_form(citations.kinds) | citations.ministries),
        bullets=frozenset(words.bullets),
        misread_letters=MappingProxyType({read: tuple(true) for read, true in misreadings.letters.items()}),
        misread_digits=MappingProxyType(misreadings.digits),
        short=frozenset(words.short),
        field_words=frozenset(words.field) | _role_parts(pelaksana.words),
        unfinished=frozenset(words.unfinished),
        conditions=frozenset(words.conditions),
        titles=tuple(words.titles),
        zipf=MappingProxyType(_frequencies("id")),
        foreign=MappingProxyType(_frequencies("en")),
        reviewed_roles=MappingProxyType({fold(form): name for form, name in reviewed.pelaksana.items()}),
        reviewed_words=MappingProxyType(reviewed.words),
        headings=MappingProxyType({fold(form): kind for form, kind in reviewed.headings.items()}),
        addresses=tuple(fold(form) for form in _read("headings", HeadingsFile).addresses),
    )


def load_headings(taught: Mapping[str, str] | None = None) -> Headings:
    """Read the package's printed labels; `taught` are a reviewer's column heads (printed form: column), which win."""
    headings = _packaged_headings()
    return replace(headings, taught=dict(taught)) if taught else headings


@cache
def _packaged_headings() -> Headings:
    file, words = _read("headings", HeadingsFile), _read("words", WordsFile)
    return Headings(
        cover=Synonyms(file.cover),
        approvals=Synonyms(file.approvals),
        boxes=Synonyms(file.boxes),
        columns=Synonyms(file.columns),
        spans=Synonyms(file.spans),
        units=file.units,
        posts=file.posts,
        ranks=file.ranks,
        addresses=file.addresses,
        bodies=file.bodies,
        titles=file.titles,
        unfinished=tuple(words.unfinished),
        joining=tuple(words.joining),
        awaiting=tuple(words.awaiting),
        laws=tuple(fold(kind) for kind in _read("citations", CitationsFile).kinds),
    )
