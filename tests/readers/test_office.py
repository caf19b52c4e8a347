"""Word processor files are read as the PDF that LibreOffice makes of them."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
from scanned import sop

from pipeline.model.document import DocumentError
from pipeline.readers import office
from pipeline.readers.document import open_document
from pipeline.readers.office import as_pdf, libreoffice
from pipeline.settings import Settings

PROGRAM = """#!{python}
import pathlib, sys
folder = sys.argv[sys.argv.index("--outdir") + 1]
assert sys.argv[1].startswith("-env:UserInstallation=file://")
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
