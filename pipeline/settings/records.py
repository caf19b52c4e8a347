"""The language of records, and the checks upon them."""

from __future__ import annotations

from dataclasses import dataclass

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
    near_miss_trust: float = 0.9  # the trust in a scanned string that is no word, and a letter away from one ...
    near_miss_first: int = 7  # ... of so many letters where it begins a sentence, as names do
    mended_trust: float = 0.93  # the trust in a word whose letters or spaces were mended
    # By confidence; from 0.985 on two readers read alike. Fitted on scans of the text PDFs of inputs/.
    trust_known: Curve = ((0.0, 0.3), (0.5, 0.6), (0.7, 0.92), (0.9, 0.98), (0.94, 0.995), (0.96, 0.9993))
    trust_unknown: Curve = (
        (0.0, 0.02),
        (0.5, 0.3),
        (0.7, 0.75),
        (0.85, 0.9),
        (0.9, 0.97),
        (0.93, 0.985),
        (0.97, 0.988),
        (0.985, 0.998),
    )
    trust_code: Curve = ((0.0, 0.05), (0.4, 0.5), (0.6, 0.85), (0.8, 0.93), (0.88, 0.98), (0.97, 0.985), (0.985, 0.998))
    trust_number: Curve = ((0.0, 0.05), (0.5, 0.3), (0.6, 0.6), (0.8, 0.95), (0.9, 0.99), (0.95, 0.998), (0.985, 0.999))
    trust_mark: Curve = ((0.0, 0.02), (0.6, 0.2), (0.92, 0.5), (0.96, 0.9), (0.985, 0.99))
    doubt_header: float = 0.95  # a field less probable than this is flagged
    unread_number: float = 0.8  # a number of the cover less probable than this is null where its form is of none
    unread_date: float = 0.4  # a date less probable than this is null where no sure date of the document has its year
    unlike_number: float = 50.0  # 0..100: a doubtful number less like the form that several SOPs have is none
    doubt_cell: float = 0.965
    doubt_item: float = 0.85  # of a list, whose items are long
    jump_rows: int = 3  # a scanned duration is held against those of so many other rows with its unit
    jump_usual: float = 0.75  # it is the usual number with a digit more where this share of the others has that ...
    jump_sure: float = 0.99  # ... and a jump of any kind is doubted where it is less probable than this
    stroke_sure: float = 0.998  # two readers that read a number alike are so sure; else its first 1 may be a stroke
    jump_trust: float = 0.5  # the trust in a duration that jumps
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
    clause_words: int = 3  # a clause has so many words; a colon behind fewer is a label's
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
    misspelt_share: float = 0.03  # more strings than this that are no words are not an author's
    often: int = 5  # ... that differs by a letter and that the document prints so many times as often
    least_month: int = 4  # letters of a month's name that is known by a misreading ("Mei" is not)
    month_letters: tuple[int, int] = (5, 7)  # a printed month this long may have one letter misread, or two
    least_unit: int = 3  # letters of a unit of time that is known by a misreading
    slash_gap: float = 0.38  # share of the text size: a scanned gap beside a slash that is narrower is none
    trusted_word: float = 0.85  # a scanned word read this surely counts as one of the document's own


@dataclass(frozen=True, slots=True)
class TextDoubtSettings:
    """What speaks against a text layer by the places of its words. Lengths are shares of the text size."""

    width_step: float = 0.005  # widths of words are rounded to this: no page tells more
    font_words: int = 30  # a font's letters are measured where it has so many different words ...
    letter_words: int = 3  # ... and a letter where it is in so many of them ...
    odd_share: float = 0.5  # ... and no larger share of these does not fit, as with ligatures
    width_rounds: int = 8  # how often the least squares are weighted anew
    width_ridge: float = 1e-4  # what keeps letters that always stand together from having any width
    kerned_stop: float = 0.15  # so much narrower is a word for each full stop or comma behind an overhanging capital
    letter_misfit: float = 0.12  # a word is wider or narrower than its letters by kerning, but not by more than this
    judged_share: float = 0.5  # so many words of a text must be as wide as their letters for it to be believed
    word_room: float = 0.85  # a wider gap within a line has room for a word ...
    wider_gap: float = 1.8  # ... where it is so many times as wide as the line's others
    usual_gap: float = 0.3  # a space
    line_slack: float = 0.3  # what a line may leave free beside the room that the next word needs
    apart: float = 1.6  # lines of a cell that are so many times as far apart as its others have room for one
    aligned_texts: int = 3  # so many texts tell where those of their column stand ...
    aligned_share: float = 0.7  # ... where this share of them stands so
    same_place: float = 0.15  # texts that begin, or have their middle, this near each other stand alike
    out_of_line: float = 0.4  # a text that stands farther off is out of line ...
    own_place: int = 3  # ... unless so many others of its column stand as it does
    off_centre: float = 0.8  # the same of lines that are centred upon each other on the cover, where authors use blanks
    stuck_out: float = 0.3  # a word this far outside its cell is across its border
    run_on: float = 0.45  # a word this near behind the one before its cell's border goes on from it


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
    sibling_dates: int = 3  # SOPs of one document that have the same date, or whose numbers run on, at least ...
    sibling_share: float = 0.75  # ... and this share of those with the same signer have that date ...
    sibling_steps: float = 0.6  # ... or of all steps from one SOP to the next their number grows by one
    asked_share: float = 0.5  # outputs are compared with kelengkapan where this share of the steps has one
    short_role: int = 3  # a role's name of up to so many letters ("TU") is one only in its own case
    subject_rows: int = 3  # steps that begin with a role are to have its symbol where so many others have ...
    subject_share: float = 0.7  # ... and so large a share of all
    earliest_birth: int = 1920  # the year of birth in a NIP
    appointment_age: tuple[int, int] = (16, 65)  # years from birth to appointment in a NIP
    earliest_year: int = 1995
    latest_year: int = 2045
    listed_sops: int = 20  # that an issue names: of very many alike each would else name all others
