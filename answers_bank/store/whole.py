"""Whether a bank that somebody else left behind is whole: a copy, one that was damaged, one of a program that died.

SQLite reads over rows that became unreadable in some ways, and it cannot know that another word stands in a row. What
it passes over nobody would miss, so a strange file is looked over once, before anything is read from it.
"""

from __future__ import annotations

import sqlite3

_CHECKS = (
    ("de opbouw klopt niet", "SELECT integrity_check FROM pragma_integrity_check(1) WHERE integrity_check <> 'ok'"),
    ("rijen horen nergens bij", "SELECT 1 FROM pragma_foreign_key_check LIMIT 1"),
    (
        "een stuk is anders dan het is opgenomen",
        """SELECT 1 FROM document WHERE crc IS NOT NULL AND crc <> crc32(
            id, kind, title, source, date, submitted, received, case_number, document_number, aanhangsel, session_year,
            dossier, dossier_number, url, sha256,
            (SELECT group_concat(proof, '/') FROM (
                SELECT crc32(role, name, party, portfolio, office) AS proof FROM person
                WHERE person.document = document.key ORDER BY role, position))) LIMIT 1""",
    ),
    (
        "een alinea is anders dan zij is opgenomen",
        """SELECT 1 FROM passage WHERE crc IS NOT NULL AND crc <> crc32(
            position, text, start, "end",
            (SELECT numbers FROM question WHERE question.key = passage.question),
            (SELECT numbers FROM answer WHERE answer.key = passage.answer),
            (SELECT heading FROM section WHERE section.key = passage.section)) LIMIT 1""",
    ),
    (
        "een stuk tekst wijst naar een ander stuk",
        """SELECT 1 FROM piece
        LEFT JOIN passage AS first ON first.key = piece.first LEFT JOIN passage AS last ON last.key = piece.last
        WHERE first.document IS NOT piece.document OR last.document IS NOT piece.document
        OR first.position > last.position LIMIT 1""",
    ),
    (
        "een verbetering is anders dan zij is gezegd",
        """SELECT 1 FROM annotation LEFT JOIN history USING (generation)
        WHERE json_extract(change, '$[1]') IS NOT about OR json_extract(change, '$[2]') IS NOT subject
        OR json_extract(change, '$[3]') IS NOT field OR json_extract(change, '$[4]') IS NOT value LIMIT 1""",
    ),
)
"""What is wrong where a statement gives a row. Vectors are not among them: they are proved when they are read, and are
made again by rebuilding, for which the bank must open."""


def first_fault(connection: sqlite3.Connection) -> str:
    """What is wrong with a bank, in Dutch; empty when it is whole. Reads most of it: a second for 60,000 passages.

    Raises:
        BankError: it cannot even be read.
    """
    for fault, statement in _CHECKS:
        try:
            if connection.execute(statement).fetchone() is not None:
                return fault
        except sqlite3.OperationalError:  # the name of a table or column is another one
            return _CHECKS[0][0]
    return ""
