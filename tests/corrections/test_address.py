from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corrections.address import Criterion, Segment, TargetSyntaxError, parse_target, pattern_of
from pipeline.corrections.fields import FIELDS, KEYS, kind_of
from pipeline.corrections.targets import quoted


def test_the_targets_of_the_contract() -> None:
    assert parse_target("kegiatan[no=3]/mutu_baku/waktu") == (
        Segment("kegiatan", (Criterion("no", ("3",)),)),
        Segment("mutu_baku"),
        Segment("waktu"),
    )
    assert parse_target("flow/edges[from=3,kabag-organisasi][to=4,skpd]")[1].criteria == (
        Criterion("from", ("3", "kabag-organisasi")),
        Criterion("to", ("4", "skpd")),
    )


def test_several_demands_in_one_pair_of_brackets() -> None:
    assert parse_target("header/dasar_hukum[nomor=25, tahun=2009]")[1].criteria == (
        Criterion("nomor", ("25",)),
        Criterion("tahun", ("2009",)),
    )


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_any_value_can_stand_in_brackets(value: str) -> None:
    (segment,) = parse_target(f"kegiatan[uraian={quoted(value)}]")
    assert segment.criteria == (Criterion("uraian", (value,)),)


@given(st.text(max_size=30))
def test_any_text_is_a_target_or_refused_at_a_place_within_it(text: str) -> None:
    column = 0
    try:
        parse_target(text)
    except TargetSyntaxError as error:
        column = error.column
    assert 0 <= column <= len(text)


def test_every_field_has_a_target() -> None:
    for pattern in FIELDS:
        at = pattern.replace("lain/*", 'lain/"Biaya"').replace("/*", "[nth=1]")
        assert pattern_of(parse_target(at)) == pattern


def test_every_list_says_how_its_items_are_told_apart() -> None:
    for pattern, kind in FIELDS.items():
        if kind == "list":
            assert KEYS[kind_of(f"{pattern}/*")]


@pytest.mark.parametrize("at", ["", "/judul", "kegiatan[no=]", "kegiatan[no=3", "judul/", "a b"])
def test_bad_targets(at: str) -> None:
    with pytest.raises(TargetSyntaxError):
        parse_target(at)
