"""PDF as published: narrow lines with words broken off, raised note marks, notes at the foot of the page, footers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from source import NOTE, Sample, official_id

FONT, BOLD, SIZE, LEADING = "Helvetica", "Helvetica-Bold", 9.5, 12.5
LEFT, TOP, BOTTOM, WIDTH = 150, 770, 120, 340
# A place where a Dutch word may be broken: between two consonants that stand between vowels.
BREAK = re.compile(r"(?<=[aeiou][bcdfgklmnprstvwz])(?=[bcdfgklmnprstvwz][aeiou]\w)")
MARK = "\x01"


def as_pdf(sample: Sample) -> bytes:
    """The sample as a .pdf with a text layer."""
    buffer = io.BytesIO()
    page = _Pages(Canvas(buffer, pagesize=A4, invariant=1), sample)
    letter = sample.soort == "brief"
    for line in _opening(sample):
        page.write(line, BOLD if letter and line.isupper() else FONT)
    for part in sample.parts:
        page.gap()
        if part.heading:
            page.write(part.heading, BOLD)
        for paragraph in part.paragraphs:
            page.write(paragraph, FONT)
    if letter:
        name, office = sample.minister.split(", ")
        page.gap()
        page.write(f"{office},", FONT)
        page.write(name, FONT)
    page.close()
    return buffer.getvalue()


def _opening(sample: Sample) -> list[str]:
    if sample.soort == "brief":
        dossier = f"{sample.dossier[:2]} {sample.dossier[2:]}"
        return [
            f"{dossier} Getijdenenergie",
            f"Nr. {sample.nummer}",
            "BRIEF VAN DE MINISTER VAN WIND EN WATER",
            "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
            f"Zandgat, {sample.dutch('ontvangen')}",
        ]
    year = sample.vergaderjaar.replace("-", "–")
    return [
        "Tweede Kamer der Staten-Generaal 2",
        f"Vergaderjaar {year} Aanhangsel van de Handelingen",
        "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden",
        sample.aanhangsel,
        f"{sample.asked}).",
        sample.answered,
    ]


class _Pages:
    """Sets paragraphs on pages; notes wait for the foot of the page on which they are mentioned."""

    def __init__(self, canvas: Canvas, sample: Sample) -> None:
        self.canvas: Any = canvas
        self.sample = sample
        self.y: float = TOP
        self.number = 1
        self.noted = 0
        self.waiting: list[tuple[int, str]] = []

    def gap(self) -> None:
        """Leave half a line open."""
        self.y -= LEADING / 2

    def write(self, text: str, font: str) -> None:
        """Set one paragraph."""
        notes = NOTE.findall(text)
        for line in _lines(NOTE.sub(MARK, text), font):
            if self.y < BOTTOM + LEADING * 2 * len(self.waiting):
                self.turn()
            x: float = LEFT
            for index, piece in enumerate(line.split(MARK)):
                if index:
                    self.noted += 1
                    self.waiting.append((self.noted, notes.pop(0)))
                    x = self._put(x, self.y + 3, str(self.noted), font, 6)
                x = self._put(x, self.y, piece, font, SIZE)
            self.y -= LEADING

    def turn(self) -> None:
        """Finish the page with its notes and its footer, and begin another."""
        self._foot()
        self.canvas.showPage()
        self.number += 1
        self.y = TOP

    def close(self) -> None:
        """Finish the last page and the file."""
        self._foot()
        self.canvas.setTitle(self.sample.onderwerp)
        self.canvas.save()

    def _put(self, x: float, y: float, text: str, font: str, size: float) -> float:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)
        return x + stringWidth(text, font, size)

    def _foot(self) -> None:
        y: float = BOTTOM - 8
        for number, note in self.waiting:
            self._put(LEFT, y + 2, str(number), FONT, 5)
            for line in _lines(note, FONT, 8):
                self._put(LEFT + 8, y, line, FONT, 8)
                y -= 10
        self.waiting = []
        year = (self.sample.vergaderjaar or "2025-2026").replace("-", "–")
        if self.sample.aanhangsel:
            self._put(LEFT, 60, official_id(self.sample), FONT, 7)
            self._put(LEFT, 51, "ISSN 0921 - 7398", FONT, 7)
            self._put(LEFT, 42, f"’s-Gravenhage {self.sample.ontvangen[:4]}", FONT, 7)
            footer = f"Tweede Kamer, vergaderjaar {year}, Aanhangsel"
        else:
            footer = f"Tweede Kamer, vergaderjaar {year}, {self.sample.dossier[:2]} {self.sample.dossier[2:]}, nr. "
            footer += self.sample.nummer
        self._put(LEFT + 90, 42, f"{footer} {self.number}", FONT, 7)


def _lines(text: str, font: str, size: float = SIZE) -> Iterator[str]:
    line = ""
    for word in text.split():
        candidate = f"{line} {word}".lstrip()
        if stringWidth(candidate.replace(MARK, ""), font, size) <= WIDTH:
            line = candidate
            continue
        head, tail = _broken(line, word, font, size)
        yield f"{line} {head}-".lstrip() if head else line
        line = tail
    yield line


def _broken(line: str, word: str, font: str, size: float) -> tuple[str, str]:
    for match in reversed(list(BREAK.finditer(word)) if len(word) > 11 else []):
        head = word[: match.start()]
        if len(head) > 3 and stringWidth(f"{line} {head}-", font, size) <= WIDTH:
            return head, word[match.start() :]
    return "", word
