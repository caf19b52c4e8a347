"""In which language people are spoken to, and the catalogue `translations/id.po` that has the words of it.

Only what shows something to a person calls this: the command, the report and the review page. All else hands on a
`Message`, and what is written into records and indexes stays in English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from io import BytesIO

from babel import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pipeline.message import Message, Param

ENGLISH, INDONESIAN = "en", "id"
LANGUAGES = (ENGLISH, INDONESIAN)
LOCALE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as for gettext

# Which language is spoken depends on who reads: a terminal's user, or, for a server, whoever asked for the page. A
# context variable keeps apart what is shown at the same time. A thread of one's own begins in English.
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def language_of(environment: Mapping[str, str]) -> str:
    """Tell the language that the environment's locale asks for; English where it is none of ours.

    >>> language_of({"LANG": "id_ID.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "id_ID.UTF-8"}), language_of({})
    ('id', 'en', 'en')
    """
    asked = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    wanted = [name.partition(".")[0].partition("@")[0] for name in asked.split(":")]
    return negotiate_locale(wanted, LANGUAGES, sep="_") or ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak one of `LANGUAGES` while the block runs."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """The language that is spoken."""
    return _spoken.get()


def translate(text: str, /, **params: Param) -> str:
    """Say `text`, a string literal that stands in the catalogue, in the language that is spoken."""
    return shown(Message(text, params))


def shown(message: Message | str) -> str:
    """Write a message in the language that is spoken; words that are no message stay as they are."""
    if isinstance(message, str):
        return message
    language = spoken()
    if language == ENGLISH:
        return str(message)
    words = translations(language)

    def lookup(one: str, many: str, n: int) -> str:
        return words.gettext(one) if one == many else words.ngettext(one, many, n)

    return message.filled(lookup, decimal=",")


def joined(messages: Sequence[Message | str], between: str = ", ") -> str:
    """Write several messages one behind the other."""
    return between.join(shown(message) for message in messages)


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language, for gettext and for Jinja2's i18n; read once per process."""
    if language == ENGLISH:
        return NullTranslations()
    packed = BytesIO()
    with resources.files("pipeline").joinpath("translations", f"{language}.po").open("rb") as file:
        write_mo(packed, read_po(file))
    packed.seek(0)
    return GNUTranslations(packed)
