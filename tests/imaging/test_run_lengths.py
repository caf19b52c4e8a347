"""LineRuns of ink as lists of pixels, held against the same found by looking at every pixel."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.imaging.components import Components
from pipeline.imaging.run_lengths import LineRuns, find_line_runs
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

MASKS = arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 24)), elements=st.integers(0, 1))

Span = tuple[int, int, int]  # row, first and last column


def spans(mask: Pixels, least: int) -> list[Span]:
    """The marked spans of a mask, column by column."""
    found = []
    for y, row in enumerate(mask.tolist()):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end - x >= least:
                found.append((y, x, end - 1))
            x = end + 1
    return found


def groups(found: list[Span], gap: int) -> set[frozenset[Span]]:
    """The spans that hang together: first along their rows, then over corners, each bridge taken as ink."""
    bridged: list[list[Span]] = []
    for span in found:
        if bridged and bridged[-1][-1][0] == span[0] and span[1] - bridged[-1][-1][2] <= gap:
            bridged[-1].append(span)
        else:
            bridged.append([span])
    left = [(row[0][0], row[0][1], row[-1][2], row) for row in bridged]
    out = []
    while left:
        group, edge = [left.pop(0)], 0
        while edge < len(group):
            y, x0, x1, _ = group[edge]
            near = [one for one in left if abs(one[0] - y) == 1 and one[1] <= x1 + 1 and one[2] >= x0 - 1]
            left = [one for one in left if one not in near]
            group += near
            edge += 1
        out.append(frozenset(span for *_, row in group for span in row))
    return set(out)


def as_groups(runs: LineRuns) -> set[frozenset[Span]]:
    out = []
    for run in range(len(runs.length)):
        own = np.zeros((runs.rows, runs.columns), np.uint8)
        own.ravel()[runs.index[runs.label == run]] = 1
        out.append(frozenset(spans(own, 1)))
    return set(out)


@given(MASKS, st.integers(1, 6), st.integers(1, 5))
def test_runs_are_the_spans_that_hang_together(mask: Pixels, least: int, gap: int) -> None:
    runs = find_line_runs(mask, least, gap)
    assert as_groups(runs) == groups(spans(mask, least), gap)
    assert np.array_equal(runs.transposed_mask, runs.mask.T)
    for run in range(len(runs.length)):
        columns = runs.index[runs.label == run] % runs.columns
        assert (runs.left[run], runs.length[run]) == (columns.min(), columns.max() - columns.min() + 1)


@given(MASKS)
def test_a_profile_tells_thickness_and_place_column_by_column(mask: Pixels) -> None:
    runs = find_line_runs(mask, 2, 1)
    usual = runs.profile.median_thickness()
    for run in range(len(runs.length)):
        own = np.zeros(mask.shape, bool)
        own.ravel()[runs.index[runs.label == run]] = True
        own = own[:, runs.left[run] : runs.left[run] + runs.length[run]]
        slots = runs.profile.of_line(run)
        assert np.array_equal(runs.profile.count[slots], own.sum(axis=0))
        inked = own.any(axis=0)
        assert usual[run] == np.median(own.sum(axis=0)[inked])
        rows = [np.flatnonzero(column).mean() for column in own.T[inked]]
        assert np.allclose(runs.profile.middle[slots][inked], rows)


def test_a_line_ends_where_it_is_drawn_whatever_the_least_length() -> None:
    mask = np.zeros((5, 60), np.uint8)
    mask[2, 7:50] = 1
    for least in (9, 10, 43):
        runs = find_line_runs(mask, least, 3)
        assert (int(runs.left[0]), int(runs.length[0])) == (7, 43)
    assert len(find_line_runs(mask, 44, 3).length) == 0


def test_a_stroke_at_the_edge_of_the_paper_is_no_longer_than_it_is() -> None:
    mask = np.zeros((4, 40), np.uint8)
    mask[1, :6] = mask[2, 35:] = 1
    assert len(find_line_runs(mask, 9, 3).length) == 0


@given(MASKS)
def test_pieces_of_ink_know_their_pixels(mask: Pixels) -> None:
    ink = Components.of(mask)
    assert np.array_equal(np.bincount(ink.label, minlength=len(ink.stats))[1:], ink.stats[1:, 4])
    assert np.array_equal(ink.painted(np.arange(len(ink.stats), dtype=np.uint16)) > 0, mask > 0)
    one = np.arange(len(ink.stats)) == 1
    drawn = ink.drawn_onto(np.zeros_like(mask), one)
    assert drawn.sum() == ink.stats[one, 4].sum()
    assert np.array_equal(ink.count_where(np.ones(len(ink.index), bool))[1:], ink.stats[1:, 4])


def test_type_is_measured_without_the_lines_about_it() -> None:
    page = np.zeros((200, 400), np.uint8)
    for x in range(10, 390, 15):
        page[100:112, x : x + 8] = 1
    page[50, :] = 1
    assert Components.of(page).em(2.0, ScanSettings()) == 1.6 * 12


@given(MASKS, st.integers(1, 6), st.data())
def test_a_lines_rise_is_that_of_the_middles_of_its_columns(mask: Pixels, least: int, data: st.DataObject) -> None:
    found = find_line_runs(mask, least, 1)
    lines = len(found.length)
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=lines, max_size=lines)), np.bool_)
    runs = found.select(keep)
    rows, columns = np.divmod(runs.index, runs.columns)
    expected = np.zeros(lines)
    for line in np.flatnonzero(keep):
        own = runs.label == line
        middles = [rows[own & (columns == column)].mean() for column in np.unique(columns[own])]
        expected[line] = max(middles) - min(middles)
    np.testing.assert_allclose(runs.profile.rise(), expected)
