"""Files that a hand with bad intent, a broken disk or a broken program would make, from a fixed seed.

`contents` has the special ones; `hostile_corpus` writes as many as are asked for: each special one, then mutated ones.
"""

from __future__ import annotations

import os
import random
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

SEED = 20261121
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
TEXT = b"BT /F 12 Tf 72 700 Td (Mutu Baku) Tj ET"

LARGE = frozenset({"huge.txt", "bomb.pdf", "bomb.png", "image-bomb.pdf", "twice-packed.pdf"})
"""Files that take seconds to make, or a hundred megabytes."""
ENDLESS = frozenset(
    {"curves.pdf", "forms-10-12.pdf", "forms-2-40.pdf", "frames.tiff", "line.txt", "pipes.md"}
    | {"rectangles.pdf", "references.pdf", "strokes.pdf", "table.md", "words.pdf"}
)
"""Files that only a limit ends, beside two more: `image-claims.pdf` inside PDFium, `marks.md` in this package."""


def stream(content: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object's text."""
    data = zlib.compress(content, 9) if packed else content
    kind = b"/Filter/FlateDecode" if packed else b""
    return b"<</Length %d%s%s>>stream\n%s\nendstream" % (len(data), kind, entries, data)


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, count = len(out), len(objects) + 1
    trailer = b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, root, start)
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def page_pdf(content: bytes, *more: bytes, page: bytes = PAGE, packed: bool = False) -> bytes:
    """A PDF of one page with that content, and further objects from number 6 on."""
    return pdf(CATALOG, PAGES, page, stream(content, packed=packed), FONT, *more)


def with_forms(forms: bytes) -> bytes:
    """A page object that names the forms."""
    return PAGE.replace(b"/Resources<<", b"/Resources<</XObject<<" + forms + b">>")


def nested_forms(depth: int, fan: int) -> bytes:
    """Each form paints the next one `fan` times: fan ** depth rectangles in a few kilobytes."""
    forms = []
    for level in range(depth):
        last = level == depth - 1
        content = b"0 0 9 9 re f" if last else b"/X Do " * fan
        resources = b"" if last else b"/Resources<</XObject<</X %d 0 R>>>>" % (7 + level)
        forms.append(stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 600 850]" + resources))
    return page_pdf(b"/X Do", *forms, page=with_forms(b"/X 6 0 R"))


def self_referring_form() -> bytes:
    """A form that paints itself."""
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")
    return page_pdf(b"/X Do", form, page=with_forms(b"/X 6 0 R"))


def image_pdf(
    width: int, height: int, data: bytes, entries: bytes = b"/ColorSpace/DeviceGray/BitsPerComponent 1"
) -> bytes:
    """A page that shows an image of that size."""
    image = stream(data, b"/Type/XObject/Subtype/Image/Width %d/Height %d" % (width, height) + entries, packed=True)
    return page_pdf(b"q 595 0 0 842 0 0 cm /X Do Q", image, page=with_forms(b"/X 6 0 R"))


def many_pages(count: int) -> bytes:
    """A PDF of so many pages that share one content."""
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    return pdf(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), stream(TEXT), FONT, *[page] * count)


def deep_pages(depth: int) -> bytes:
    """A tree of pages so many levels deep."""
    levels = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (3 + n) for n in range(depth)]
    return pdf(CATALOG, *levels, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>" % (depth + 1))


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG of one bit a pixel with these filtered rows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def tiff(frames: int, *, circle: bool = False) -> bytes:
    """A TIFF of so many frames of 8 x 8 black pixels; in a circle the last one is followed by the first."""
    out = bytearray(struct.pack("<2sHI", b"II", 42, 16) + b"\0" * 8)
    size = 2 + 9 * 12 + 4
    for frame in range(frames):
        values = (256, 8), (257, 8), (258, 1), (259, 1), (262, 1), (273, 8), (277, 1), (278, 8), (279, 8)
        entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in values)
        last = frame == frames - 1
        following = (16 if circle else 0) if last else len(out) + size
        out += struct.pack("<H", len(values)) + entries + struct.pack("<I", following)
    return bytes(out)


def _boxed(box: bytes, more: bytes = b"") -> bytes:
    return page_pdf(TEXT, page=PAGE.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox" + box + more))


def contents() -> Mapping[str, bytes | Callable[[], bytes]]:
    """The special files by name; large ones are made when they are asked for."""
    return {
        "self-form.pdf": self_referring_form,
        "self-length.pdf": pdf(CATALOG, PAGES, PAGE, b"<</Length 4 0 R>>stream\nBT ET\nendstream", FONT),
        "self-page.pdf": pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        "self-parent.pdf": pdf(CATALOG, PAGES, PAGE.replace(b"/Parent 2 0 R", b"/Parent 3 0 R"), stream(TEXT), FONT),
        "self-object.pdf": pdf(CATALOG, PAGES, b"3 0 R"),
        "self-contents.pdf": page_pdf(TEXT, b"[6 0 R 6 0 R 6 0 R]", page=PAGE.replace(b"4 0 R", b"6 0 R", 1)),
        "self-font.pdf": pdf(CATALOG, PAGES, PAGE, stream(TEXT), b"<</Type/Font/Subtype/Type0/DescendantFonts 5 0 R>>"),
        "forms-10-12.pdf": lambda: nested_forms(12, 10),
        "forms-2-40.pdf": lambda: nested_forms(40, 2),
        "rectangles.pdf": lambda: page_pdf(b"9 9 9 9 re f " * 10**6, packed=True),
        "strokes.pdf": lambda: page_pdf(b"1 1 m 500 800 l S " * 3 * 10**5, packed=True),
        "curves.pdf": lambda: page_pdf(b"1 1 m " + b"1 2 3 4 5 6 c " * 10**6 + b"S", packed=True),
        "saves.pdf": lambda: page_pdf(b"q " * 10**6 + TEXT, packed=True),
        "letters.pdf": lambda: page_pdf(b"BT /F 9 Tf 9 9 Td (" + b"Mutu Baku " * 2 * 10**5 + b") Tj ET", packed=True),
        "words.pdf": lambda: page_pdf(b"BT /F 1 Tf " + b"1 1 Td (a) Tj " * 2 * 10**5 + b"ET", packed=True),
        "bomb.pdf": lambda: page_pdf(b" " * 4 * 10**8, packed=True),
        "twice-packed.pdf": lambda: pdf(
            *(CATALOG, PAGES, PAGE),
            stream(zlib.compress(zlib.compress(b" " * 10**8, 9), 9), b"/Filter[/FlateDecode/FlateDecode]"),
            FONT,
        ),
        "image-bomb.pdf": lambda: image_pdf(30_000, 30_000, bytes(30_000 * 3750)),
        "image-claims.pdf": image_pdf(100_000, 100_000, b"\0" * 99),
        "image-soft-masks.pdf": image_pdf(9, 9, b"\0" * 99, b"/ColorSpace/DeviceGray/BitsPerComponent 8/SMask 6 0 R"),
        "dictionaries.pdf": lambda: pdf(b"<</A" * 10**5 + b">>" * 10**5, PAGES, PAGE, stream(TEXT), FONT),
        "arrays.pdf": lambda: page_pdf(b"[" * 10**6 + b"]" * 10**6),
        "deep-pages.pdf": lambda: deep_pages(5000),
        "many-pages.pdf": lambda: many_pages(5000),
        "count.pdf": pdf(CATALOG, PAGES.replace(b"/Count 1", b"/Count 999999999"), PAGE, stream(TEXT), FONT),
        "count-negative.pdf": pdf(CATALOG, PAGES.replace(b"/Count 1", b"/Count -7"), PAGE, stream(TEXT), FONT),
        "box-none.pdf": _boxed(b"[0 0 0 0]"),
        "box-huge.pdf": _boxed(b"[0 0 1000000 1000000]"),
        "box-endless.pdf": _boxed(b"[0 0 14400 14400]", b"/UserUnit 75000"),
        "box-elsewhere.pdf": _boxed(b"[0 0 595 842]", b"/CropBox[5000 5000 6000 6000]"),
        "box-words.pdf": _boxed(b"(A4)", b"/UserUnit(inch)/Rotate 33"),
        "tiling.pdf": page_pdf(
            b"/Pattern cs /T scn 0 0 595 842 re f",
            stream(
                b"0 0 .01 .01 re f",
                b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 .02 .02]/XStep .02/YStep .02/Resources<<>>",
            ),
            page=PAGE.replace(b"/Resources<<", b"/Resources<</Pattern<</T 6 0 R>>"),
        ),
        "shading.pdf": page_pdf(
            b"/S sh",
            page=PAGE.replace(
                b"/Resources<<",
                b"/Resources<</Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function<</FunctionType 4"
                b"/Domain[0 1 0 1]/Range[0 1]/Length 9>>>>>>",
            ),
        ),
        "dashes.pdf": page_pdf(b"[.0001 .0001] 0 d 1 1 m 500 800 l S"),
        "script.pdf": page_pdf(TEXT).replace(
            b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(while(1){})>>"
        ),
        "launch.pdf": page_pdf(TEXT).replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/Launch/F(/bin/sh)>>"),
        "references.pdf": b"%PDF-1.7\n" + b"1 0 obj 1 0 R endobj\n" * 10**4 + b"trailer<</Root 1 0 R>>\n%%EOF",
        "previous.pdf": page_pdf(TEXT).replace(b"trailer<<", b"trailer<</Prev 9"),
        "empty.pdf": b"",
        "mark.pdf": b"%PDF-",
        "zeros.pdf": b"%PDF-1.7\n" + bytes(10**6),
        "garbage.pdf": b"%PDF-1.7\n" + random.Random(SEED).randbytes(10**5),
        "program.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(written) (w) file (x) writestring\n",
        "program.png": b"#!/bin/sh\ntouch written-by-shell\n",
        "bomb.png": lambda: png(60_000, 60_000, bytes(60_000 * 7501)),
        "large.png": lambda: png(12_000, 12_000, bytes(12_000 * 1501)),
        "narrow.png": png(1, 30_000, bytes(2 * 30_000)),
        "claims.png": png(2**31 - 1, 2**31 - 1, b"\0"),
        "frames.tiff": lambda: tiff(5000),
        "circle.tiff": tiff(3, circle=True),
        "huge.txt": lambda: b"Menerima surat masuk dan mencatatnya dalam buku agenda\n" * 1_900_000,
        "line.txt": lambda: b"Kegiatan " * 800_000,
        "pipes.md": lambda: b"|" * 10**6 + b"\n" + b"|---" * 10**5,
        "table.md": lambda: b"| Kegiatan | Pelaksana | Waktu |\n|---|---|---|\n" + b"| a | b | 5 menit |\n" * 10**5,
        "digits.txt": lambda: b"1." * 10**6,
        "spaces.txt": lambda: b"Nomor SOP" + b" " * 10**6 + b":" + b"\n" * 10**6,
        "controls.txt": bytes(range(256)) * 400,
        "marks.md": lambda: b"# Mutu Baku\n**" * 10**5,
        "...pdf": page_pdf(TEXT),
        "index.json.pdf": page_pdf(TEXT),
        "lexicon.pdf": page_pdf(TEXT),
        "red\x1b[31m\nname.pdf": page_pdf(TEXT),
        "n" * 240 + ".pdf": page_pdf(TEXT),
    }


def links(folder: Path) -> list[str]:
    """Write what is no file: links in a circle, to nowhere and to a device, a pipe, a folder with a file's name."""
    (folder / "loop.pdf").symlink_to("loop.pdf")
    (folder / "nowhere.pdf").symlink_to("not-there.pdf")
    (folder / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "folder.pdf").mkdir()
    (folder / "folder.pdf" / "inside.pdf").write_bytes(page_pdf(TEXT))
    return ["loop.pdf", "nowhere.pdf", "zero.txt", "pipe.pdf", "folder.pdf/inside.pdf"]


def mutated(content: bytes, choice: random.Random) -> bytes:
    """A file after one kind of damage: cut, overwritten, a piece gone or doubled, its words or numbers changed."""
    data, place = bytearray(content), choice.randrange(len(content))
    match choice.randrange(7):
        case 0:
            del data[place:]
        case 1:
            for _ in range(choice.randrange(1, 60)):
                data[choice.randrange(len(data))] = choice.randrange(256)
        case 2:
            del data[place : place + choice.randrange(1, 4000)]
        case 3:
            data[place:place] = data[place : place + choice.randrange(1, 4000)]
        case 4:
            data[place : place + 2000] = bytes(len(data[place : place + 2000]))
        case 5:
            found = [match.span() for match in re.finditer(rb"(?<=[ \[(/])\d+(?=[ \]/>])", content)]
            for start, end in sorted(choice.sample(found, min(5, len(found))), reverse=True):
                data[start:end] = str(choice.choice([-1, 0, 1, 65536, 2**31 - 1, 10**10])).encode()
        case 6:
            found = [match.span() for match in re.finditer(rb"/[A-Z][A-Za-z]+", content)]
            for start, end in sorted(choice.sample(found, min(3, len(found))), reverse=True):
                data[start:end] = choice.choice([b"/Kids", b"/Page", b"/Length", b"/XObject", b"/Null"])
    return bytes(data)


def hostile_corpus(folder: Path, count: int, sources: Sequence[Path], *, large: bool = True) -> Iterator[str]:
    """Write `count` hostile files into a folder; yield the name of each.

    Args:
        folder: A folder that is empty.
        count: How many; no fewer than there are special ones, else some of these.
        sources: Good files, which the mutated ones are made from.
        large: Whether to write those of `LARGE` and `ENDLESS` too.
    """
    choice = random.Random(SEED)
    names = links(folder)
    special = {name: content for name, content in contents().items() if large or name not in LARGE | ENDLESS}
    chosen = list(special) if len(special) + len(names) <= count else choice.sample(list(special), count // 2)
    for name in chosen:
        content = special[name]
        (folder / name).write_bytes(content if isinstance(content, bytes) else content())
        names.append(name)
    while len(names) < count:
        source = sources[len(names) % len(sources)]
        name = f"mutated-{len(names):03d}{source.suffix}"
        (folder / name).write_bytes(mutated(source.read_bytes(), choice) or b"%")
        names.append(name)
    yield from names
