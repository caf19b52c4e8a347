"""Word processor files, by way of the PDF that LibreOffice makes of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.message import msg
from pipeline.model.document import DocumentError

PROGRAMS = ("soffice", "libreoffice")
NOT_INSTALLED = msg(
    "{suffix} is read through LibreOffice, which is not installed: apt-get install libreoffice-writer-nogui,"
    " or save it as PDF"
)


def libreoffice() -> str | None:
    """The path of LibreOffice's program; None where it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextmanager
def as_pdf(path: Path) -> Iterator[Path]:
    """The PDF of a word processor file, while the block runs.

    LibreOffice has a profile of its own, in the folder of temporary files: with macros off, and beside any other that
    runs. It ends with the worker, whose limits on time and memory hold for it too.

    Raises:
        DocumentError: LibreOffice is not installed, or makes no PDF of it.
    """
    program = libreoffice()
    if program is None:
        raise DocumentError("unsupported", NOT_INSTALLED.format(suffix=path.suffix))
    with tempfile.TemporaryDirectory(prefix="sop-office-") as folder:
        source = Path(folder, f"document{path.suffix.lower()}")  # no name that could be taken for an option
        shutil.copyfile(path, source)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder]
        environment = {**os.environ, "HOME": folder}
        done = subprocess.run(
            [program, profile, *options, str(source)],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=environment,
            check=False,
        )
        made = source.with_suffix(".pdf")
        if not made.is_file():
            why = next(iter(done.stderr.decode(errors="replace").splitlines()[-1:]), f"exit code {done.returncode}")
            raise DocumentError("damaged", msg("LibreOffice makes no PDF of it: {why}", why=why))
        yield made
