"""Reading of scanned pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.settings.second_readers import SecondReaderSettings


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """Reading of scanned pages. Lengths are shares of the page's text size (em) unless told otherwise."""

    dpi: float = 200.0  # the upright picture's resolution
    sheet_inches: tuple[float, float] = (3.0, 24.0)  # the longer side of a sheet of paper
    a4_inches: float = 11.69
    least_pixels: int = 24  # a smaller picture shows no text
    skew_dpi: float = 100.0  # enough to measure how a page lies
    chroma_of_black: int = 30  # ink with less colour than this is black, JPEG noise granted
    chroma_fade: float = 3.0  # how fast colour beyond that fades to white
    coloured: int = 50  # ink that fades by this was coloured
    coloured_share: float = 0.0005  # of a page's pixels
    coloured_paper: float = 0.01  # of a page whose paper is coloured, or filled
    dim_channel: int = 90  # of a paper's colour
    other_ink: float = 0.2  # of a line's length that may be of another ink
    light_reach: float = 110.0  # points: what is larger, both ways, is a shade of the light and no fill
    least_light: int = 60  # where it is darker than that it is not made up for
    fill_tone: float = 0.85  # of the paper's light: a filled area is darker
    fill_core: float = 4.0  # points: thicker than any stroke of a letter
    fill_gap: float = 9.0  # points: what is written leaves no larger gap in a fill
    fill_line: float = 3.3  # points: a line that parts two fills is thinner
    fill_border: float = 16.0  # points: a line this long parts two fills
    fill_side: float = 9.0  # points: a filled area is at least as wide and high
    fill_solid: float = 0.5  # of it that is fill, not writing
    fill_contrast: int = 50  # between a fill and what is written in it
    fill_written: float = 0.01  # of a fill that is writing
    fill_inverted: float = 2.0  # times as much is lighter than darker where writing is light on dark
    word_reach: float = 5.0  # points: coloured letters this near belong together
    word_typed: float = 0.9  # of coloured ink that is in letters, where it is type
    word_letters: int = 3
    speck_tone: int = 127  # 0..255: what is darker may be a speck
    speck_window: int = 7  # pixels about a speck that are all light
    odd_pixel: int = 70  # darker or lighter than its neighbours by this
    speckled: float = 0.0003  # of a page's pixels that are dark all alone
    paper_reach: float = 14.0  # points: larger dark areas are background
    paper_samples: int = 5  # of the paper's tone over that reach
    paper_window: int = 9  # samples: what is narrower hides no paper
    paper_percentile: int = 90  # of a page's tones: its paper's
    ink_reach: float = 14.0  # points: the surroundings that ink is darker than
    text_contrast: int = 28
    line_contrast: int = 18  # rulings may be fainter than text
    line_share: float = 0.4  # of a ruling's darkness, how much stands out from both its sides
    letter_height: tuple[float, float] = (2.5, 16.0)  # points
    letter_slender: float = 3.0  # times as thick as it is at least, the smallest letter is high
    letter_width: float = 2.0  # times the greatest height: the width of coloured letters that touch
    letters_needed: int = 20  # fewer do not tell the text size
    em_of_letter: float = 1.6  # the text size, by the median height of letters
    usual_em: float = 10.0  # points: the text size where there are too few letters
    skew_limit: float = 12.0  # degrees
    skew_samples: int = 20_000  # pixels of ink are enough
    skew_pixels: int = 100  # fewer do not tell how a page lies
    skew_step: float = 0.5  # degrees: of the first round
    skew_precision: float = 0.02  # degrees: of the last one
    perspective_lines: int = 3  # fewer rulings on an axis say nothing about perspective
    perspective_cost: float = 0.02  # of perspective beside the lines' crookedness, so that little does without
    perspective_length: float = 5.0  # of the lines that tell how a page lies
    perspective_points: int = 20  # of each line's centreline
    ruling_length: float = 1.5
    run_pixels: int = 9  # no run of a line is shorter, whatever the text size
    ruling_thickness: float = 0.3
    thin_pixels: int = 4  # a line may be this thick, whatever the text size
    thickness_slack: int = 1  # pixels that a line may be thicker than it mostly is
    rim_pixels: int = 4  # how far into a line blur and sharpening reach
    letter_overlap: int = 4  # pixels of a line that may belong to a letter beside it
    ruling_bridge: float = 0.25  # pieces this near are judged as one line
    ruling_reach: float = 0.4  # an end this near to a line across it is at it
    ruling_mend: float = 0.1  # gaps in a faint line
    ruling_cross: float = 0.3  # where another line crosses
    ruling_thick: float = 0.25  # of a line's course may run through thicker ink
    ruling_beside: float = 0.4  # of its course with ink right beside it
    line_alike: tuple[int, int] = (40, 15)  # how much lighter ink may be that is as dark as a short or a long line
    ruling_certain: float = 20.0  # hardly a word is as long
    ruling_alone: float = 6.0  # a line that meets no other is at least this long
    ruling_stub: float = 3.0  # a shorter line meets others with both its ends
    ruling_meets: float = 0.1
    ruling_snap: float = 0.25  # parallel lines this near are one, doubled
    ruling_gap: float = 0.6  # pieces of a line this near are joined
    region_area: float = 0.8  # square em; a smaller area of paper is the inside of a letter
    speck: float = 0.08
    letter_limit: float = 2.2  # no letter is higher ...
    row_limit: float = 12.0  # ... and no row of touching letters longer
    mark_reach: float = 1.0  # a dot stands this near to a letter
    letter_least: float = 0.3  # a block has at least one letter this large
    remains: float = 0.35  # what is smaller and clings to a line is left of it
    outline_reach: float = 0.25
    outline_share: float = 0.6  # of a piece of ink that lies between two areas of paper
    remains_beside: float = 0.5  # of such a remains' pixels that are right beside the line
    line_blur: int = 5  # pixels: the size of the square about a pixel of a line that is right beside it
    stop_gap: float = 0.45  # a full stop is this near behind its letter ...
    stop_foot: float = 0.35  # ... and this near its foot
    area_fill: float = 0.7  # of the box around an enclosed area
    near_horizontal: float = 2.5  # letters of one region
    near_vertical: float = 1.2
    near_cells: int = 8  # squares to the em, in which nearness is reckoned
    letter_halo: int = 5  # pixels: the size of the square around each pixel of a letter that is cut out with it
    crop_margin: float = 0.35  # paper left around a text region
    crop_em: float = 30.0  # pixels; smaller text is enlarged to this
    zoom_least: float = 1.2
    zoom_limit: float = 3.0
    probes: int = 4  # blocks that tell whether a page is upside down
    probe_letters: int = 8
    sure_of_orientation: float = 0.8  # mean confidence of text that is upright, 0..1
    orientation_lead: float = 0.15  # how much more confidence the page turned over must have
    orientation_vote: float = 0.9  # vertical writing read with as much tells how other such writing of its page runs
    stamp_size: float = 1.5  # what is larger both ways ...
    stamp_fill: float = 0.35  # ... and of which ink covers no more than this may be a stamp or a signature ...
    stamp_lighter: float = 40.0  # ... where it is so much lighter than letters mostly are, 0..255
    stamp_part: float = 0.6  # of the way from the heart of letters to such ink: what is lighter is no letter
    letter_percentile: float = 20.0  # of the tones of letters: how dark they are at heart
    stamp_touch: float = 0.02  # of a word's box: where a stamp covers more, the word may have lost letters
    stamp_near: float = 0.2  # how far beside a word ink of a stamp may have been a letter of it
    under_ink: float = 0.87  # at most, the confidence of a word that such ink was taken off: it is read again
    under_stamp: float = 0.6  # at most, the confidence of a word under a stamp that is not known and read twice alike
    vertical_share: float = 0.6  # of letters whose next letter is above or below
    vertical_letters: int = 4  # fewer letters do not tell how writing runs
    high_region: float = 1.2  # times as high as wide: a region that may be vertical writing of touching letters ...
    high_least: float = 1.5  # ... where it is higher than one letter ...
    high_width: float = 3.0  # ... and no wider than a few lines
    high_letters: int = 2  # it has so many letters
    unsure: float = 0.5  # words read with less are told of
    edge: float = 4.0  # points from the edge of the paper
    edge_lines: int = 3  # lines that end there
    sure_of_number: float = 0.8  # a number recognised with less is read again
    sure_of_mixed: float = 0.95  # the same for digits mixed with letters that look like some
    second_zoom: float = 1.5  # how much a number is enlarged when it is read again
    mark_letters: int = 2  # a lone word of a region this short may be a number
    capitals_needed: int = 4  # letters that tell whether a region is all in capitals
    one_letter_width: float = 1.3  # of its height: a word no wider is one letter
    bar_height: tuple[float, float] = (0.6, 1.25)  # of the word before: a lone bar so high is a letter
    bar_slack: float = 0.25  # of its height: where such a bar begins, on that word's line or below it
    bar_reach: float = 1.0  # of its height: the bar is this near to it
    mark_tone: int = 200  # 0..255: ink of a mark at a word's end is darker, a comma's thin tail included
    mark_room: tuple[float, float] = (0.75, 0.32)  # such a mark stands this far above and below the baseline at most
    mark_size: tuple[float, float, float] = (0.3, 0.3, 0.45)  # its width, the height of a dot, and of a comma, at most
    mark_slant: tuple[float, float] = (-0.08, 0.18)  # how far right of the comma the dot above it stands
    mark_sink: float = 0.06  # a comma hangs this far below the baseline, a full stop does not
    dot_rise: tuple[float, float] = (0.2, 0.5)  # how far above the baseline the upper dot ends; that of an i is higher
    second: SecondReaderSettings = field(default_factory=SecondReaderSettings)
