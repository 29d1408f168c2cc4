"""Scanned PDFs: text recognition with ocrmypdf (and Tesseract's Dutch) where the user has installed it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from embeddings.errors import InputError, why

SECONDS = 600


def recognise(data: bytes, shown: str) -> bytes:
    """The PDF with a text layer; raises InputError where no recognition is installed or it fails."""
    program = shutil.which("ocrmypdf")
    if program is None:
        raise InputError(
            f"{shown} bevat geen tekst, alleen beeld (een scan).",
            "Daarvoor is tekstherkenning (OCR) nodig: installeer ocrmypdf met de taal nld, of vraag een pdf met tekst.",
        )
    with tempfile.TemporaryDirectory(prefix="kamerantwoord-") as folder:
        source, target = Path(folder) / "in.pdf", Path(folder) / "uit.pdf"
        source.write_bytes(data)
        command = [
            program,
            "--language",
            "nld",
            "--skip-text",
            "--output-type",
            "pdf",
            "--quiet",
            str(source),
            str(target),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise InputError(f"Tekstherkenning van {shown} duurt te lang.", "Splits het bestand.") from None
        except OSError as error:
            raise InputError(f"ocrmypdf kan niet worden gestart ({why(error)}).", "Kijk de installatie na.") from None
        if done.returncode != 0 or not target.exists():
            raise InputError(
                f"Tekstherkenning van {shown} is niet gelukt.", "Kijk of Tesseract met de taal nld is geïnstalleerd."
            )
        return target.read_bytes()
