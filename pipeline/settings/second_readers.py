"""The second reader: which words it is asked for, and which of two readings stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecondReaderSettings:
    """The second reader. Confidences are 0..1, lengths shares of the page's text size (em)."""

    doubted: float = 0.88  # a word recognised with less is read again
    doubted_number: float = 0.95  # the same for a word with digits
    context: float = 6.0  # room between two doubted words of a line that are read together, with what is between
    margin: float = 0.14  # paper above and below a line that is read again
    side_margin: tuple[float, float] = (0.3, 0.7)  # the same before and behind it, up to half of the gap to a word
    tall: float = 1.6  # of the median height of a line's words: a higher one is ink that crosses the line
    wide_gap: float = 1.0  # of the next word's height: a space that no second reader joins
    cell_reach: float = 6.0  # the same beside a month and a year, up to the next ruling: a day may stand there
    low_crop: float = 2.6  # a region no higher, its margins included, is one line
    agreed: float = 0.99  # of a word that both read alike: surer than the first ever is alone ...
    agreed_from: float = 0.3  # ... where the first was at least so sure, and the second ...
    agreed_with: float = 0.9  # ... was so sure
    sure: float = 0.9  # a second reading this sure is preferred where the language does not tell
    lead: float = 0.25  # or so much surer than the first, which is not sure at all
    seen: float = 0.3  # what is read with less is nothing
    sure_mark: float = 0.75  # the same where only marks differ
    sure_word: float = 0.8  # a known word read surer stands for a string that is none
    preferred: float = 0.93  # at most, of a second reading that was preferred to one of little confidence ...
    contested: float = 0.8  # ... and to one that was sure
    marked: float = 0.9  # at least, of a word whose marks the second reader put right
    kept: float = 0.5  # at most, of a first reading kept against a second one
    fragment: float = 0.8  # how unsure both are where neither is preferred: of the surer one
    unlike: float = 50.0  # 0..100: readings less alike are not compared word by word
    sure_line: float = 0.85  # a line read by the second reader alone stands where all its words are this sure
