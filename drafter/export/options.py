"""What the user may choose about an export."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Provenance(StrEnum):
    """Where the sources of passages are shown."""

    FOOTNOTES = "footnotes"
    """A footnote behind every passage."""

    COMMENTS = "comments"
    """A comment on every passage; Word only, elsewhere as footnotes."""

    ANNEX = "annex"
    """A table "Herkomst" at the end."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a dossier is put on paper."""

    provenance: frozenset[Provenance] = field(default=frozenset({Provenance.FOOTNOTES}))
    """Empty for a clean text that names no sources."""

    findings: bool = True
    """Whether the findings that count are shown (in Word as comments); JSON always has all."""

    remarks: bool = True
    """Whether the remarks of reviewers are shown."""

    cover: bool = True
    """Whether the table with the data of the set stands above the questions."""

    track_changes: bool = False
    """Word: edited passages as tracked changes against their source, own text as insertions."""

    template: Path | None = None
    """Word: a .docx of which styles, page layout, headers and footers are used."""

    embed: bool = True
    """Word: whether the dossier travels inside the file, so that `import-edits` can read it back anywhere."""

    placeholders: bool = True
    """Whether the program says so in its own words where an answer is still empty."""

    author: str = "kamerantwoord"
    """Author of comments and tracked changes."""

    @property
    def clean(self) -> ExportOptions:
        """The same for the text that goes out: nothing but questions and answers, and no word of the program's."""
        return dataclasses.replace(
            self,
            provenance=frozenset(),
            findings=False,
            remarks=False,
            cover=False,
            embed=False,
            track_changes=False,
            placeholders=False,
        )
