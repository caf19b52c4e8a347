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

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
</item>
</oor:items>
"""
"""What LibreOffice is told: no link of a document is followed, be it to a host or to a file here, and no macro runs.

The proxy, at which nobody listens, is the second line.
"""


def libreoffice() -> str | None:
    """The path of LibreOffice's program; None where it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextmanager
def as_pdf(path: Path) -> Iterator[Path]:
    """The PDF of a word processor file, while the block runs.

    LibreOffice has a profile of its own, in the folder of temporary files, beside any other that runs: it follows no
    link and runs no macro. It ends with the worker, whose limits on time and memory hold for it too.

    Raises:
        DocumentError: LibreOffice is not installed, or makes no PDF of it.
    """
    program = libreoffice()
    if program is None:
        raise DocumentError("unsupported", NOT_INSTALLED.format(suffix=path.suffix))
    with tempfile.TemporaryDirectory(prefix="sop-office-") as folder:
        source = Path(folder, f"document{path.suffix.lower()}")  # no name that could be taken for an option
        shutil.copyfile(path, source)
        profile = f"-env:UserInstallation={_profile(Path(folder, 'profile')).as_uri()}"
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


def _profile(folder: Path) -> Path:
    """Write the profile of a user who follows no link and runs no macro; return its folder."""
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
    return folder
