"""File names of records and folders: safe on every system, stable and readable."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import PurePosixPath

from pipeline.model.document import FolderLayout
from pipeline.model.formats import input_kind
from pipeline.model.record import Record
from pipeline.model.text import printable

SLUG_LENGTH = 80
LEXICON = "lexicon"  # in the folder of corrections the file of this name is about no document
RESERVED = re.compile(
    r"(?i)^(index\.jsonl?|report\.html|document\.json|\.cache|\.run\.(lock|lease|json)|.*\.sop\.json)$"
)


def slug(text: str | None, length: int = SLUG_LENGTH) -> str:
    """`text` as a safe file name: lower-case a-z, 0-9 and single hyphens; "" where nothing is left.

    Args:
        text: Any text; accents are dropped, other letters than Latin ones left out.
        length: The most characters; a longer name is cut after a word.

    >>> slug("Penyusunan LAKIP / Évaluasi (Kab. Bintan)")
    'penyusunan-lakip-evaluasi-kab-bintan'
    """
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    kept = "-".join(words)
    if len(kept) <= length:
        return kept
    return kept[: length + 1].rpartition("-")[0] or kept[:length]


def record_name(place: int, nama_sop: str | None, judul: str | None = None) -> str:
    """The file of the SOP at `place` (from 1) in its document: "02-penyusunan-lakip.sop.json".

    A SOP without a name is called by its matrix's title, or "tanpa-nama".
    """
    return f"{place:02d}-{slug(nama_sop) or slug(judul) or 'tanpa-nama'}.sop.json"


def record_stem(record: Record) -> str:
    """What names of files of one SOP begin with: its document's folder, its number in it, and a slug of its name.

    "sop-bintan/02" -> "sop-bintan/02-penyusunan-lakip". Records whose ids differ never share one.
    """
    return f"{record.id}-{slug(record.header.nama_sop) or slug(record.judul) or 'tanpa-nama'}"


def document_folder(name: str, layout: FolderLayout) -> str:
    """Where a document's folder is below the output folder, "/" between folders.

    Sharded, it is in one of 256 folders by the first two hex digits of the sha256 of its name.

    >>> document_folder("kab/letter", "flat"), document_folder("kab/letter", "sharded")
    ('kab/letter', 'd6/kab/letter')
    """
    return name if layout == "flat" else f"{hashlib.sha256(name.encode()).hexdigest()[:2]}/{name}"


def stems(paths: Sequence[str]) -> tuple[str, ...]:
    """The stem of each input: its path without suffix, unique in the run.

    Where two would share one, the suffix stays (`a.pdf`, `a.jpg`), as it does where the stem is the name of a file that
    the run writes or of the reviewers' lexicon, or leads out of the output folder (`...pdf`). Inputs that share even
    their suffix get a number (`a-2.pdf`).

    Args:
        paths: The paths of the inputs below the folders they were found in, "/" between folders.
    """
    found = [_without_suffix(path) for path in paths]
    while True:
        shared = Counter(found)
        kept = [path if shared[stem] > 1 or _reserved(stem) else stem for path, stem in zip(paths, found, strict=True)]
        if kept == found:
            return _numbered(found)
        found = kept


def _without_suffix(path: str) -> str:
    """A path without its suffix; that of a word processor stays, for the PDF made of it is often beside it."""
    if input_kind(PurePosixPath(path)) == "office":
        return path
    return PurePosixPath(path).with_suffix("").as_posix()


def _reserved(stem: str) -> bool:
    return not is_stem(stem) or stem.casefold() == LEXICON or bool(RESERVED.match(PurePosixPath(stem).name))


def is_stem(name: str) -> bool:
    """Whether a document may be called so: a path that stays inside the output folder.

    >>> is_stem("sub/letter"), is_stem("../letter"), is_stem("/etc/letter")
    (True, False, False)
    """
    return name == printable(name) and all(part.strip(". ") for part in name.split("/"))


def _numbered(found: Sequence[str]) -> tuple[str, ...]:
    """The stems, with a number where one has been used or is reserved."""
    taken, seen, result = set(found), set[str](), []
    for stem in found:
        name = stem
        if stem in seen or _reserved(stem):
            name = next(other for other in _numbers(stem) if other not in taken)
        taken.add(name)
        seen.add(name)
        result.append(name)
    return tuple(result)


def _numbers(stem: str) -> Iterator[str]:
    path = PurePosixPath(stem)
    return (path.with_name(f"{path.stem}-{n}{path.suffix}").as_posix() for n in count(2))
