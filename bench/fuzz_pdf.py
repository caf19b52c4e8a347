"""Mutations of the fuzzer that keep a PDF's syntax and change what it says: objects, streams, pages, operators."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, Stream, String

from bench.fuzz_mutations import EXTREMES, NASTY, bytes_mutated

FILTERS = ("FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode", "DCTDecode")
MORE_FILTERS = ("CCITTFaxDecode", "JBIG2Decode", "JPXDecode", "Crypt", "Nonsense")
OPERATORS = (
    "q",
    "Q",
    "cm",
    "BT",
    "ET",
    "Tj",
    "TJ",
    "Td",
    "Tm",
    "T*",
    "re",
    "m",
    "l",
    "c",
    "S",
    "f",
    "W",
    "n",
    "Do",
    "sh",
)
NAMES = ("Page", "Pages", "Kids", "Parent", "Font", "Type0", "Type3", "Form", "Image", "Identity-H", "None", "Pattern")
PATHS = ("/../../../../tmp/evil", "/proc/self/environ", "..")  # pdfminer looked for files of such a CMap's name once
MOST_OPERATORS = 5000  # of a page after they were doubled

Change = Callable[[Pdf, random.Random], None]


def pdf_mutated(content: bytes, choice: random.Random) -> bytes:
    """A PDF with one to four changes of what it says; with damaged bytes where it cannot be changed so."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            for _ in range(choice.choice((1, 1, 2, 4))):
                choice.choice(CHANGES)(pdf, choice)
            out = BytesIO()
            pdf.save(out, static_id=True, compress_streams=choice.random() < 0.5)
            return out.getvalue()
    except (pikepdf.PikepdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError):
        return bytes_mutated(content, choice)


def _objects(pdf: Pdf, *kinds: type[Any]) -> list[Any]:
    """The indirect objects of a file of these kinds; all where none is given."""
    return [one for one in pdf.objects if not kinds or isinstance(one, kinds)]


def _holder(pdf: Pdf, choice: random.Random) -> tuple[Any, list[Any]]:
    """A dictionary or array that holds something, and its keys."""
    holders: list[tuple[Any, list[Any]]] = []
    for one in _objects(pdf):
        if isinstance(one, Dictionary | Stream) and len(one.keys()):
            holders.append((one, sorted(one.keys())))
        elif isinstance(one, Array) and len(one):
            holders.append((one, list(range(len(one)))))
    held, keys = choice.choice(holders)
    for _ in range(choice.randrange(4)):  # down into what stands in it
        key = choice.choice(keys)
        inside = held[key]
        if isinstance(inside, Dictionary) and len(inside.keys()):
            held, keys = inside, sorted(inside.keys())
        elif isinstance(inside, Array) and len(inside):
            held, keys = inside, list(range(len(inside)))
    return held, keys


def _value(pdf: Pdf, choice: random.Random) -> Any:
    """A value of any kind."""
    return choice.choice(
        (
            lambda: choice.choice(EXTREMES),
            lambda: choice.choice((0.00001, -1e30, 1e30, 0.5)),
            lambda: Name("/" + choice.choice(NAMES)),
            lambda: Name(choice.choice(PATHS) if choice.random() < 0.5 else "/A"),
            lambda: String(choice.choice(NASTY)),
            lambda: None,
            lambda: True,
            lambda: Array([choice.choice(EXTREMES) for _ in range(choice.choice((0, 1, 4, 7)))]),
            lambda: Dictionary(),
            lambda: choice.choice(_objects(pdf)),
        )
    )()


def _replace(pdf: Pdf, choice: random.Random) -> None:
    held, keys = _holder(pdf, choice)
    held[choice.choice(keys)] = _value(pdf, choice)


def _delete(pdf: Pdf, choice: random.Random) -> None:
    held, keys = _holder(pdf, choice)
    del held[choice.choice(keys)]


def _swap(pdf: Pdf, choice: random.Random) -> None:
    """Exchange what stands at two places."""
    (one, keys), (other, more) = _holder(pdf, choice), _holder(pdf, choice)
    key, another = choice.choice(keys), choice.choice(more)
    one[key], other[another] = other[another], one[key]


def _refer_to_itself(pdf: Pdf, choice: random.Random) -> None:
    indirect = choice.choice(_objects(pdf, Dictionary, Stream))
    indirect[choice.choice(sorted(indirect.keys()) or ["/A"])] = indirect


def _numbers(pdf: Pdf, choice: random.Random) -> None:
    """Every number of a dictionary or array becomes an extreme one."""
    held, keys = _holder(pdf, choice)
    for key in keys:
        if isinstance(held[key], int | float) or str(type(held[key])).endswith("Decimal'>"):
            held[key] = choice.choice(EXTREMES)


def _circle(pdf: Pdf, choice: random.Random) -> None:
    """The tree of pages holds itself, or a page twice."""
    tree = pdf.Root.Pages
    tree.Kids.append(choice.choice((tree, tree.Kids[0])))
    if choice.random() < 0.5:
        tree.Count = choice.choice(EXTREMES)


def _deepen(pdf: Pdf, choice: random.Random) -> None:
    """A value becomes the inmost of many arrays or dictionaries."""
    held, keys = _holder(pdf, choice)
    key = choice.choice(keys)
    for _ in range(choice.choice((3, 60, 400))):
        held[key] = Array([held[key]]) if choice.random() < 0.5 else Dictionary(A=held[key])


def _stream(pdf: Pdf, choice: random.Random) -> None:
    """A stream's bytes are damaged, before or after they are decoded, or said to be encoded otherwise."""
    stream = choice.choice(_objects(pdf, Stream))
    match choice.randrange(4):
        case 0:
            stream.write(bytes_mutated(stream.read_raw_bytes(), choice), filter=stream.get("/Filter"))
        case 1:
            stream.write(bytes_mutated(stream.read_bytes(), choice))
        case 2:
            names = [Name("/" + choice.choice((*FILTERS, *MORE_FILTERS))) for _ in range(choice.choice((1, 2, 40)))]
            stream.Filter = Array(names)
        case 3:
            stream.DecodeParms = Dictionary(
                Predictor=choice.choice((1, 2, 12, 15, 99)),
                Columns=choice.choice(EXTREMES),
                Colors=choice.choice(EXTREMES),
            )


def _content(pdf: Pdf, choice: random.Random) -> None:
    """The operators of a page, a form or a letter are moved, doubled, taken out, or get other operands."""
    page = choice.choice(list(pdf.pages))
    operators = list(pikepdf.parse_content_stream(page))
    if not operators:
        return
    place, other = choice.randrange(len(operators)), choice.randrange(len(operators))
    low, high = min(place, other), max(place, other)
    match choice.randrange(6):
        case 0:
            part = operators[low:high]
            choice.shuffle(part)
            operators[low:high] = part
        case 1:
            operators[low:high] = operators[low:high] * choice.choice((0, 2, 20))
        case 2:
            operands = [_operand(each, choice) for each in operators[place].operands]
            operators[place] = pikepdf.ContentStreamInstruction(operands, operators[place].operator)
        case 3:
            operator = Operator(choice.choice(OPERATORS))
            operators[place] = pikepdf.ContentStreamInstruction(list(operators[place].operands), operator)
        case 4:
            depth = choice.choice((1, 30, 1000))
            operators[place:place] = [pikepdf.ContentStreamInstruction([], Operator("q"))] * depth
        case 5:
            operators.insert(place, pikepdf.ContentStreamInstruction(_matrix(choice), Operator("cm")))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators[:MOST_OPERATORS]))


def _operand(value: Object | Any, choice: random.Random) -> Any:
    if isinstance(value, String):
        return String(choice.choice((*NASTY, "")))
    return choice.choice((*EXTREMES, 0.00001, 1e30)) if choice.random() < 0.5 else value


def _matrix(choice: random.Random) -> list[Any]:
    return [choice.choice((0, 1, -1, 0.001, 1000, 1e30)) for _ in range(6)]


def _page_box(pdf: Pdf, choice: random.Random) -> None:
    page = choice.choice(list(pdf.pages))
    key = choice.choice(("/MediaBox", "/CropBox", "/Rotate", "/UserUnit"))
    box = [choice.choice((0, -100, 5, 300, 842, 14_400, 10**7)) for _ in range(choice.choice((4, 4, 4, 3)))]
    number = choice.choice((0, 90, 45, -90, 10**9, 0.001, 75_000))
    page.obj[key] = Array(box) if key.endswith("Box") else number


def _font(pdf: Pdf, choice: random.Random) -> None:
    """A font says otherwise how its codes are letters."""
    fonts = [one for one in _objects(pdf, Dictionary) if one.get("/Type") == Name.Font]
    if not fonts:
        return
    font = choice.choice(fonts)
    match choice.randrange(4):
        case 0:
            font.Encoding = Name(choice.choice((*PATHS, "/Identity-H", "/UniJIS-UCS2-H", "/MacExpertEncoding")))
        case 1:
            font.ToUnicode = pdf.make_stream(
                b"beginbfrange <00> <ff> <%s> endbfrange %d begincidrange" % (choice.randbytes(4).hex().encode(), 10**9)
            )
        case 2:
            font.Subtype = Name("/" + choice.choice(("Type0", "Type3", "TrueType", "MMType1", "CIDFontType2")))
        case 3:
            font.FirstChar, font.LastChar = choice.choice(EXTREMES), choice.choice(EXTREMES)
            font.Widths = Array([choice.choice(EXTREMES) for _ in range(9)])


CHANGES: tuple[Change, ...] = (
    *(_replace, _replace, _delete, _swap, _refer_to_itself, _numbers, _circle, _deepen),
    *(_stream, _stream, _content, _content, _content, _page_box, _font),
)
