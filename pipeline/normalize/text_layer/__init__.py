"""What speaks against a text layer: letters that do not fill their words, lines with room for words that are not there.

A font may say another letter than it shows, or a program paint a word as shapes: the text then lacks what the page
shows. The places of the words that are there still tell of it.
"""

from pipeline.normalize.text_layer.doubts import layer_doubts
from pipeline.normalize.text_layer.letter_widths import LetterWidths, letter_widths

__all__ = ["LetterWidths", "layer_doubts", "letter_widths"]
