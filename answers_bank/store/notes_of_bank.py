"""Looking up footnotes: by the words they hold."""

from __future__ import annotations

import datetime

from answers_bank.store.database import BankStore
from answers_bank.store.stored import stored_day


class NoteLookup(BankStore):
    """The part of a bank that gives footnotes."""

    def notes_holding(self, words: str) -> list[tuple[str, datetime.date | None, str]]:
        """Document id, its date and the text of every note that holds `words` as they stand."""
        rows = self.sql(
            "SELECT document.id, document.date, footnote.text FROM footnote "
            "JOIN document ON document.key = footnote.document WHERE footnote.text LIKE ?",
            (f"%{words}%",),
        )
        return [(identifier, stored_day(date), text) for identifier, date, text in rows]

    def count_notes(self, words: str, most: int) -> int:
        """How many notes hold `words`; no more than `most` are counted."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM footnote WHERE text LIKE ? LIMIT ?)"
        return int(self.sql(sql, (f"%{words}%", most)).fetchone()[0])

    def later_with_note(self, words: str, after: datetime.date, most: int) -> list[tuple[str, datetime.date]]:
        """Id and date of documents dated after a day with a note that holds `words`, spaces aside; newest first."""
        rows = self.sql(
            "SELECT DISTINCT document.id, document.date FROM footnote "
            "JOIN document ON document.key = footnote.document "
            "WHERE replace(footnote.text, ' ', '') LIKE ? AND document.date > ? ORDER BY document.date DESC LIMIT ?",
            (f"%{words.replace(' ', '')}%", after.isoformat(), most),
        )
        return [(identifier, datetime.date.fromisoformat(date)) for identifier, date in rows]
