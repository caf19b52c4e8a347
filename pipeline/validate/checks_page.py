"""docs/checks.md: the catalogue as a page for people."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.validate.catalogue import Catalogue, Doubt, catalogue

_HEAD = """\
# Checks

Every record goes through the checks after it was corrected; what they find stands in its `issues`, each with a code,
a severity, the JSON pointer of what is doubted and a message, in English in the files and in the reader's language
wherever it is shown. A check asks one of two questions:

- **read wrongly?** The page may say something else. Look at it, then set or confirm ([corrections](corrections.md));
  what was confirmed is not doubted again.
- **written so?** The reading is probably right, and the SOP itself is what to look at.

`sop check` lists corrections and issues, and fails on corrections that could not be applied; `sop check --strict`, for
a repository of SOPs, fails also on every issue that is more than information. The table is written from
`pipeline/validate/messages.yaml` by `scripts/publish.py`.

*Setiap rekaman diperiksa setelah dikoreksi. "Salah baca?" berarti lihat halamannya lalu betulkan atau tegaskan;
"memang tertulis demikian?" berarti SOP-nya sendiri yang perlu dilihat.*
"""
_QUESTIONS: dict[Doubt, str] = {"read": "read wrongly?", "written": "written so?"}


def checks_page(indonesian: Callable[[str], str], codes: Catalogue | None = None) -> str:
    """Write the page as Markdown: the codes of the checks, then those of the other rooms.

    Args:
        indonesian: Gives the Indonesian words of an English message.
        codes: Those of the package if not given.
    """
    codes = codes or catalogue()
    rows = [
        f"| `{code}` | {check.severity} | {_QUESTIONS[check.doubt]} | {_cells(check.en, indonesian)} |"
        for code, check in codes.checks.items()
    ]
    others = [
        f"| `{code}` | {_QUESTIONS[meaning.doubt]} | {_cells(meaning.en, indonesian)} |"
        for code, meaning in codes.elsewhere.items()
    ]
    table = ["", "| Code | Severity | Question | Message | Pesan |", "|---|---|---|---|---|", *rows]
    intro = ["", "## Codes that reading, extraction and corrections give", "", "| Code | Question | Meaning | Arti |"]
    return _HEAD + "\n".join([*table, *intro, "|---|---|---|---|", *others, ""])


def _cells(english: str, indonesian: Callable[[str], str]) -> str:
    return " | ".join(text.replace("|", "\\|") for text in (english, indonesian(english)))
