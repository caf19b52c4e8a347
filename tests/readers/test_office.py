"""Word processor files are read as the PDF that LibreOffice makes of them."""

from __future__ import annotations

import sys
import zipfile
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from scanned import sop

from pipeline.model.document import DocumentError
from pipeline.readers import office
from pipeline.readers.document import open_document
from pipeline.readers.office import as_pdf, libreoffice
from pipeline.settings import Settings

PROGRAM = """#!{python}
import pathlib, sys
folder = sys.argv[sys.argv.index("--outdir") + 1]
place = sys.argv[1].removeprefix("-env:UserInstallation=file://")
told = pathlib.Path(place, "user", "registrymodifications.xcu").read_text()
assert all(name in told for name in ("BlockUntrustedRefererLinks", "DisableMacrosExecution"))
assert "--headless" in sys.argv
source = pathlib.Path(sys.argv[-1]).read_bytes()
if source == b"broken":
    sys.exit("no such document")
pathlib.Path(folder, "document.pdf").write_bytes(source)
"""
DOCUMENT = """<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body><w:p><w:r><w:t>Menerima surat masuk</w:t></w:r></w:p></w:body></w:document>"""
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""

NAMESPACES = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
MANIFEST = """<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>
<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>"""
PICTURE = """<text:p>surat<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm"><draw:image
 xlink:href="{}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>"""


@pytest.fixture
def copier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in LibreOffice's place that copies what it is given."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(python=sys.executable))
    program.chmod(0o755)
    monkeypatch.setattr(office, "libreoffice", lambda: str(program))


@pytest.mark.usefixtures("copier")
def test_a_word_processor_file_is_read_as_its_pdf(tmp_path: Path) -> None:
    path = sop(tmp_path).rename(tmp_path / "-surat.DOCX")
    with open_document(path, Settings()) as document:
        pages = list(document.pages())
    assert pages[0].words


@pytest.mark.usefixtures("copier")
def test_what_libreoffice_cannot_read_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.odt").write_bytes(b"broken")
    with pytest.raises(DocumentError, match="no such document") as fault, as_pdf(tmp_path / "a.odt"):
        pass
    assert fault.value.status == "damaged"


def test_where_libreoffice_is_missing_it_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libreoffice() is None
    with pytest.raises(DocumentError, match="apt-get install libreoffice") as fault, as_pdf(tmp_path / "a.docx"):
        pass
    assert fault.value.status == "unsupported"


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_a_pdf_of_a_docx(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        for name, content in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", DOCUMENT),
        ):
            archive.writestr(name, content)
    with open_document(tmp_path / "a.docx", Settings()) as document:
        (page,) = document.pages()
    assert [word.text for word in page.words] == ["Menerima", "surat", "masuk"]


class Asked(BaseHTTPRequestHandler):
    """Notes what is asked for, and gives nothing."""

    paths: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_error(404)


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_links_of_a_document_are_not_followed(tmp_path: Path) -> None:
    Image.new("RGB", (40, 40), (255, 0, 0)).save(tmp_path / "here.png")
    with HTTPServer(("127.0.0.1", 0), Asked) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{server.server_port}/there.png"
        pictures = "".join(PICTURE.format(link) for link in (there, (tmp_path / "here.png").as_uri()))
        body = f"<office:body><office:text>{pictures}</office:text></office:body>"
        with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("META-INF/manifest.xml", MANIFEST)
            archive.writestr("content.xml", f"<office:document-content {NAMESPACES}>{body}</office:document-content>")
        with as_pdf(tmp_path / "a.odt") as made, closing(pypdfium2.PdfDocument(made)) as pdf:
            pixels = pdf[0].render().to_numpy()[:, :, :3]
        server.shutdown()
    assert Asked.paths == []
    assert pixels.min() < 100  # the words are there
    assert np.ptp(pixels, axis=2).max() == 0  # and nothing red
