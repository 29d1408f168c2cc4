"""Search requests in a file: one JSON object a line."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from answers_bank.store.stored import Filters
from drafter.search.values import Mode, SearchQuery
from embeddings.errors import InputError

_FIELDS = "id, text, en zo nodig before (JJJJ-MM-DD) en portfolio"


def read_queries(
    path: Path,
    k: int,
    mode: Mode,
    filters: Filters,
    before: datetime.date | None,
    portfolio: str | None,
    *,
    undated: bool = False,
) -> list[tuple[str, SearchQuery]]:
    """The id and query of each line; what else is given counts where a line does not say so itself.

    A line with a day of its own finds nothing that has no date, see `SearchQuery.undated`.

    Raises:
        InputError: the file cannot be read, or a line is no such object.
    """
    try:
        # Only a line feed ends a line: JSON may hold other marks that end lines, such as U+2028, as they are.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} kan niet worden gelezen.", "Geef een tekstbestand in UTF-8.") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        hint = f"Elke regel is een JSON-object met {_FIELDS}."
        try:
            row = json.loads(line)
            text, day, addressee = row["text"], row.get("before"), row.get("portfolio")
            if not isinstance(text, str) or not isinstance(addressee, str | None):
                raise TypeError
            no_date = undated and not day
            limit = datetime.date.fromisoformat(day) if day else before
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise InputError(f"{path}, regel {number}: geen geldige zoekvraag.", hint) from error
        identifier = str(row.get("id", number))
        query = SearchQuery(text, k, mode, limit, addressee or portfolio, filters, undated=no_date)
        found.append((identifier, query))
    return found
