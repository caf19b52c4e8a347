"""Every threshold of the pipeline, in one frozen tree that the caller builds once and passes on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextLayerSettings:
    """Characters of a text layer and the words they make. Lengths are shares of the letters' own size (em)."""

    word_gap: float = 0.2  # more room between two letters parts two words
    line_shift: float = 0.25  # two letters that stand further apart, across their line, are on two lines
    overlap: float = 0.5  # a letter that begins further before the end of the one before it is another word's
    touch: float = 0.15  # likewise for parts of a word that were painted apart
    like_size: float = 0.6  # parts of one word differ no more in their size
    copy_offset: float = 0.06  # a copy that makes a letter look bold lies this near it
    tiny: float = 0.5  # points: smaller type is not to be seen
    clip_slack: float = 0.05  # a letter whose middle is no further outside its clip is seen
    paper_tone: int = 245  # of 255: what is at least as light, in all three colours, is as light as paper


@dataclass(frozen=True, slots=True)
class PathRulingSettings:
    """Rulings among the paths of a page."""

    thin_shape: float = 0.3  # of the page's text size: a filled shape no thicker is a line
    hairline: float = 0.5  # points: as thick is drawn what has no thickness
    slant: float = 0.01  # of its length, that a line along an axis may be off it ...
    slant_points: float = 0.5  # ... or so many points
    white: int = 245  # of 255: what is lighter, in all three colours, is not seen on paper


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Reading of text layers and vectors. Lengths are shares of the page's text size."""

    text: TextLayerSettings = field(default_factory=TextLayerSettings)
    rulings: PathRulingSettings = field(default_factory=PathRulingSettings)
    unmapped_share: float = 0.02  # of a page's characters: where PDFium knows the meaning of fewer, pdfplumber is asked
    ruling_snap: float = 0.25  # parallel lines this near are one, doubled
    ruling_gap: float = 0.35  # pieces of a line this near are joined, dashes among them
    picture_dpi: float = 150.0
    scan_share: float = 0.5  # an image that covers this much of a page without visible text is a scan
    scan_dpi: tuple[float, float] = (150.0, 300.0)  # a scan is rendered at its own resolution within these
    stray_words: int = 8  # fewer words on a picture do not make it a text page
    pasted_width: float = 0.25  # an image at least this wide and ...
    pasted_height: float = 0.08  # ... this high, in shares of the page, may hold a table
    table_lines: int = 6  # a page with so many rulings each way has a table of its own, beside embedded images
    hidden_share: float = 0.5  # of the text on a picture that nobody sees: more, and the page is a scan
    edge_slack: float = 0.2  # a line no further outside the page is on its edge
    scan_dpi_slack: float = 0.01  # a page's size is hardly ever a whole number of pixels


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """Which recogniser, and its languages.

    `engine` is "auto", "tesserocr", "pytesseract", or the name of another package's entry point.
    `when` is "auto" (pages without a text layer to be believed), "force" (every page) or "never".
    """

    languages: tuple[str, ...] = ("ind",)
    engine: str = "auto"
    when: str = "auto"
    resolution: int = 300  # what Tesseract is told of a picture, whose text is brought to one height


@dataclass(frozen=True, slots=True)
class AlignmentSettings:
    """How well the text of a cell fits a kind of column: scores that add up over a row of a transcript's matrix."""

    sure: float = 2.0  # a number under No, a duration under Waktu
    activity: float = 1.5  # a long text under Kegiatan ...
    activity_letters: int = 20  # ... of more letters than this
    fits: float = 1.0  # a symbol under a Pelaksana, words under a column of words
    partly: float = 0.5  # a word that is found in symbols, under a column of words
    empty_role: float = 0.3  # nothing under a Pelaksana, whose cells are mostly empty
    doubtful: float = -0.5  # a few words under Waktu ...
    duration_words: int = 6  # ... no more than this
    unlikely: float = -1.0  # one word under a Pelaksana that is found in no symbol
    unfit: float = -2.0  # a symbol or many words under Waktu, a duration or a mark under a column of words
    impossible: float = -3.0  # words under No, a duration or words under a Pelaksana, anything past the last column
    skipped: float = -0.4  # a column left out, or an empty cell too many: realigning must be worth it


@dataclass(frozen=True, slots=True)
class TranscriptSettings:
    """Text that another tool took from a document. Likenesses are 0..1, spaces and case aside."""

    text_size: float = 10.0  # points, of the words on the made-up page; lengths below are in em of it
    page_width: float = 40.0  # a page is at least so wide
    margin: float = 4.0  # around what stands on a page
    part_gap: float = 1.5  # between a table and a paragraph, or two paragraphs
    line_pitch: float = 1.25  # from one line to the next
    word_space: float = 0.45  # between two words
    cell_padding: float = 0.4  # between a cell's edge and its words
    least_column: float = 3.0  # the room that a column of a matrix has for words at least ...
    least_number_column: float = 2.0  # ... that of the numbers ...
    least_role_column: float = 6.0  # ... and that of a Pelaksana
    least_cover_column: float = 15.0  # the room of a cover's values, and of its boxes
    least_label_column: float = 8.0  # ... and of its labels
    column_slack: float = 4.0  # beyond a column's widest word, so that its lines do not seem to break words
    line_room: float = 0.2  # beyond the longest printed line of a box
    item_room: float = 14.0  # beyond the longest item of a box, so that none seems to go on in the next line
    same_label: float = 0.8  # a label at least this like a known one is that one
    same_reading: float = 0.55  # two values of one field this alike are two readings of it
    same_group: float = 0.68  # pieces of a head over several columns are often badly read
    misread_piece: float = 0.05  # such a head may look so much less like a known one with a misread piece of it
    group_pieces: int = 3  # cells that such a head may be cut into
    same_box_label: float = 0.76  # of a box of the cover: often cut at a column's edge
    sure_label: float = 0.95  # a label amid other text is at least this like a known one
    same_label_reading: float = 0.5  # a line this like a label is a second reading of it
    same_end: float = 0.6  # a word this like the end of a label is a second reading of that
    label_words: int = 4  # of the longest label that is looked for in a line
    least_end: int = 3  # letters that the end of a label needs to be known again
    debris_letters: int = 2  # cells of no more, beside a line, are debris
    least_item: int = 13  # letters that an item needs to be known again in the middle of a line
    least_line: int = 6  # letters that a line needs to be known again by its end
    cut_letters: int = 5  # a line that lost more of its beginning is another line
    same_line: float = 0.9  # a line this like one of the document's other covers is that line
    known_zipf: float = 1.5  # a word this frequent in Indonesian (Zipf scale) is a word
    plain_zipf: float = 3.5  # ... and this frequent, one that may name a post
    sure_zipf: float = 5.0  # ... and two this frequent, run together, are two ...
    least_half: int = 4  # ... of at least so many letters
    short_word: int = 5  # letters: a shorter part of a post's name is one at `plain_zipf` only
    own_word_uses: int = 2  # a word the document uses this often is a word
    mended_confidence: float = 0.96  # of a word put together from two pieces
    little_word: float = 6.0  # a word of three letters or fewer this frequent (Zipf scale) is no piece of a cut one
    damaged_confidence: float = 0.3  # of a piece that nothing completes
    number_row_share: float = 0.8  # this share of a row's cells counts the columns, ...
    number_row_least: int = 3  # ... and so many of them at least
    alignment: AlignmentSettings = field(default_factory=AlignmentSettings)


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


@dataclass(frozen=True, slots=True)
class UnruledSettings:
    """Tables without ruling lines. Lengths are shares of the page's text size (em) unless told otherwise."""

    phrase_gap: float = 0.6  # words farther apart than this are in two columns
    head_gap: float = 0.45  # ... and than this in two heads
    head_reach: float = 9.0  # the labels of a head stand at most this far above or below its activity label
    head_line_gap: float = 0.5  # lines of one head are this near
    group_sink: float = 0.3  # heads under one over several columns may begin this far above its foot
    label_letters: int = 45  # a longer phrase is no column's head
    number_reach: float = 1.5  # running numbers stand this far beside their head at most
    number_room: float = 0.2  # of its head's height: room this wide ends the column of numbers
    outer_reach: float = 2.0  # text of the first and last column reaches this far beyond their heads
    row_gap: float = 0.45  # room that parts two rows, where that between lines does not
    line_gap: float = 1.0  # lines of one cell are this near
    loose_gap: float = 4.0  # what stands this near below a table without numbers still belongs to it
    least_row: float = 0.5  # no row is lower
    free_room: float = 0.6  # of the widest room between two rows: one this wide in all columns goes before it
    first_line: float = 0.5  # a number this far below the first line of its row stands in that line ...
    first_line_share: float = 0.7  # ... as this share of all numbers must, to open their rows
    aligned: float = 0.8  # labels that begin within this of each other stand below each other
    same_row: float = 0.5  # labels whose tops are this near stand side by side
    stack_indent: float = 0.5  # lines of one narrow label cell begin within this of each other ...
    stack_room: tuple[float, float] = (-0.2, 0.6)  # ... with this room between them
    cover_fields: int = 3  # so many identity labels below each other make a cover ...
    cover_pairs: int = 2  # ... or so many pairs of boxes side by side
    value_reach: float = 2.6  # a value of several lines begins so high above the middle, where its label stands
    letterhead_gap: float = 1.5  # what stands at the left of the labels goes on over a gap like this
    cell_padding: float = 0.3  # the room that a cell leaves around its text
    label_padding: float = 0.2  # ... and above a label
    slack: float = 0.1  # texts this near stand side by side
    labels_lost: float = 0.3  # share of a cover's labels that its cells may not show
    crossing_reach: float = 0.4  # a word that reaches this far beyond a column's edge lies across it ...
    crossing_share: float = 0.1  # ... as this share of a page's words may, where a matrix goes on
    word_inset: float = 0.2  # of a word's height: a line this deep in it runs through it
    same_line_share: float = 0.3  # of a phrase's height: one that shares more with it stands on its line
    drawn_height: float = 0.5  # of a table: a drawn line this long parts two columns
    drawn_width: float = 0.6  # of a table or column: a drawn line this long parts two rows
    turning_back: float = 0.4  # cosine of the angle between an arrowhead's barb and its line, at least
    sliver: float = 8.0  # a line this short beside a longer one ...
    sliver_off: float = 2.2  # ... this near it is painted with it
    half_head: float = 0.7  # how sure an arrowhead is that shows one barb
    same_line: float = 1.0  # points: parts of a drawn line that a merged cell has broken lie this near
    least_room: float = 0.1  # points


@dataclass(frozen=True, slots=True)
class LayoutSettings:
    """Tables, heads and covers. Lengths are shares of the page's text size (em) unless told otherwise."""

    touch: float = 0.25  # rulings this near meet
    table_width: float = 0.2  # of the page's width: what is narrower is no table
    edge_slack: float = 0.8  # lines that stick out further than this miss their outer ruling
    snap: float = 0.4  # edges this near are one
    cover: float = 0.6  # a line along this share of a cell's side parts it from its neighbour
    row_cover: float = 0.75  # the same for the lines between activities
    row_inset: float = 0.15  # of a column's width, an em at most: lines need not reach its sides
    column_reach: float = 3.0  # points: a line this near to a column's edge is its line
    strip: float = 1.6  # a row without a word that is lower, at the top of a page's rows, is no step
    title_columns: float = 0.2  # share of the column lines that may pass through a title's row
    mend: float = 3.0  # a gap this long in a scanned line that goes on behind it is a flaw, unless a word stands in it
    word_inset: float = 0.2  # of a word's shorter side: only what reaches this deep into a gap stands in it
    likeness: float = 86.0  # how like a known label a printed one must be, 0..100
    likeness_scanned: float = 77.0  # the same where it was recognised
    label_lines: int = 4  # a narrow label cell breaks its label over at most so many lines
    label_gap: float = 2.5  # labels of two boxes on one line stand farther apart than this
    label_lead: float = 0.5  # the box of the second of them begins this far before it
    value_gap: float = 1.5  # a value farther behind its label than this is in a column of its own
    cover_fields: int = 4  # so many identity fields make a cover ...
    cover_boxes: int = 3  # ... or so many boxes ...
    cover_fields_and_boxes: tuple[int, int] = (2, 1)  # ... or so many of both
    head_lines: int = 6  # a column's head has at most so many lines
    head_rows: int = 12  # rows of the grid that a matrix head may span
    column_cover: float = 0.8  # share of the rows' height: a line that runs so far below a head parts two columns
    head_room: float = 0.45  # words of two heads in one cell stand this far apart
    symbol_size: tuple[float, float] = (0.8, 16.0)  # what is drawn no smaller and no larger may be a symbol
    symbol_across: float = 0.2  # share of a symbol's width: deeper at both sides of an edge it stands across it ...
    symbols_across: float = 0.25  # ... as this share of them may
    number_row_height: float = 2.5  # the row that counts the columns is no higher
    number_reach: float = 2.0  # running numbers under a head of the activities begin this far from their margin
    number_words: float = 1.5  # words to each number that a column of running numbers may hold
    sheet_line: float = 0.45  # share of a table's width or height: so long lines tell the pieces of one sheet
    sheet_short: float = 2.0  # shorter lines tell nothing
    sheet_slack: float = 1.5  # points: a piece has lines this near to where another one's stand ...
    sheet_share: float = 0.7  # ... to this share of them ...
    sheet_least: int = 3  # ... and so many at least
    sheet_word_gap: float = 0.15  # a word goes on beyond a cut over no more room
    number_row: float = 0.6  # share of a row's cells that must count on for it to be the number row
    fit: float = 0.6  # share of the columns' edges a headless table must show to go on with a matrix
    fit_reach: float = 0.8  # a column line may stand this far from where the page before had it ...
    fit_cover: float = 0.5  # ... and runs along this share of the table's height
    title_lines: int = 4  # lines above a matrix that may be its title
    title_reach: float = 4.0  # the last of them stands this near above it ...
    title_gap: float = 1.6  # ... and the others this near to each other
    continued_labels: int = 3  # so many labels of a cover in a table tell that no matrix goes on in it
    unruled: UnruledSettings = field(default_factory=UnruledSettings)

    def likeness_on(self, kind: str) -> float:
        """How like a known label a printed one must be on a page of a kind, 0..100."""
        return self.likeness if kind == "text" else self.likeness_scanned


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """Values of the cover and rows of the matrix. Lengths are shares of the text size (em) unless told otherwise."""

    box_side: float = 0.75  # of a cover's width: a cell below a box's label that is wider holds more than that box
    cell_below: float = 0.2  # how far below a label's cell the next cell is looked for
    colon_width: float = 1.5  # a narrower cell without words held a colon
    title_width: float = 0.5  # share of a cover's width that the cell of a title takes at least
    legible_word: float = 0.3  # confidence 0..1: what was recognised with less is no word
    sure_word: float = 0.5  # confidence 0..1 of a word that tells that its line has a meaning
    sense_letters: int = 3  # such a line has at least so many letters in words that are longer than two ...
    sense_share: float = 0.5  # ... and this share of all its characters ...
    sense_digits: int = 8  # ... or so many digits, as a long number has
    approval_height: float = 2.2  # the row for a signature is at least so many times as high as the others
    position_likeness: float = 55.0  # 0..100: a label this like a known one decides between fields of one position
    position_sure: float = 0.85  # confidence 0..1: a label this clear, and like none of them, is that of another field
    item_indent: float = 0.5  # texts of items that begin within this of each other are aligned ...
    item_indent_share: float = 0.6  # ... as this share of all must be
    item_margin: float = 1.5  # a mark this near to the margin is at it
    item_skip: int = 3  # a mark at the margin may count on by so many: the author, or a reader, left some out
    hanging_indent: float = 0.8  # text behind a mark that was misread stands this far from the margin at least ...
    hanging_reach: float = 0.6  # ... and this near to where the other items have theirs
    hanging_letters: int = 3  # what stands for the mark then has at most so many letters
    item_room: float = 0.3  # of a box's width: a line that leaves so much ended on purpose ...
    item_room_sure: float = 0.4  # ... and surely so with this much
    item_gap: float = 0.6  # of a line's height: so much more room than usual between two lines is a blank line
    list_room: float = 1.0  # room this wide before a mark parts two lists side by side
    number_offset: float = 0.3  # of the lines' distance: a number may be off its place beside an item by this
    number_doubt: int = 1  # numbers beside first lines must have more faults than others by more than this ...
    number_doubt_scanned: int = 3  # ... where lines and marks were recognised
    page_number_room: float = 1.0  # of its height: the number of a page stands this far below a list
    word_space: float = 0.6  # the room before a word on a line
    overflow_gap: float = 0.5  # of a line's height: a line that ran over into the next row follows this near ...
    overflow_indent: float = 0.5  # ... and begins this near to where the line above it does
    stacked_below: float = 0.3  # of values in one cell: what each line height below its label costs ...
    stacked_above: float = 3.0  # ... each line height above it ...
    stacked_kind: float = 4.0  # ... and a date beside a label of none, or the other way round
    signature_room: float = 0.9  # of a line's height: a gap larger than this is the room for a signature
    signature_left: float = 6.0  # of a line's height: the block reaches this far to the left of its first line
    signature_lines: int = 8  # a block has at most so many lines


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
    unpointed_confidence: float = 0.5  # of a box that is empty where a pentagon is, and has no point
    bump_share: float = 0.06  # outer rows and columns with less ink are bumps where a line touches ...
    bump_pixels: int = 2  # ... and with no more pixels than this
    pattern_noise: float = 0.02  # of a quarter: patterns are not known more exactly
    confidence_range: tuple[float, float] = (0.3, 0.99)


@dataclass(frozen=True, slots=True)
class OutlineSettings:
    """Which closed lines and filled areas are symbols. Lengths are points unless told otherwise."""

    smallest: float = 5.5  # a symbol's least width and height
    smallest_fill: float = 9.5  # the same for one that is seen by its filling
    largest: float = 200.0
    tallest: float = 2.2  # times its width
    widest: float = 9.0  # times its height
    solid: float = 0.8  # the share of its convex hull that a symbol fills
    box_share: float = 0.4  # ... and of its bounding box
    on_table: float = 0.42  # the share of an outline on rulings that makes it a cell
    ruling_blur: int = 5  # pixels: the width around a ruling's ink that counts as on it
    gap: float = 2.6  # a break in a symbol's outline
    fill_core: float = 0.75  # of the smallest symbol: a square of this side fits into a filled one, and into no line
    same_area: float = 0.5  # overlap of an area with and without its points
    run_on: float = 4.5  # a side that goes on in ink so far beyond its corner belongs to something else
    run_ons_cornered: tuple[int, int] = (2, 3)  # that tell against a shape with corners: without and with rulings
    run_ons_other: tuple[int, int] = (3, 5)  # ... and against another shape
    slant: float = 0.3  # a slanted line is at least this much off both sides' directions
    slant_inked: float = 0.85  # of its steps that show
    sure_shape: float = 0.8  # a shape surer than this ...
    overlap_sure: float = 0.3  # ... may overlap another one by so much of the smaller one's area
    overlap: float = 0.03  # others by so much
    drawn_inside: float = 0.5  # of an outline's part in another symbol that shows as a line
    solid_score: float = 3.0  # the weight of solidity in an outline's score, its shape's confidence counting 1
    size_score: float = 0.1  # ... and that of size
    full_size: float = 4000.0  # square pixels: what is larger scores no higher
    fill_score: float = 0.3  # a filled area scores so much more with points, and less without
    part_area: float = 0.85  # of a filled area: a larger outline in it is no half of it
    same_side: float = 0.12  # of a filled area's shorter side: sides this near are one
    drawn_side: float = 0.8  # of a side that is inked where it is a line, and not dots of grain


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
    shortest_slanted: float = 9.0
    slanted_part: float = 0.5  # of that: the shortest part of a slanted line that something cuts
    slanted_whole: float = 0.9  # of that: the shortest slanted line, its blurred ends granted
    dash_gap: float = 3.0
    dashed_length: int = 3  # times the shortest segment: the shortest dashed one
    slender: float = 2.5  # a segment is at least this many times as long as thick
    thickest: float = 3.5
    longest_stub: float = 16.0  # of a segment as thick as its arrowhead
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
    drawn_size: float = 5.0  # of the box that `sop draw` shows it by
    edge: float = 0.45  # pixels of ink beyond the line's own side
    own_ink: float = 1.5  # pixels of ink that a line itself has on one side of its middle, at most
    start: float = 3.0  # how far from a line's end its arrowhead begins, at most
    area: float = 0.6  # square points on one side of the line: as much speaks for an arrowhead as against
    full_ink_quantile: float = 0.7  # of the contrast along a line: what is fully inked
    line_ink_quantile: float = 0.75  # of the ink beside a line's middle: its own, gaps between dashes aside
    bare_ink_quantile: float = 0.3  # of the ink beside a short line: its own ...
    few_steps: int = 12  # ... the least where it is shorter than so many pixels
    hidden_share: float = 0.4  # of full ink: where it is as dark further away, nothing can be told
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

    lane_slack: float = 1.0  # how far a symbol's middle may be outside the Pelaksana columns
    beside_rows: float = 0.5  # of a symbol's height, where it belongs to a row
    largest_off_page: float = 45.0  # of an off-page connector outside the rows
    covered_by_word: float = 0.8  # of a shape: it may be a letter
    letter_height: float = 1.25  # times its word's height: no letter's inside is as high
    word_inside: float = 0.7  # of a word within a shape: the shape is no letter of it
    below_rows: float = 30.0  # an end symbol this far below the last row belongs to it, where a connector leads there
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
    barb_crossing: tuple[float, float] = (0.3, 0.7)  # where along the barb the line meets it


@dataclass(frozen=True, slots=True)
class TracingSettings:
    """Which segments and symbols a connector joins. Lengths are points unless told otherwise."""

    touch: float = 2.5  # a line this near a symbol touches it
    beside: float = 5.0  # a line that ends nowhere this near a symbol comes from it
    slack: float = 1.2  # around a symbol's box
    join: float = 3.0  # lines this near meet
    contact: float = 6.0  # from a line inside a symbol to the line that it goes on in outside
    on_bar: float = 1.0  # ... where it meets another end as well
    overshoot: float = 6.0  # a line may stick out this far beyond one that it meets
    stub: float = 4.0  # a line that stops this short of another one
    reach: float = 13.0  # ... of a symbol
    far_reach: float = 40.0  # ... where nothing else lies ahead
    ahead_width: float = 1.0  # how far beside a line's direction lies what is ahead of it ...
    ahead_slope: float = 0.3  # ... and for each point of the distance
    parallel: float = 0.95  # cosine of the angle between parallel lines, at least
    on_ruling: float = 1.5  # a line this near a ruling lies on it
    facing: float = 2.0  # how far two loose ends that look at each other may be off one line
    leave: float = 13.0  # a line that ends this near the rows' bottom leaves the page
    body_slack: float = 2.0  # ... this far outside the Pelaksana columns, at most
    head_beside: float = 0.3  # of an arrowhead's strength, where it does not point at its symbol


@dataclass(frozen=True, slots=True)
class PageBreakSettings:
    """Connectors over page breaks."""

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
    double_there: float = 0.7  # arrowheads at both ends: onward in the flow ...
    double_back: float = 0.6  # ... and back
    split_both: float = 0.6  # two connectors over each other, an arrowhead at both ends ...
    split_one: float = 0.5  # ... or at one
    chained: float = 0.55  # the second of two edges that were drawn as a fork
    by_flow: float = 0.35  # no arrowhead
    by_flow_forked: float = 0.25  # ... at more than two ends


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
class VectorSettings:
    """Symbols and connectors among a text page's vector paths. Lengths are points unless told otherwise."""

    white: int = 235  # of 255 in red, green and blue: paint that is not seen on paper
    faint: int = 40  # of 255: opacity of paint that is not seen
    dark: int = 150  # of 255: the mean of red, green and blue of an arrowhead, at most
    flat: float = 0.3  # a point this near to the line between its neighbours is no corner
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
    ring: float = 3.2  # between the two outlines of a line drawn as an area around a shape
    largest_head: float = 15.0  # an arrowhead's longer side
    head_reach: float = 2.5  # between an arrowhead and the end of its line
    tapering: float = 0.75  # how wide an arrowhead is at its tip, of its width at its base, at most
    barb: float = 13.0  # of an open arrowhead, at most
    barb_angle: tuple[float, float] = (10.0, 75.0)  # degrees between an open arrowhead's barb and its line
    barb_share: float = 1.3  # of the length of its line's last part, at most
    barb_even: float = 0.6  # of the longer barb: the length of the shorter one, at least
    turning_back: float = 0.4  # cosine of the angle between an arrowhead's barb and its line, at least
    sliver: float = 8.0  # a line this short beside a longer one ...
    sliver_off: float = 2.2  # ... this near it is painted with it
    half_head: float = 0.7  # how sure an arrowhead is that shows one barb
    same_line: float = 1.0  # parts of one line are off it by at most so much
    same_end: float = 1.2  # how far apart ends of two paths of one connector, or two sides of one symbol, may be
    dash: float = 9.0  # of a dash that is a path of its own, at most
    dash_gap: float = 6.0  # between two of these
    near_in_order: int = 6  # paths painted so shortly one after the other may be one connector
    raster: float = 4.0  # pixels per point, to tell the shape of a polygon
    cut_corner: tuple[float, float] = (0.8, 0.04)  # of a rounded shape, at least; and of its shorter side
    circle_corner: float = 0.17  # of its width: how deep a circle's corners are cut, at least
    head_strength: float = 0.98  # how sure an arrowhead is that is a path of its own
    image_head_strength: float = 0.7  # ... that is an image
    underline: float = 3.0  # below a word's box: a line there underlines it


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


Curve = tuple[tuple[float, float], ...]  # (score, share that was right), by rising score


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """What is a word, and when broken words are joined. Frequencies are on the Zipf scale (log10 per billion)."""

    real_zipf: float = 3.2  # a string of six letters or more this frequent is a word that stands alone
    real_short_zipf: float = 3.9  # the same for four or five letters, where pieces of words are many
    short_word: int = 3  # strings of up to so many letters are words only where the lexicon lists them
    long_word: int = 6  # letters: from this length on pieces of words are few
    foreign_zipf: float = 4.2  # an English word this frequent is one too
    foreign_penalty: float = 1.0  # how much rarer than in its own language it is taken to be here
    field_zipf: float = 4.5  # a word of the field or of the document counts as this frequent
    root_zipf: float = 3.4  # a root this frequent lets its derivations be words
    least_root: int = 4  # letters of a root: shorter ones are found in too many words
    derived_penalty: float = 2.0  # how much rarer a derivation is than its root
    unknown_cost: float = 5.0  # of a string that is no known word, and ...
    unknown_letter_cost: float = 0.9  # ... of each of its letters
    third_word_margin: float = 5.0  # two words that stand alone are joined only where that is this much likelier
    swallowed_cost: float = 6.0  # of a word that stands alone, taken for a piece of an unknown one
    margin_trust: float = 0.8  # how fast the trust in a joined or parted word grows with its margin in powers of ten
    longest_word: int = 8  # pieces that one word may be broken into
    tempted: float = 0.6  # the trust in two words left apart that are likelier as one
    unfinished_trust: float = 0.6  # the trust in a scanned sentence that ends with "dan" or "yang"
    mended_trust: float = 0.93  # the trust in a word whose letters or spaces were mended
    trust_known: Curve = ((0.0, 0.3), (0.5, 0.6), (0.7, 0.92), (0.9, 0.98), (0.94, 0.995), (0.96, 0.9993))
    trust_unknown: Curve = ((0.0, 0.02), (0.5, 0.3), (0.7, 0.75), (0.85, 0.9), (0.9, 0.97), (0.93, 0.985))
    trust_code: Curve = ((0.0, 0.05), (0.4, 0.5), (0.6, 0.85), (0.8, 0.93), (0.88, 0.98))
    trust_number: Curve = ((0.0, 0.05), (0.5, 0.3), (0.6, 0.6), (0.8, 0.95), (0.9, 0.99), (0.95, 0.998))
    trust_mark: Curve = ((0.0, 0.02), (0.6, 0.2), (0.92, 0.5), (0.96, 0.9))
    doubt_header: float = 0.95  # a field less probable than this is flagged
    doubt_cell: float = 0.965
    doubt_item: float = 0.85  # of a list, whose items are long
    same_sop: float = 92.0  # how like a SOP's name an item of Keterkaitan must be to mean it, 0..100
    same_role: float = 70.0  # how like a known role's word the unreadable word of another must be to be it, 0..100
    letter_width: float = 0.45  # share of the text size: no letter is reckoned narrower when room is measured
    full_letters: float = 1.8  # a line with less room left than this many letters of the next word is full
    parted_zipf: float = 4.3  # words this frequent may have been run together
    parted_shorter: int = 3  # letters of the shorter of two such words ...
    parted_longer: int = 4  # ... and of the longer
    torn_gap: float = 0.35  # share of the text size that a recogniser may have torn a word apart by
    sure_word: float = 0.9  # a scanned string read this surely stays as it is: no word is read surer that is none
    sure_mark: float = 0.92  # a mark that stands alone and is doubted more is a speck
    sure_colon: float = 0.5  # the same for a colon, which authors set apart ("Hukum :")
    smudge_trust: float = 0.75  # the trust in a word after marks that may have been letters
    spaced_letters: int = 4  # so many single letters beside each other are words whose letters are set apart ...
    spaced_word_gap: float = 1.5  # ... parted where the gap is wider than this many of the usual ones
    misread_short: int = 5  # shorter strings are not taken for misread words
    misread_long: int = 8  # from this length on several letters may be misread
    misread_letters: int = 2
    misread_cost: float = 1.5  # of each letter taken for another, in powers of ten
    misread_digit_share: float = 0.5  # of a number's digits: letters other than O, l and I are fewer than this
    repeated_letters: int = 4  # "-undangan" goes on "undang" where this many of its letters are in it
    stressed_zipf: float = 4.5  # a word this frequent is printed in capitals to stress it, and is no acronym ...
    longest_acronym: int = 8  # ... nor is one of more letters
    rare_zipf: float = 4.0  # a rarer word, or a string that is none, is taken for another one misprinted ...
    often: int = 5  # ... that differs by a letter and that the document prints so many times as often
    least_month: int = 4  # letters of a month's name that is known by a misreading ("Mei" is not)
    month_letters: tuple[int, int] = (5, 7)  # a printed month this long may have one letter misread, or two
    least_unit: int = 3  # letters of a unit of time that is known by a misreading
    slash_gap: float = 0.38  # share of the text size: a scanned gap beside a slash that is narrower is none
    trusted_word: float = 0.85  # a scanned word read this surely counts as one of the document's own


@dataclass(frozen=True, slots=True)
class ValidateSettings:
    """The checks upon records. Likenesses are 0..100, shares 0..1."""

    filled_share: float = 0.8  # a column filled by this share of the steps should be filled by all ...
    filled_rows: int = 5  # ... where there are this many of them
    mostly_filled: float = 0.5  # an empty cell is told of where this share of the steps fills the column
    least_rows: int = 3  # a column that no step fills is missed where there are so many steps
    same_paper: float = 70.0  # an output and a kelengkapan this alike are the same paper
    same_title: float = 60.0  # a title and a name this alike are of the same SOP
    same_signature: float = 75.0  # signatures of one document this alike are one person's, or one body's
    signature_start: int = 6  # letters: what the others begin with, and is no shorter, is cut off
    asked_share: float = 0.5  # outputs are compared with kelengkapan where this share of the steps has one
    short_role: int = 3  # a role's name of up to so many letters ("TU") is one only in its own case
    earliest_birth: int = 1920  # the year of birth in a NIP
    appointment_age: tuple[int, int] = (15, 65)  # years from birth to appointment in a NIP
    earliest_year: int = 1995
    latest_year: int = 2045


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole tree: one branch per room."""

    read: ReadSettings = field(default_factory=ReadSettings)
    ocr: OcrSettings = field(default_factory=OcrSettings)
    transcript: TranscriptSettings = field(default_factory=TranscriptSettings)
    scan: ScanSettings = field(default_factory=ScanSettings)
    layout: LayoutSettings = field(default_factory=LayoutSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    flow: FlowSettings = field(default_factory=FlowSettings)
    language: LanguageSettings = field(default_factory=LanguageSettings)
    validate: ValidateSettings = field(default_factory=ValidateSettings)
