"""Symbols and connectors, in pictures and among vectors."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FlowInkSettings:
    """Ink, fill and local contrast of a flowchart's picture. Contrasts are grey levels, 0..255; lengths points."""

    kept_scale: tuple[float, float] = (0.72, 1.2)  # working resolution over the picture's: within it is not resampled
    chroma: int = 40  # a pixel whose channels differ by more is coloured
    chroma_share: float = 0.0005  # of the pixels: with more the picture is looked at in colour
    illumination_reach: float = 50.0  # what is larger, both ways, is uneven illumination
    illumination_floor: int = 60  # where it is darker than that it is not corrected
    line_reach: float = 6.5  # what is wider is fill, not a line
    line_contrast: float = 26.0  # of a line against its ground, at least
    grain_factor: float = 5.0  # a line stands out from the paper's grain by this many times the grain's spread
    firm_contrast: float = 90.0  # beside dark lines, what has less is their blur ...
    firm_share: float = 0.4  # ... or less than this share of what they have
    firm_percentile: float = 90.0  # of the contrasts of all lines: the dark ones
    blur_reach: int = 5  # pixels: the blur of a line, both its sides
    fill_contrast: float = 14.0  # of a filled area against the paper
    fill_width: float = (
        4.5  # what is as wide both ways, its line included, and fainter than the lines is no line itself
    )


@dataclass(frozen=True, slots=True)
class EraseSettings:
    """Rulings and words that are taken out of the flowchart's ink. Lengths are points unless told otherwise."""

    same_edge: float = 1.5  # sides of rows or columns this near are one ruling
    ruling_reach: float = 2.0  # how far a ruling may lie from its row's or column's edge
    ruling_cover: float = 0.6  # the share of a stretch of ruling that shows
    ruling_stretch: float = 60.0  # a scanned ruling bends: it is followed in stretches about this long
    shortest_stretch: int = 3  # pixels
    width_slack: int = 1  # pixels: how much wider than usual, or beside its usual place, a ruling may be
    longest_crossing: int = 12  # pixels along a ruling: what is longer does not cross it, but runs along it
    tallest_word: float = 30.0
    least_signs: int = 2  # letters or digits; what was read as one sign may be an arrowhead
    word_margin: float = 0.2  # of a word's height: ink that goes on so far beyond it is no letter's
    descender: float = 0.2  # of a word's height, where no letter reaches below the line
    ascender: float = 0.08  # of a word's height, above all letters
    line_through_word: float = 1.5  # of a word's height: no stroke of a letter is as long
    letter_bar: float = 0.45  # of a word's height: thicker is no line but letters that run together


@dataclass(frozen=True, slots=True)
class ShapeSettings:
    """Which shape an outline has. Shares are those of its bounding box unless told otherwise."""

    corner_empty: float = 0.13  # of a quarter: boxes, sharp or rounded, leave less of every one empty
    corner_blur: float = 0.5  # points inside its sides a corner is measured
    corner_cut: float = 1.1  # points: a corner cut deeper is round ...
    corner_cut_share: float = 0.055  # ... of small boxes and large: or this share of the shorter side
    mixed_corners_confidence: float = 0.4  # of a box with two sharp corners and two cut ones
    circle_ratio: tuple[float, float] = (0.8, 1.25)  # width over height
    circle_empty: float = 0.15  # of a quarter, at least
    point_depth: float = 0.06  # how far inside a side its point is measured
    point_width: float = 0.45  # there a pentagon is at most this wide
    unpointed_confidence: float = 0.5  # of a box or trapezoid that is empty where a pentagon is, and has no point
    unpointed_trapezoid: float = 0.12  # of a quarter: how far such a trapezoid may be off its patterns
    bump_share: float = 0.06  # outer rows and columns with less ink are bumps where a line touches ...
    bump_pixels: int = 2  # ... and with no more pixels than this
    pattern_noise: float = 0.02  # of a quarter: patterns are not known more exactly
    confidence_range: tuple[float, float] = (0.3, 0.99)


@dataclass(frozen=True, slots=True)
class OutlineSettings:
    """Which closed lines and filled areas are symbols. Lengths are points unless told otherwise."""

    smallest: float = 5.5  # a symbol's least width and height
    largest: float = 200.0
    tallest: float = 2.2  # times its width
    widest: float = 9.0  # times its height
    solid: float = 0.8  # the share of its convex hull that a symbol fills
    box_share: float = 0.4  # ... and of its bounding box
    on_table: float = 0.42  # the share of an outline on rulings that makes it a cell
    ruling_blur: int = 5  # pixels: the width around a ruling's ink that counts as on it
    gap: float = 2.6  # a break in a symbol's outline
    run_on: float = 4.5  # a side that goes on in ink so far beyond its corner belongs to something else
    run_ons_cornered: tuple[int, int] = (2, 3)  # that tell against a shape with corners: without and with rulings
    run_ons_other: tuple[int, int] = (3, 5)  # ... and against another shape
    slant: float = 0.3  # a slanted line is at least this much off both sides' directions
    slant_inked: float = 0.85  # of its steps that show
    sure_shape: float = 0.8  # a shape surer than this ...
    overlap_sure: float = 0.3  # ... may overlap another one by so much of the smaller one's area
    overlap: float = 0.03  # others by so much
    drawn_inside: float = 0.5  # of an outline's part in another symbol that shows as a line
    joined_shape: float = 0.7  # how sure the shape of a symbol is that a loop of connectors begins or ends at, ...
    joined_solid: float = 0.95  # ... and the share of its hull that it fills
    joined_depth: float = 0.5  # of its shorter side: so much of such a loop's hull leads through it
    solid_score: float = 3.0  # the weight of solidity in an outline's score, its shape's confidence counting 1
    size_score: float = 0.1  # ... and that of size
    full_size: float = 4000.0  # square pixels: what is larger scores no higher
    fill_score: float = 0.3  # a filled area scores so much more with points, and less without
    dark_score: float = 0.9  # ... and a dark one so much more
    part_area: float = 0.85  # of a filled area: a larger outline in it is no half of it
    same_side: float = 0.12  # of a filled area's shorter side: sides this near are one
    drawn_side: float = 0.8  # of a side that is inked where it is a line, and not dots of grain


@dataclass(frozen=True, slots=True)
class FilledAreaSettings:
    """Symbols that are seen by their filling. Lengths are points unless told otherwise."""

    smallest: float = 9.5  # a symbol's least width and height; smaller areas are arrowheads
    core: float = 4.1  # a square of this side fits into a symbol, and into no line ...
    core_lines: float = 3.0  # ... and times the thickness of the page's lines: nor into their arrowheads
    place: float = 6.5  # a square of this side fits into the smallest symbol, a diamond among them
    letters: tuple[float, float] = (14.0, 10.0)  # width and height of a hole that letters or a spot make in an area
    dark: float = 70.0  # grey levels from the paper's colour: a dark area
    deepest: float = 80.0  # percentile of the darkness in an area: its body's, whatever is written on it
    least_filled: float = 0.67  # of a dark area that is nearly as dark as its body: the rest may be letters
    dark_share: float = 0.5  # of the darkness of its middle that a dark area has up to its edge
    inside_core: float = 0.4  # of an area, in the core that it was found by
    same_area: float = 0.5  # overlap of an area with and without its points
    diamond_filled: float = 0.9  # of a diamond's area
    diamond_alike: float = 0.9  # overlap of an area with a diamond without its points (intersection over union)
    finer: float = 0.01  # less of its hull, at most, fills an area that was opened less and is no worse than it was


@dataclass(frozen=True, slots=True)
class OutlineRepairSettings:
    """Outlines put together again. Shares are of the symbol's width or height unless told otherwise."""

    cut_width: float = 2.2  # points: of a line that cuts a symbol in two
    half_shift: float = 0.5  # of that: how far the sides of two halves may be apart
    cut_area: float = 0.04  # of the whole, that the line covers
    whole_confidence: float = 0.6  # of the shape that two halves make, at least
    point_narrow: float = 0.25  # a triangle's upper and lower third differ by at least this share of their area
    point_shift: float = 0.1  # of the width: how far a diamond's points may be off each other's middle
    point_gap: float = 2.0  # times a point's height, that text may part a diamond's points by
    point_alike: float = 0.75  # the narrower of two points' widths over the other
    diamond_confidence: float = 0.8
    covered_area: tuple[float, float] = (0.3, 0.9)  # of a box that shows where a bent line cuts it
    line_inked: float = 0.9  # of a row's pixels, where a line runs along it
    side_inked: float = 0.96  # ... a pixel above and below it counted
    part_confidence: float = 0.8  # of a box's clean part
    box_confidence: float = 0.85  # of a box that is covered in part
    box_solid: float = 0.97  # as much of its hull as it is taken to fill


@dataclass(frozen=True, slots=True)
class SegmentSettings:
    """Straight segments of connectors. Lengths are points unless told otherwise."""

    shortest: float = 3.0
    shortest_thick: float = 1.45  # ... and times the thickness of the page's lines: so far no line goes across one
    shortest_measured: float = 12.0  # of the lines whose thickness is measured: longer than letters are high
    longest_measured: float = 0.4  # ... and no longer than this share of the page's height or width
    measured_quantile: float = 0.75  # of their thicknesses, by length: that of the page's lines
    shortest_slanted: float = 9.0
    slanted_part: float = 0.5  # of that: the shortest part of a slanted line that something cuts
    slanted_whole: float = 0.9  # of that: the shortest slanted line, its blurred ends granted
    dash_gap: float = 3.0
    dashed_length: int = 3  # times the shortest segment: the shortest dashed one
    slender: float = 2.5  # a segment is at least this many times as long as thick
    thickest: float = 4.5
    longest_stub: float = 16.0  # of a segment as thick as its arrowhead
    stub_reach: float = 2.5  # ... and of its distance from the symbol's line
    on_ruling: float = 0.6  # a segment that lies on a ruling by a larger share is left of it
    off_line: float = 3.0  # pixels that a pixel of a slanted line may be off it ...
    off_line_share: float = 2.0  # ... or times its thickness
    off_line_deviation: float = 2.0  # pixels: the standard deviation of that
    on_line: float = 2.5  # pixels: what is this near lies on a line
    on_link: float = 5.0  # pixels: the same for a link's arrowhead
    barb_length: float = 0.6  # of an arrowhead's length: longer is no part of one
    barb_reach: float = 0.7  # of an arrowhead's length, from the end of its line
    link_gap: float = 14.0  # two symbols this near may have a connector too short for a segment
    link_inked: float = 0.8  # of the gap, along the link
    link_width: float = 0.4  # of the height that both symbols share; a wider one is no line
    contact_width: float = 0.3  # of a symbol's shorter side: a line inside it touches its sides on less


@dataclass(frozen=True, slots=True)
class ArrowheadSettings:
    """How arrowheads look, and which of them count. Strengths are 0..1; lengths points unless told otherwise."""

    length: float = 8.0  # of an arrowhead, at most
    width: float = 6.0  # ... and half its width
    length_of_thick: float = 4.0  # times the thickness of its line: the same where lines are thick ...
    width_of_thick: float = 2.5  # ... and half its width
    drawn_size: float = 5.0  # of the box that `sop draw` shows it by
    edge: float = 0.45  # pixels of ink beyond the line's own side
    own_ink: float = 1.5  # pixels of ink that a line itself has on one side of its middle, at most
    slimmest: float = 0.1  # its width on one side over its length: slimmer is the blur of letters, or a shadow
    start: float = 3.0  # how far from a line's end its arrowhead begins, at most
    area: float = 0.6  # square points on one side of the line: as much speaks for an arrowhead as against
    full_ink_quantile: float = 0.7  # of the contrast along a line: what is fully inked
    line_ink_quantile: float = 0.75  # of the ink beside a line's middle: its own, gaps between dashes aside
    bare_ink_quantile: float = 0.3  # of the ink beside a short line: its own ...
    few_steps: int = 12  # ... the least where it is shorter than so many pixels
    hidden_share: float = 0.4  # of full ink: where it is as dark further away, nothing can be told
    gap_share: float = 0.4  # of full ink: a line that is fainter in its middle shows a gap between dashes
    gap_rim: int = 2  # pixels: the blur of a dash's ends
    hidden_rim: float = 0.75  # pixels: ink that comes this near to the end of what is looked at goes on beyond it
    flare: float = 0.6  # pixels from one step to the next: the symbol's own side shows
    peak_noise: float = 0.05  # pixels: ink this near to the most is as much
    steep: float = 0.35  # of the most ink, from one step to the next: an arrowhead's wide side ...
    steeper: float = 1.5  # ... so many times as steep as its tip
    bare_behind: float = 0.9  # of a line behind an arrowhead's wide side
    bare_difference: float = 2.5  # pixels: an arrowhead stands at the end with so much less bare line
    unsure_share: float = 0.99  # of a faint arrowhead's strength, where nothing tells at which end it is
    wide_at_tip: float = 0.42  # an arrowhead whose ink lies nearer to its tip points the other way
    clear: float = 0.35  # an end this strong has an arrowhead
    second: float = 0.5  # of the surer head of a line, where there is one at both ends
    faint: float = 0.25  # ... or this strong, where no other end has any
    share_of_strongest: float = 0.6  # a weaker end than that has none, unless it is a clear one
    nearly: float = 0.9  # of a faint one: enough where something else speaks for it
    shared_reach: float = 14.0  # two connectors' ends this near may have one arrowhead between them
    shared_strength: float = 0.6  # that it then has, at least


@dataclass(frozen=True, slots=True)
class PlacementSettings:
    """Which shapes are symbols, and which words stand in them. Shares are 0..1, lengths points."""

    cell_edge: float = 2.0  # a box whose four sides lie this near to edges of columns and rows is a cell
    lane_slack: float = 1.0  # how far a symbol's middle may be outside the Pelaksana columns
    beside_rows: float = 0.5  # of a symbol's height, where it belongs to a row
    largest_off_page: float = 45.0  # of an off-page connector outside the rows
    covered_by_word: float = 0.8  # of a shape: it may be a letter
    letter_height: float = 1.25  # times its word's height: no letter's inside is as high
    word_inside: float = 0.7  # of a word within a shape: the shape is no letter of it
    below_rows: float = 30.0  # an end symbol this far below the last row belongs to it, where a connector leads there
    sure_place: float = 0.7  # how surely a symbol stands in its row and columns: less is told
    spanned: float = 0.4  # of a column's width: a symbol that covers as much of several spans them
    outline_word: tuple[float, float] = (0.75, 0.6)  # of a symbol's height and width: a word as large is its outline


@dataclass(frozen=True, slots=True)
class BridgeSettings:
    """Segments of one line, joined; and arrowheads' barbs left out. Lengths are points unless told otherwise."""

    bridge: float = 5.0  # a gap in a line
    widest_gap: float = 80.0  # ... that a word fills
    word_room: float = 12.0  # ... with so much room beside it
    collinear: float = 1.5  # how far two parts of one line may be off
    drift: float = 0.03  # ... and for each point of the gap between them
    overlap: float = 0.5  # of the shorter part's length
    across: float = 0.3  # cosine of the angle between an arrowhead's width and its line, at most
    barb_distance: float = 0.25  # of the barb's length: how far its middle may be off the line
    barb_slope: float = 0.6  # of the distance from an arrowhead's tip: how far beside its line it reaches
    barb_back: float = 1.3  # of the usual longest arrowhead: how far behind its tip
    barb_crossing: tuple[float, float] = (0.3, 0.7)  # where along the barb the line meets it


@dataclass(frozen=True, slots=True)
class TracingSettings:
    """Which segments and symbols a connector joins. Lengths are points unless told otherwise."""

    touch: float = 2.5  # a line this near a symbol touches it
    beside: float = 5.0  # a line that ends nowhere this near a symbol comes from it ...
    beside_thick: float = 4.5  # ... or times its width: the arrowhead of a thick line fills what is between
    slack: float = 1.2  # around a symbol's box
    join: float = 3.0  # lines this near meet
    piece: float = 8.0  # a line no longer than that may be a piece of a letter, or of an arrowhead's barb
    contact: float = 6.0  # from a line inside a symbol to the line that it goes on in outside
    on_bar: float = 1.0  # ... where it meets another end as well
    overshoot: float = 6.0  # a line may stick out this far beyond one that it meets
    stub: float = 4.0  # a line that stops this short of another one
    reach: float = 13.0  # ... of a symbol
    far_reach: float = 40.0  # ... where nothing else lies ahead
    ahead_width: float = 1.0  # how far beside a line's direction lies what is ahead of it ...
    ahead_slope: float = 0.3  # ... and for each point of the distance
    parallel: float = 0.95  # cosine of the angle between parallel lines, at least
    ruling_gap: float = 5.0  # a line that ends this near a ruling may go on along it ...
    on_ruling: float = 1.5  # ... and one that lies this near it lies on it
    facing: float = 2.0  # how far two loose ends that look at each other may be off one line
    leave: float = 13.0  # a line that ends this near the rows' bottom leaves the page
    body_slack: float = 2.0  # ... this far outside the Pelaksana columns, at most
    head_beside: float = 0.3  # of an arrowhead's strength, where it does not point at its symbol


@dataclass(frozen=True, slots=True)
class PageBreakSettings:
    """Connectors over page breaks."""

    longest_sign: int = 3  # letters of what stands in an off-page connector: a figure, a letter
    leads_in: float = 0.2  # an arrowhead this strong at an off-page connector: the flow leaves the page there
    exit_reach: float = 20.0  # points: an off-page connector names an exit this near, or within its own width
    guess_confidence: float = 0.4  # ends and direction of an edge that is not drawn, or only one half of it


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """Confidences 0..1 of the ends and directions of edges."""

    surest_end: float = 0.97
    gap_decay: float = 40.0  # points between lines and symbols that bring it down to 1/e
    branched: float = 0.85  # times that for a connector with more than two symbols
    surest_direction: float = 0.98
    head_noise: float = 0.08  # strength of arrowheads that tells nothing
    sure_direction: float = 0.6  # less is told as an issue
    sure_ends: float = 0.5  # likewise
    same_cell: float = 0.2  # ends of an edge between two symbols of one cell, at most
    unusual: float = 0.3  # ... of one that leads back or past rows from a step that is no decision
    exchanged: float = 0.45  # ... of two edges whose targets were exchanged, since their lines meet
    even_heads: float = 0.95  # of the surer head of a line with two: heads that are this much alike are both real
    double_even: float = 0.9  # both directions of such a line
    double_there: float = 0.5  # arrowheads at both ends that differ: onward in the flow ...
    double_back: float = 0.4  # ... and back
    fanned_out: float = 0.7  # out of a bar with arrowheads at both ends that a line crosses
    split_both: float = 0.6  # two connectors over each other, an arrowhead at both ends ...
    split_one: float = 0.5  # ... or at one
    chained: float = 0.55  # the second of two edges that were drawn as a fork
    by_flow_onward: float = 0.9  # no arrowhead, and a later row
    by_flow: float = 0.35  # ... and none
    by_flow_forked: float = 0.25  # ... at more than two ends
    contested: float = 0.5  # of what only one of two readings of a page tells, at most


@dataclass(frozen=True, slots=True)
class KindSettings:
    """Confidences 0..1 of kinds that the shape alone does not tell."""

    round_in_mid_flow: float = 0.6  # a rounded shape that neither begins nor ends, at most
    by_place: float = 0.55  # a box that begins or ends the flow
    by_text: float = 0.6  # words that stand for a symbol


@dataclass(frozen=True, slots=True)
class LabelSettings:
    """Words beside connectors."""

    reach: float = 14.0  # points: a word this near a connector may be its label
    least_letters: int = 3  # of a word that is neither ya nor tidak
    start_weight: float = 0.05  # of the distance from the source, beside that from the line
    word_gap: float = 0.5  # of a word's height: words this near are one text ...
    line_gap: float = 0.6  # ... of that, between lines


@dataclass(frozen=True, slots=True)
class BlockArrowSettings:
    """Thick arrows that are drawn by their outline. Shares are those of the shaft's width unless told otherwise."""

    narrowest: float = 1.5  # points: the width of a shaft, at least ...
    widest: float = 14.0  # ... and at most: what is wider is a symbol
    flare: float = 1.2  # how far apart the wings of a head are, at least
    even: float = 0.7  # of its longer leg or wing: the shorter one of a head, at least
    slack: float = (
        0.5  # points: by so much more may wings differ, and the sides of a gradient's bands be off the arrow's
    )
    bands: int = 80  # paths that an arrow's gradient is painted with, at most, right before its outline
    slant: float = 0.25  # of a head's width: how far the shaft's corners may be off the line between its wings
    shortest_head: float = 0.25  # of a head's width: its length, at least
    tail: float = 0.4  # by which share the tail's side may differ from the width
    beside: tuple[float, float] = (0.5, 1.8)  # how far both sides are apart: farther at a corner
    samples: int = 40  # points on a side that has another number of corners than the other one
    bend: float = 0.3  # a point this near to the line between its neighbours is no corner


@dataclass(frozen=True, slots=True)
class VectorSettings:
    """Symbols and connectors among a text page's vector paths. Lengths are points unless told otherwise."""

    white: int = 235  # of 255 in red, green and blue: paint that is not seen on paper
    faint: int = 40  # of 255: opacity of paint that is not seen
    dark: int = 150  # of 255: the mean of red, green and blue of an arrowhead, at most
    flat: float = 0.3  # a point this near to the line between its neighbours is no corner
    flat_curve: float = 0.02  # the same of a small shape with curves, a share of its shorter side
    shortest_side: float = 0.3  # of a polygon; shorter ones round its corners
    opposite: float = 0.98  # cosine of the angle between the two sides of a thin line, at least
    widest_line: float = 3.2  # between the two sides of a line drawn as an area
    shortest_part: float = 1.0  # of such a line ...
    part_slender: float = 1.2  # ... and times its width
    corner_reach: float = 1.6  # times a line's width: how far from its corner its parts end
    line_width: float = 0.75  # of a shape that is a line by being so thin
    smallest_symbol: tuple[float, float] = (6.0, 5.0)  # the longer and the shorter side of one
    largest_symbol: tuple[float, float] = (0.75, 2.0)  # of the Pelaksana columns' width, and of the page's highest row
    at_edge: float = 2.0  # how far a cell's side may be from the table's edge
    same_side: float = 3.5  # how far sides of one symbol's paths may be apart ...
    same_side_share: float = 0.12  # ... or this share of its shorter side
    inside: float = 0.9  # of a shape within another one: a part of it
    shadow: float = 0.4  # of a shape that another one covers, as large and painted next: its shadow
    ring: float = 3.2  # between the two outlines of a line drawn as an area around a shape
    largest_head: float = 15.0  # an arrowhead's longer side
    head_reach: float = 2.5  # between an arrowhead and the end of its line
    base_reach: float = 3.5  # between the base of a head that points aside and the line's end
    skewed: float = 0.3  # of its width: a head whose middle lies farther beside its line may belong to another part
    turned_cost: float = 6.0  # how much farther away a head that points aside is reckoned than one that goes on
    tapering: float = 0.75  # how wide an arrowhead is at its tip, of its width at its base, at most
    barb: float = 13.0  # of an open arrowhead, at most
    barb_angle: tuple[float, float] = (10.0, 75.0)  # degrees between an open arrowhead's barb and its line
    barb_share: float = 1.3  # of the length of its line's last part, at most
    barb_even: float = 0.6  # of the longer barb: the length of the shorter one, at least
    vee: float = 0.2  # cosine of the angle between the barbs of an arrowhead apart from its line, at least
    head_legs: int = 3  # so many barbs and ends of lines make an arrowhead that is painted as one area
    turning_back: float = 0.4  # cosine of the angle between an arrowhead's barb and its line, at least
    sliver: float = 8.0  # a line this short beside a longer one ...
    sliver_off: float = 2.2  # ... this near it is painted with it
    same_line: float = 1.0  # parts of one line are off it by at most so much
    same_end: float = 1.2  # how far apart ends of two paths of one connector, or two sides of one symbol, may be
    dash: float = 9.0  # of a dash that is a path of its own, at most
    dash_gap: float = 6.0  # between two of these
    dot: float = 1.5  # of a dotted line, at most
    least_dots: int = 5  # that make a line
    near_in_order: int = 6  # paths painted so shortly one after the other may be one connector
    raster: float = 4.0  # pixels per point, to tell the shape of a polygon
    cut_corner: tuple[float, float] = (0.8, 0.04)  # of a rounded shape, at least; and of its shorter side
    circle_corner: float = 0.17  # of its width: how deep a circle's corners are cut, at least
    head_strength: float = 0.98  # how sure an arrowhead is that is a path of its own
    image_head_strength: float = 0.7  # ... that is an image
    underline: float = 3.0  # below a word's box: a line there underlines it
    block_arrows: BlockArrowSettings = field(default_factory=BlockArrowSettings)


@dataclass(frozen=True, slots=True)
class ObjectSettings:
    """Which symbols and which others a connector joins that is an object of its own. Lengths are points."""

    touch: float = 2.5  # a line this near a symbol touches it
    beside: float = 5.0  # a line that ends nowhere this near a symbol comes from it
    slack: float = 1.2  # around a symbol's box
    ends: float = 3.5  # two ends this near are one
    as_near: float = 0.7  # ... of several those that are as near as the nearest
    on_line: float = 3.0  # an end this near another line stands on it
    on_bar: float = 1.0  # ... where it meets another end as well
    crossed: float = 0.3  # an arrowhead this far beyond a line means none of it
    overshoot: float = 6.0  # a line may stick out this far beyond another one that ends at it
    stub: float = 4.0  # a line that stops this short of another one ...
    reach: float = 16.0  # ... of a symbol
    far_reach: float = 40.0  # ... where nothing else lies ahead
    doubt: float = 20.0  # gap that a connector counts with that could be read two ways
    parallel: float = 0.95  # cosine of the angle between parallel lines, at least
    facing: float = 2.0  # how far two loose ends that look at each other may be off one line
    gap: float = 6.0  # between these, where no word stands there
    least: float = 2.0  # of a line that is looked at


@dataclass(frozen=True, slots=True)
class FlowSettings:
    """Symbols and connectors of the flowchart. Lengths are points unless told otherwise."""

    dpi: float = 150.0  # the resolution that symbols and lines are looked for at
    most_megapixels: float = 40.0  # of the picture at that resolution: no page is rendered larger, and A2 has 9
    side_margin: float = 6.0  # around the Pelaksana columns
    top_margin: float = 40.0  # above the rows, where off-page connectors stand
    bottom_margin: float = 60.0
    sure_word: float = 0.4  # what was recognised with less may be a symbol
    least_row: float = 16.0  # of a row's height on a page, where a symbol is to be looked for
    dangling: float = 15.0  # of a line that should lead to a symbol
    picture_lead: int = 2  # so much more must vectors leave open than the picture, for the picture to be believed
    ink: FlowInkSettings = field(default_factory=FlowInkSettings)
    erase: EraseSettings = field(default_factory=EraseSettings)
    shapes: ShapeSettings = field(default_factory=ShapeSettings)
    outlines: OutlineSettings = field(default_factory=OutlineSettings)
    areas: FilledAreaSettings = field(default_factory=FilledAreaSettings)
    repair: OutlineRepairSettings = field(default_factory=OutlineRepairSettings)
    segments: SegmentSettings = field(default_factory=SegmentSettings)
    arrowheads: ArrowheadSettings = field(default_factory=ArrowheadSettings)
    placement: PlacementSettings = field(default_factory=PlacementSettings)
    bridges: BridgeSettings = field(default_factory=BridgeSettings)
    tracing: TracingSettings = field(default_factory=TracingSettings)
    page_breaks: PageBreakSettings = field(default_factory=PageBreakSettings)
    edges: EdgeSettings = field(default_factory=EdgeSettings)
    kinds: KindSettings = field(default_factory=KindSettings)
    labels: LabelSettings = field(default_factory=LabelSettings)
    vectors: VectorSettings = field(default_factory=VectorSettings)
    objects: ObjectSettings = field(default_factory=ObjectSettings)
