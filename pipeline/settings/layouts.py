"""Tables, ruled or not, and what their cells hold."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    signature_side: float = (
        0.45  # of the page's width: below boxes, a line that begins further right is the signature's
    )
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
    same_line: float = 1.0  # points: parts of a drawn line that a merged cell has broken lie this near
    least_room: float = 0.1  # points


@dataclass(frozen=True, slots=True)
class LayoutSettings:
    """Tables, heads and covers. Lengths are shares of the page's text size (em) unless told otherwise."""

    form_labels: int = 4  # so many labels of the form on a page without a SOP look like one
    touch: float = 0.25  # rulings this near meet
    table_width: float = 0.2  # of the page's width: what is narrower is no table
    edge_slack: float = 0.8  # lines that stick out further than this miss their outer ruling
    snap: float = 0.4  # edges this near are one
    underline: float = 0.35  # a line this near the foot of words, and no longer than they are, underlines them
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
    label_room: float = 0.4  # room this wide parts a label from a value whose lines stand above and below it
    value_gap: float = 1.5  # a value farther behind its label than this is in a column of its own
    cover_fields: int = 4  # so many identity fields make a cover ...
    cover_boxes: int = 3  # ... or so many boxes ...
    cover_fields_and_boxes: tuple[int, int] = (2, 1)  # ... or so many of both
    head_lines: int = 6  # a column's head has at most so many lines
    head_rows: int = 12  # rows of the grid that a matrix head may span
    column_cover: float = 0.8  # share of the rows' height: a line that runs so far below a head parts two columns
    head_room: float = 0.45  # words of two heads in one cell stand this far apart
    columns_by_number: float = 0.9  # how sure columns under one head are that only the row of numbers tells apart ...
    columns_by_symbol: float = 0.75  # ... or only the room between words and symbols
    guessed_head: float = 0.97  # how sure a column is that is known by its place and a head with a wrong letter
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
    through_cover: float = 0.95  # ... or nearly all of it, where it is a column's edge wherever it stands
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

    empty_rows: int = 3  # a column without a word in so many rows, all there are, ...
    inked_share: float = 0.5  # ... and with ink in this share of them is read again
    box_side: float = 0.75  # of a cover's width: a cell below a box's label that is wider holds more than that box
    box_label_words: int = 7  # a box's label that no lexicon knows has at most so many words
    cell_below: float = 0.2  # how far below a label's cell the next cell is looked for
    colon_width: float = 1.5  # a narrower cell without words held a colon
    title_width: float = 0.5  # share of a cover's width that the cell of a title takes at least
    legible_word: float = 0.3  # confidence 0..1: what was recognised with less is no word
    lost_letters: int = 3  # an illegible string of so many letters may have been a word of its line ...
    lost_gap: float = 1.5  # share of the text size: ... where it is this near to the word beside it
    stray_gap: float = 3.0  # share of the text size: a lone unsure sign this far from all words is none of its line
    clear_word: float = 0.9  # confidence 0..1: a line of such words has a meaning however short it is ("M.T") ...
    clear_letters: int = 2  # ... where it has so many letters or digits
    sure_word: float = 0.5  # confidence 0..1 of a word that tells that its line has a meaning
    sense_letters: int = 3  # such a line has at least so many letters in words that are longer than two ...
    sense_share: float = 0.5  # ... and this share of all its characters ...
    sense_digits: int = 8  # ... or so many digits, as a long number has
    letterhead_gap: float = 0.8  # of a line's height: a letterhead above the cover's tables ends at a wider gap
    letterhead_part: float = (
        2.0  # of a word's height: in a scan, what stands farther beside it is a logo's or another's
    )
    logo_height: float = 1.5  # of a letterhead's words: what is illegible and higher is a drawing
    caption_gap: float = 1.0  # of its height: the caption of a drawing stands this near below it ...
    caption_slack: float = 0.5  # ... and reaches no further beyond its sides
    caption_likeness: float = 80.0  # 0..100: words this like those of another line of a letterhead say them again
    caption_sure: float = 0.5  # at most, the confidence of a line of a letterhead that may be a caption
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
    signature_centred: float = (
        1.0  # of a line's height: ... unless a line has its middle this near to that of the first
    )
    signature_lines: int = 8  # a block has at most so many lines
