"""The sources in `bron/`: what a sample says, before it gets the form of a file."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
NOTE = re.compile(r"\{([^}]*)\}")
SOURCE_MARK = re.compile(r" ?\[(\d+)\]")


@dataclass(frozen=True)
class Part:
    """A heading with the paragraphs under it; the heading is empty for what precedes the first one."""

    heading: str
    paragraphs: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.heading.startswith("Vra")


@dataclass(frozen=True)
class Sample:
    """One source file."""

    name: str
    fields: dict[str, str]
    parts: tuple[Part, ...]

    def __getattr__(self, key: str) -> str:
        return self.fields.get(key, "")

    @property
    def sources(self) -> list[str]:
        """What the questions refer to, as "1) …"."""
        return self.bronnen.split(" | ") if self.bronnen else []

    def day(self, key: str) -> datetime.date:
        """The date under `key`."""
        return datetime.date.fromisoformat(self.fields[key])

    def dutch(self, key: str) -> str:
        """The date under `key` as "12 mei 2026"."""
        day = self.day(key)
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    @property
    def members(self) -> str:
        """The askers with "het lid" or "de leden"."""
        plural = " en " in self.vragenstellers or ", " in self.vragenstellers
        return f"{'de leden' if plural else 'het lid'} {self.vragenstellers}"

    @property
    def asked(self) -> str:
        """The first line of the heading of an answer."""
        return f"Vragen van {self.members} aan {self.aan} over {self.onderwerp} (ingezonden {self.dutch('ingezonden')}"

    @property
    def answered(self) -> str:
        """The second line of the heading of an answer."""
        also = f", mede namens {self.mede}" if self.mede else ""
        see = f" Zie ook {self.ziook}." if self.ziook else ""
        return f"Antwoord van {self.minister}{also} (ontvangen {self.dutch('ontvangen')}).{see}"


def read(path: Path) -> Sample:
    """Read one source file."""
    head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    parts: list[Part] = []
    heading, paragraphs = "", []
    for piece in [*re.split(r"\n{2,}", body.strip()), "# "]:
        if piece.startswith("#"):
            if heading or paragraphs:
                parts.append(Part(heading, tuple(paragraphs)))
            first, _, rest = piece.partition("\n")
            heading, paragraphs = first.lstrip("# "), [rest] if rest else []
        else:
            paragraphs.append(piece)
    return Sample(path.stem, fields, tuple(parts))


def official_id(sample: Sample) -> str:
    """The identifier of an answer in the Aanhangsel: "ah-tk-20242025-9041"."""
    return f"ah-tk-{sample.vergaderjaar.replace('-', '')}-{sample.aanhangsel}"
