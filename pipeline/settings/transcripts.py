"""Text that another tool took from a document."""

from __future__ import annotations

from dataclasses import dataclass, field


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
