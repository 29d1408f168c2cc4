"""Old Word files (doc) and rich text (rtf), through LibreOffice or antiword where one is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from answers_bank.reading.blocks import Extract
from embeddings.errors import InputError

SECONDS = 90
_HINT = "Installeer LibreOffice (of antiword), of bewaar het bestand in Word als docx."


def extract_old(data: bytes, shown: str, kind: str) -> Extract:
    """The text and blocks of a doc or rtf; raises InputError, also where no converter is installed."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    with tempfile.TemporaryDirectory(prefix="kamerantwoord-") as folder:
        source = Path(folder) / f"bestand.{kind}"
        source.write_bytes(data)
        if office and (converted := _with_office(office, source, Path(folder))):
            from answers_bank.reading.formats.word.document import extract_docx

            return extract_docx(converted, shown)
        antiword = shutil.which("antiword") if kind == "doc" else None
        if antiword and (text := _with_antiword(antiword, source)):
            from answers_bank.reading.formats.plain_text import extract_text

            return extract_text(text)
        if office or antiword:
            raise InputError(
                f"{shown} kan niet worden omgezet: het is beschadigd of beveiligd.", "Bewaar het opnieuw als docx."
            )
    raise InputError(f"{shown} is een oud Word-bestand ({kind}); daarvoor is een ander programma nodig.", _HINT)


def _with_office(office: str, source: Path, folder: Path) -> bytes | None:
    # A profile of its own: LibreOffice refuses a second run on the user's, and macros stay off.
    command = [
        office,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
    ]
    try:
        done = subprocess.run(
            [*command, "--outdir", str(folder), str(source)], capture_output=True, timeout=SECONDS, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    target = source.with_suffix(".docx")
    return target.read_bytes() if done.returncode == 0 and target.exists() else None


def _with_antiword(antiword: str, source: Path) -> str | None:
    try:
        done = subprocess.run(
            [antiword, "-w", "0", "-m", "UTF-8.txt", str(source)], capture_output=True, timeout=SECONDS, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    text = done.stdout.decode("utf-8", errors="replace")
    return text if done.returncode == 0 and text.strip() else None
