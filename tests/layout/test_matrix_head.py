"""The head of a matrix whose activities no lexicon knows by their name."""

from __future__ import annotations

from collections.abc import Callable

from typeset import Cover, SopSpec, Style, chain
from typeset.samples import ROLES

from pipeline.layout.regions import SopRegion
from pipeline.settings import Settings

Find = Callable[..., list[SopRegion]]
UNKNOWN = {"kegiatan": "RANGKAIAN PEKERJAAN"}


def test_an_unknown_head_behind_the_numbers_is_that_of_the_activities(regions: Find) -> None:
    (region,) = regions(SopSpec(Cover(), (chain(4),)), Style(heads=UNKNOWN))
    (part,) = region.parts
    kinds = [column.kind for column in part.columns]
    assert kinds == ["no", "kegiatan", *["pelaksana"] * 4, "kelengkapan", "waktu", "output", "keterangan"]
    assert part.columns[1].confidence == Settings().layout.guessed_head
    assert len(part.body.bands) == 4


def test_an_unknown_head_goes_on_over_pages(regions: Find) -> None:
    (region,) = regions(SopSpec(Cover(), (chain(16),)), Style(heads=UNKNOWN))
    assert len(region.parts) > 1
    assert sum(len(part.body.bands) for part in region.parts) == 16


def test_a_table_that_is_not_the_whole_form_is_no_matrix_by_its_numbers(regions: Find) -> None:
    style = Style(heads=UNKNOWN, mutu_head="SYARAT LAIN", pelaksana_head="NAMA JABATAN")
    (region,) = regions(SopSpec(Cover(), (chain(4),)), style)
    assert region.parts == ()


def test_a_head_over_one_performer_beside_one_over_several_is_none_of_his_name(regions: Find) -> None:
    groups = (("EKSTERNAL", 1), ("INTERNAL", 3))
    (region,) = regions(SopSpec(Cover(), (chain(4),)), Style(role_groups=groups))
    heads = [column.head.text.replace("\n", " ") for column in region.parts[0].columns if column.kind == "pelaksana"]
    assert heads == list(ROLES[: len(heads)])
