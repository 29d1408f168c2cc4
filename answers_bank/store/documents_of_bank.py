"""Looking up documents: by id, by what is known of them, by their official numbers, by who signed them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from answers_bank.documents import Document, Kind
from answers_bank.dutch import words as word_index
from answers_bank.store import document_rows
from answers_bank.store.annotations.annotations import About, Annotations
from answers_bank.store.annotations.corrections import corrected
from answers_bank.store.connection import AMONG, FILE_NAME, damaged, listed
from answers_bank.store.database import BankStore
from answers_bank.store.proof import document_crc
from answers_bank.store.stored import DocumentSummary, Filters, PersonSummary, Signature, stored_day

_DOCUMENT = """
SELECT key, id, kind, title, source, date, submitted, received, case_number, document_number, aanhangsel, session_year,
       dossier, dossier_number, url, sha256, crc
FROM document
"""


class DocumentLookup(BankStore):
    """The part of a bank that gives documents."""

    def __contains__(self, identifier: object) -> bool:
        return self.sql("SELECT 1 FROM document WHERE id = ?", (identifier,)).fetchone() is not None

    def document(self, identifier: str) -> Document:
        """The whole document, equal to what was added but for what people corrected.

        Raises:
            KeyError: there is none with this id.
        """
        return self._as_corrected(self.as_read(identifier))

    def as_read(self, identifier: str) -> Document:
        """The whole document as it was read, without what people corrected.

        Raises:
            KeyError: there is none with this id.
        """
        row = self.sql("SELECT content, content_hash FROM document WHERE id = ?", (identifier,)).fetchone()
        if not row:
            raise KeyError(identifier)
        try:
            return document_rows.unpacked(row[0], row[1])
        except ValueError as error:
            raise damaged(self.folder / FILE_NAME, f"document {identifier}") from error

    def _as_corrected(self, document: Document) -> Document:
        return corrected(document, Annotations(self).of(About.DOCUMENT, document.id))

    def documents(self, filters: Filters | None = None) -> list[DocumentSummary]:
        """Summaries of all documents that the filters allow: newest first, then by id."""
        conditions, values = _conditions(filters or Filters())
        return self._summaries(conditions, values)

    def summaries(self, keys: Sequence[int]) -> dict[int, DocumentSummary]:
        """Summaries of the documents that (still) exist among these row keys (`DocumentSummary.key`)."""
        return {summary.key: summary for summary in self._summaries(["key" + AMONG], [listed(keys)])}

    def summaries_of(self, identifiers: Sequence[str]) -> dict[str, DocumentSummary]:
        """Summaries of the documents that exist among these ids."""
        return {summary.id: summary for summary in self._summaries(["id" + AMONG], [listed(identifiers)])}

    def titles(self, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Id and title of the documents that (still) exist among these row keys, and nothing else of them."""
        rows = self.among("SELECT key, id, title FROM document WHERE key", keys)
        return {key: (identifier, title) for key, identifier, title in rows}

    def keys_of(self, filters: Filters) -> list[int]:
        """Row keys of the documents that the filters allow."""
        conditions, values = _conditions(filters)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return [row[0] for row in self.sql(f"SELECT key FROM document{where}", values)]  # noqa: S608 - our own

    def find_documents(
        self,
        *,
        case_number: str | None = None,
        document_number: str | None = None,
        aanhangsel: int | None = None,
        session_year: str | None = None,
        dossier: str | None = None,
        dossier_number: str | None = None,
    ) -> list[DocumentSummary]:
        """Documents by their official numbers, newest first; every number given must agree."""
        given = {
            "case_number": case_number,
            "document_number": document_number,
            "aanhangsel": aanhangsel,
            "session_year": session_year,
            "dossier": document_rows.dossier_key(dossier),
            "dossier_number": dossier_number,
        }
        named = {column: value for column, value in given.items() if value is not None}
        return self._summaries([f"{column} = ?" for column in named], list(named.values())) if named else []

    def later_letters(self, word: str, after: datetime.date, most: int) -> list[tuple[str, datetime.date, str]]:
        """Id, date and title of letters dated after a day whose title holds `word` (folded), oldest first."""
        rows = self.sql(
            "SELECT id, date, title FROM document WHERE date > ? AND kind = ? AND fold(title) LIKE ? "
            "ORDER BY date LIMIT ?",
            (after.isoformat(), Kind.LETTER.value, f"%{word}%", most),
        )
        return [(identifier, datetime.date.fromisoformat(date), title) for identifier, date, title in rows]

    def askers(self) -> list[tuple[str, str | None, str, datetime.date | None]]:
        """Name and party of everyone who asked, with the id and date of each document."""
        rows = self.sql(
            "SELECT DISTINCT person.name, person.party, document.id, document.date FROM person "
            "JOIN document ON document.key = person.document WHERE person.role = 'asker' AND person.name IS NOT NULL"
        )
        return [(name, party, identifier, stored_day(date)) for name, party, identifier, date in rows]

    def signatures(self, portfolio: str | None = None, before: datetime.date | None = None) -> list[Signature]:
        """Who answered for which portfolio when, newest first.

        Args:
            portfolio: a part of its name; case and accents do not count. None gives all.
            before: only documents dated before this day.
        """
        sql = (
            "SELECT name, portfolio, office, date, id "
            "FROM person JOIN document ON document.key = person.document "
            "WHERE role IN ('minister', 'on_behalf_of') AND name IS NOT NULL AND date IS NOT NULL"
        )
        values: list[object] = []
        if portfolio:
            sql += " AND instr(fold(coalesce(portfolio, '')), ?) > 0"
            values.append(word_index.fold(portfolio))
        if before:
            sql += " AND date < ?"
            values.append(before.isoformat())
        rows = self.sql(sql + " ORDER BY date DESC, id, role, position", values)
        return [
            Signature(name, portfolio, office, datetime.date.fromisoformat(date), document)
            for name, portfolio, office, date, document in rows
        ]

    def _summaries(self, conditions: Sequence[str], values: Sequence[object]) -> list[DocumentSummary]:
        with self.one_moment():
            return self._summaries_now(conditions, values)

    def _summaries_now(self, conditions: Sequence[str], values: Sequence[object]) -> list[DocumentSummary]:
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self.sql(f"{_DOCUMENT}{where} ORDER BY date IS NULL, date DESC, id", values).fetchall()
        sql = "SELECT document, role, name, party, portfolio, office FROM person"
        if where:
            sql += f" WHERE document IN (SELECT key FROM document{where})"  # noqa: S608 - conditions of our own
        people: dict[int, list[PersonSummary]] = {}
        for row in self.sql(sql + " ORDER BY document, role, position", values if where else ()):
            people.setdefault(row[0], []).append(PersonSummary(*row[1:]))
        said = Annotations(self).fields_of_documents([row[1] for row in rows] if where else None)
        return [self._summary(row, tuple(people.get(row[0], ())), said.get(row[1], ())) for row in rows]

    def _summary(self, row: Sequence[Any], people: tuple[PersonSummary, ...], said: tuple[str, ...]) -> DocumentSummary:
        proofs = [(p.role, p.name, p.party, p.portfolio, p.office) for p in people]
        if row[-1] is not None and document_crc(row[1:-1], proofs) != row[-1]:
            raise damaged(self.folder / FILE_NAME, f"document {row[1]}")
        return _summary(row[:-1], people, said)


def _conditions(filters: Filters) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def person(column: str, roles: str, value: str, whole: bool = False) -> None:
        test = f"fold({column}) = ?" if whole else f"instr(fold({column}), ?) > 0"
        conditions.append(
            f"key IN (SELECT document FROM person WHERE role IN ({roles}) AND {column} IS NOT NULL AND {test})"  # noqa: S608
        )
        values.append(word_index.fold(value))

    if filters.after:
        conditions.append("date >= ?")
        values.append(filters.after.isoformat())
    if filters.before:
        conditions.append("date < ?")
        values.append(filters.before.isoformat())
    if filters.kinds:
        conditions.append(f"kind IN ({', '.join('?' * len(filters.kinds))})")
        values += sorted(kind.value for kind in filters.kinds)
    if filters.dossier:
        conditions.append("dossier = ?")
        values.append(document_rows.dossier_key(filters.dossier))
    if filters.portfolio:
        person("portfolio", "'minister', 'on_behalf_of', 'addressee'", filters.portfolio)
    if filters.minister:
        person("name", "'minister', 'on_behalf_of'", filters.minister)
    if filters.party:
        person("party", "'asker'", filters.party, whole=True)
    return conditions, values


def _summary(row: Sequence[object], people: tuple[PersonSummary, ...], said: tuple[str, ...]) -> DocumentSummary:
    key, identifier, kind, title, source, date, submitted, received = row[:8]
    others: tuple[Any, ...] = (*row[8:], people, said)
    return DocumentSummary(
        str(identifier), int(str(key)), Kind(str(kind)), str(title), str(source),
        stored_day(date), stored_day(submitted), stored_day(received), *others,
    )  # fmt: skip
