"""Exports opened by a real word processor; skipped where LibreOffice is absent."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from support.dossiers import COST, COST_EDITED, dossier
from support.word import notes, paragraphs

from drafter.export import ExportOptions, Provenance, export_dossier
from drafter.export.word.edits import read_edits

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]

ALL = ExportOptions(provenance=frozenset(Provenance), track_changes=True)


def converted(path: Path, to: str, folder: Path) -> Path:
    """`path` opened and saved in another form, with a profile of its own so that no running office is disturbed."""
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profiel').as_uri()}"
    out = folder / "uit"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", to, "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return out / f"{path.stem}.{to.partition(':')[0]}"


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_it_opens(tmp_path: Path, suffix: str) -> None:
    path = export_dossier(dossier(), tmp_path / f"concept{suffix}", ALL)
    assert converted(path, "pdf", tmp_path).read_bytes().startswith(b"%PDF")


def test_saving_in_libreoffice_changes_nothing(tmp_path: Path) -> None:
    """Text, tracked changes, footnotes, comments and the dossier inside come through."""
    path = export_dossier(dossier(), tmp_path / "concept.docx", ALL)
    saved = converted(path, "docx:MS Word 2007 XML", tmp_path)
    before, after = path.read_bytes(), saved.read_bytes()
    assert paragraphs(after) == paragraphs(before)
    assert COST_EDITED in paragraphs(after)
    assert COST in paragraphs(after, accept=False)
    assert notes(after) == notes(before)
    assert sorted(notes(after, "comment")) == sorted(notes(before, "comment"))
    found = read_edits(saved, lambda _: None)
    assert found.dossier == dossier()
