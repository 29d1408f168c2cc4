"""The XML of officielebekendmakingen: Kamervragen (also older roots) and Kamerstukken."""

from __future__ import annotations

import datetime
import re
from typing import Any

from answers_bank.dutch.citations.identifiers import find_identifier
from answers_bank.reading.blocks import Extract, Hints
from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.grids import MOST_COLUMNS, Slot, grid_of, spans_of, without_rows
from answers_bank.reading.formats.markup import local, parse_xml
from answers_bank.reading.mapped import Mark
from embeddings.errors import InputError

_QUESTION_ROOTS = frozenset({"kamervragen", "vraagdoc", "vragen", "reactie"})
_PARAGRAPHS = frozenset(
    {"al", "noot.al", "tekstregel", "kamervraagomschrijving", "omschr", "titel", "tussenkop", "datumtekst"}
)
_SKIP = frozenset({"metadata", "meta", "plaatje", "illustratie", "formule", "kamervraagopmerking.nr"})
_PARTS = {
    "vraag": "question",
    "antwoord": "answer",
    "kamervraagopmerking": "deferral",
    "mededeling": "deferral",
    "toelicht": "explanation",
    "toelichting": "explanation",
}
_LABELS = {"question": "Vraag", "answer": "Antwoord", "deferral": "Mededeling", "explanation": "Toelichting"}
_SPACE = re.compile(r"\s+")


def extract_xml(data: bytes, shown: str) -> Extract:
    """The text and blocks of an official publication; raises InputError for other XML."""
    root = parse_xml(data, shown)
    name = local(root)
    if name in ("metadata_gegevens", "record", "recordData", "gzd", "Edmx", "feed") or name.endswith("Response"):
        raise InputError(
            f"{shown} is een antwoord van een zoekdienst of een lijst met kenmerken, geen stuk.",
            "Haal het stuk zelf op, bijvoorbeeld met `kamerantwoord fetch`.",
        )
    reader = _XmlReader()
    reader.walk(root)
    text, blocks, notes = reader.builder.finish()
    if not text.strip():
        raise InputError(f"{shown} bevat geen tekst.", "Kijk of het juiste bestand is gekozen.")
    return Extract(text, blocks, notes, _hints(root))


class _XmlReader:
    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.notes: list[tuple[str, str]] = []

    def walk(self, root: Any) -> None:
        self._element(root, 0)
        self.builder.gap()
        for mark, text in self.notes:
            self.builder.note("note", mark, text)

    def _element(self, element: Any, depth: int) -> None:
        name = local(element)
        if name in _SKIP or depth > 200:
            return
        if name in _PARTS:
            self._part(element, _PARTS[name], depth)
        elif name in ("kop", "kamervraagkop", "kamerstukkop"):
            self._heading(element, name)
        elif name in ("dossier", "stuknr"):
            self._line(element, role="letterhead")
        elif name == "kamervraagnummer":
            self._line(element, role=None)
        elif name == "li":
            self._item(element, depth)
        elif name == "tgroup":
            self._table(element)
        elif name in ("ondertekening", "slotformulering"):
            self.builder.gap()
            self._children(element, depth)
        elif name in _PARAGRAPHS or _is_leaf(element):
            self._line(element, role="heading" if name == "tussenkop" else None)
        else:
            self._children(element, depth)

    def _children(self, element: Any, depth: int) -> None:
        for child in element:
            self._element(child, depth + 1)

    def _part(self, element: Any, role: str, depth: int) -> None:
        number = next((child for child in element if local(child) in ("nr", "nummer", "kop")), None)
        label, marks = self._text(number) if number is not None else ("", [])
        if label and not re.search(r"[A-Za-z]", label) and role in ("question", "answer"):
            label = f"{_LABELS[role]} {label}"
        self.builder.gap()
        self.builder.block(label or _LABELS[role], marks, role=role)
        self.builder.gap()
        for child in element:
            if child is not number:
                self._element(child, depth + 1)
        if element.text and element.text.strip() and not len(element):
            self._line(element, role=None)

    def _heading(self, element: Any, name: str) -> None:
        if name == "kop":
            self.builder.gap()
            self._line(element, role="heading")
            return
        for child in element:
            self._line(child, role="letterhead" if name == "kamerstukkop" else None)

    def _table(self, group: Any) -> None:
        """A table of the CALS model, its cells in the columns that they name."""
        rows = [row for part in group if local(part) in ("thead", "tbody", "tfoot") for row in part]
        columns = _columns(group)
        grid = grid_of([[_slot(entry, columns) for entry in row if local(entry) == "entry"] for row in rows])
        texts = [
            [self._text(slot.element) if slot and slot.element is not None else ("", []) for slot in row]
            for row in grid
        ]
        blank = [not any(text for text, _ in row) for row in texts]
        self.builder.gap()
        number = self.builder.table()
        kept = (row for row, empty in zip(texts, blank, strict=True) if not empty)
        for row, cells in zip(without_rows(grid, blank), kept, strict=True):
            marks: list[Mark] = []
            done = 0
            for text, noted in cells:
                marks += [(done + position, system, mark) for position, system, mark in noted]
                done += len(text) + 1
            self.builder.row([text for text, _ in cells], marks, role="row", table=number, spans=spans_of(row))
        self.builder.gap()

    def _item(self, element: Any, depth: int) -> None:
        label = next((self._text(child)[0] for child in element if local(child) == "li.nr"), "")
        first = True
        for child in element:
            if local(child) == "li.nr":
                continue
            if local(child) == "al":
                text, marks = self._text(child)
                lead = f"{label} " if first and label else ""
                self.builder.block(lead + text, [(p + len(lead), s, m) for p, s, m in marks], role="list", gap=False)
                first = False
            else:
                self._element(child, depth + 1)

    def _line(self, element: Any, role: str | None) -> None:
        text, marks = self._text(element)
        self.builder.block(text, marks, role=role)

    def _text(self, element: Any) -> tuple[str, list[Mark]]:
        """The running text of an element, white space folded, and the marks of the notes in it."""
        parts: list[str] = []
        marks: list[Mark] = []

        def add(text: str | None) -> None:
            if text:
                folded = _SPACE.sub(" ", text)
                parts.append(folded[1:] if folded[0] == " " and (not parts or parts[-1].endswith(" ")) else folded)

        def walk(node: Any, depth: int) -> None:
            add(node.text)
            for child in node:
                name = local(child)
                if name in ("noot", "nootref"):
                    mark = self._note(child)
                    if mark:
                        marks.append((sum(map(len, parts)), "note", mark))
                elif name and name not in _SKIP and depth < 100:
                    if name in (
                        "al",
                        "titel",
                        "ondernummer",
                        "dossiernr",
                        "subtitel",
                        "functie",
                        "naam",
                        "begrotingshoofdstuk",
                    ):
                        add(" ")
                    walk(child, depth + 1)
                add(child.tail)

        walk(element, 0)
        text = "".join(parts)
        lead = len(text) - len(text.lstrip())
        return text.strip(), [(max(p - lead, 0), s, m) for p, s, m in marks]

    def _note(self, element: Any) -> str:
        if local(element) == "nootref":
            return _SPACE.sub("", "".join(element.itertext()))
        number = next((c for c in element.iter() if local(c) == "noot.nr"), None)
        mark = _SPACE.sub("", "".join(number.itertext())).rstrip(".)") if number is not None else ""
        mark = mark or str(len(self.notes) + 1)
        body = " ".join(self._text(c)[0] for c in element if local(c) != "noot.nr") or self._text(element)[0]
        self.notes.append((mark, body))
        return mark


def _columns(group: Any) -> dict[str, tuple[int, int]]:
    """The first and last column, from 0, of each name of a column or of a span of columns."""
    found: dict[str, tuple[int, int]] = {}
    at = 0
    for spec in group.iter("colspec"):
        number = spec.get("colnum", "")
        at = int(number) - 1 if number.isdigit() and 0 < int(number) <= MOST_COLUMNS else at
        found[spec.get("colname", "")] = (at, at)
        at += 1
    for spec in group.iter("spanspec"):
        first, last = found.get(spec.get("namest", "")), found.get(spec.get("nameend", ""))
        if first and last:
            found[spec.get("spanname", "")] = (first[0], last[1])
    return found


def _slot(entry: Any, columns: dict[str, tuple[int, int]]) -> Slot:
    span = columns.get(entry.get("spanname", ""))
    first, last = columns.get(entry.get("namest", "")), columns.get(entry.get("nameend", ""))
    if span is None and first and last:
        span = (first[0], last[1])
    begins = span or columns.get(entry.get("colname", "")) or first
    more = entry.get("morerows", "0")
    rows = int(more) + 1 if more.isdigit() and len(more) < 5 else 1
    return Slot(entry, span[1] - span[0] + 1 if span else 1, rows, begins[0] if begins else None)


def _is_leaf(element: Any) -> bool:
    """Text with at most inline elements in it."""
    return bool(element.text and element.text.strip())


def _hints(root: Any) -> Hints:
    identifier = None
    for meta in root.iter("meta"):
        found = find_identifier(meta.get("content", ""))
        if found and meta.get("name", "") in ("DC.identifier", "OVERHEIDop.externMetadataRecord"):
            identifier = found.text
            break
    values: dict[str, Any] = {"identifier": identifier}
    for element in root.iter("kamervraagomschrijving"):
        date = next(element.iter("datum"), None)
        if date is not None:
            values["submitted" if element.get("type") == "vraag" else "received"] = _date(date.get("isodatum"))
    for element in root.iter("kamervraagonderwerp"):
        values["subject"] = _SPACE.sub(" ", "".join(element.itertext())).strip() or None
        break
    for element in root.iter("kamervraagnummer"):
        digits = re.search(r"\d+", "".join(element.itertext()))
        values["aanhangsel"] = int(digits[0]) if digits else None
    for meta in root.iter("meta"):
        if meta.get("name") == "OVERHEIDop.vraagnummer":
            values["case_number"] = meta.get("content") or None
    piece = root.find(".//stuk")
    if piece is not None:
        title = piece.find("titel")
        named = _SPACE.sub(" ", "".join(title.itertext())).strip() if title is not None else ""
        values["kind"] = (
            "motie" if "MOTIE" in named.upper() else "amendement" if "AMENDEMENT" in named.upper() else None
        )
        values["subject"] = named or None
        date = next(piece.iter("datum"), None)
        values["received"] = _date(date.get("isodatum")) if date is not None else None
    return Hints(**values)


def _date(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
