"""What changed in the matrix of a SOP: its performers and its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.comparison.change import Change, differ
from pipeline.comparison.step_alignment import Alignment
from pipeline.message import Message, msg
from pipeline.model.pointer import pointer
from pipeline.model.record import Kegiatan, Record, Waktu
from pipeline.normalize.duration_sums import summed

TEXTS: tuple[tuple[tuple[str, ...], Message, Callable[[Kegiatan], str | None]], ...] = (
    (("uraian",), msg("what is done"), lambda step: step.uraian),
    (("mutu_baku", "kelengkapan"), msg("what it needs"), lambda step: step.mutu_baku.kelengkapan),
    (("mutu_baku", "output"), msg("output"), lambda step: step.mutu_baku.output),
    (("keterangan",), msg("remarks"), lambda step: step.keterangan),
)


def performer_changes(old: Record, new: Record, same: Alignment) -> Iterator[Change]:
    """Tell which performers came, went, or have another name."""
    names = {one.id: one.nama for one in new.pelaksana}
    for i, one in enumerate(old.pelaksana):
        at = pointer("pelaksana", i)
        now = same.performers.get(one.id)
        if now is None:
            told = msg("performer “{name}” is gone", name=one.nama)
            yield Change("performer-removed", told, at, None, one.nama, None)
        elif differ(one.nama, names[now]):
            told = msg("performer “{old}” is now “{new}”", old=one.nama, new=names[now])
            place = [other.id for other in new.pelaksana].index(now)
            yield Change("performer-renamed", told, at, pointer("pelaksana", place), one.nama, names[now])
    for j, other in enumerate(new.pelaksana):
        if other.id not in same.performers.values():
            told = msg("performer “{name}” was added", name=other.nama)
            yield Change("performer-added", told, None, pointer("pelaksana", j), None, other.nama)


def step_changes(old: Record, new: Record, same: Alignment) -> Iterator[Change]:
    """Tell which steps went, changed, moved or came, in the order of the older version, then of the newer."""
    pairs = dict(same.steps)
    for i, step in enumerate(old.kegiatan):
        if i in pairs:
            yield from _changed(old, new, i, pairs[i], same)
        else:
            told = msg("step {no} is gone: “{text}”", no=step.no, text=step.uraian or "")
            yield Change("step-removed", told, pointer("kegiatan", i), None, step.uraian, None)
    for j, step in enumerate(new.kegiatan):
        if j not in pairs.values():
            told = msg("step {no} was added: “{text}”", no=step.no, text=step.uraian or "")
            yield Change("step-added", told, None, pointer("kegiatan", j), None, step.uraian)


def _changed(old: Record, new: Record, i: int, j: int, same: Alignment) -> Iterator[Change]:
    one, other = old.kegiatan[i], new.kegiatan[j]
    at, now = ("kegiatan", i), ("kegiatan", j)
    if (i, j) in same.moved:
        told = msg("step {no} is now step {new}: “{text}”", no=one.no, new=other.no, text=other.uraian or "")
        yield Change("step-moved", told, pointer(*at), pointer(*now), one.no, other.no)
    step = _named(one, other)
    yield from _texts(step, one, other, at, now)
    yield from _performers(step, old, new, (i, j), same)
    yield from _duration(step, one.mutu_baku.waktu, other.mutu_baku.waktu, at, now)


def _named(one: Kegiatan, other: Kegiatan) -> Message:
    if one.no == other.no:
        return msg("step {no}", no=one.no)
    return msg("step {no} (now {new})", no=one.no, new=other.no)


Place = tuple[str | int, ...]


def _texts(step: Message, one: Kegiatan, other: Kegiatan, at: Place, now: Place) -> Iterator[Change]:
    heads = dict.fromkeys((*one.mutu_baku.lain, *other.mutu_baku.lain))
    pieces: list[tuple[Place, Message | str, str | None, str | None]] = [
        *((path, field, value(one), value(other)) for path, field, value in TEXTS),
        *((("mutu_baku", "lain", h), h, one.mutu_baku.lain.get(h), other.mutu_baku.lain.get(h)) for h in heads),
    ]
    for path, field, before, after in pieces:
        if differ(before, after):
            told = msg(
                "{step}, {field}: “{old}” is now “{new}”", step=step, field=field, old=before or "", new=after or ""
            )
            yield Change("step-changed", told, pointer(*at, *path), pointer(*now, *path), before, after)


def _performers(step: Message, old: Record, new: Record, pair: tuple[int, int], same: Alignment) -> Iterator[Change]:
    """Tell who carries out a step now and did not, or did and does not."""
    one, other = old.kegiatan[pair[0]], new.kegiatan[pair[1]]
    who = {same.performers.get(role, role) for role in one.pelaksana}
    if who == set(other.pelaksana):
        return
    before, after = _names(old, one), _names(new, other)
    at, now = (pointer("kegiatan", place, "pelaksana") for place in pair)
    told = msg("{step} is carried out by {new} instead of {old}", step=step, old=_listed(before), new=_listed(after))
    yield Change("step-performers-changed", told, at, now, before, after)


def _names(record: Record, step: Kegiatan) -> list[str]:
    names = {one.id: one.nama for one in record.pelaksana}
    return [names.get(role, role) for role in step.pelaksana]


def _listed(names: list[str]) -> Message | str:
    return ", ".join(names) if names else msg("nobody")


def _duration(step: Message, old: Waktu | None, new: Waktu | None, at: Place, now: Place) -> Iterator[Change]:
    """Tell a duration that changed: "1 jam" and "60 menit" are one, and so are two ways to write the same words."""
    before, after = (waktu.text if waktu else None for waktu in (old, new))
    if not differ(before, after) or (_length(old) and _length(old) == _length(new)):
        return
    told = msg("{step} may take {new} instead of {old}", step=step, old=_time(before), new=_time(after))
    path = ("mutu_baku", "waktu")
    yield Change("step-duration-changed", told, pointer(*at, *path), pointer(*now, *path), before, after)


def _time(text: str | None) -> Message | str:
    return f"“{text}”" if text else msg("no time that is told")


def _length(waktu: Waktu | None) -> tuple[tuple[float, float], ...] | None:
    """The length of time of a Waktu, whatever its unit; None where it has none."""
    if waktu is None or waktu.value is None:
        return None
    found = summed([waktu])
    return found.menit, found.hari_kerja, found.bulan
