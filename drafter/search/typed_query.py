"""A search as people type it: words with filters between them, such as ``minister:Zeewier na:2024-01-01``."""

from __future__ import annotations

import datetime
import difflib
import re
from dataclasses import dataclass, replace
from typing import Any

from answers_bank.documents import Kind
from answers_bank.store.stored import Filters
from embeddings.errors import UsageError

KINDS = {
    "antwoord": Kind.ANSWER,
    "vragen": Kind.QUESTIONS,
    "uitstel": Kind.DEFERRAL,
    "brief": Kind.LETTER,
    "mondeling": Kind.ORAL,
    "overig": Kind.OTHER,
}
NAMES = ("minister", "portefeuille", "partij", "dossier", "soort", "na", "voor")
_FILTER = re.compile(r"(?<!\S)([a-z]+):(\"[^\"]*\"|\S*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BankQuery:
    """What was typed, taken apart."""

    text: str
    filters: Filters
    before: datetime.date | None = None


def parse_query(typed: str) -> BankQuery:
    """The words and the filters of `typed`. A filter without a value yet is passed over, for the user is typing it.

    Raises:
        UsageError: a filter's value is not understood.
    """
    filters = Filters()
    before = None
    for match in _FILTER.finditer(typed):
        name, value = match[1].lower(), match[2].strip('"').strip()
        if name not in NAMES or not value:
            continue
        if name == "na":
            filters = replace(filters, after=_day(value))
        elif name == "voor":
            before = _day(value)
        elif name == "soort":
            filters = replace(filters, kinds=filters.kinds | {_kind(value)})
        else:
            field = {"portefeuille": "portfolio", "partij": "party"}.get(name, name)
            change: dict[str, Any] = {field: value}
            filters = replace(filters, **change)
    text = " ".join(_FILTER.sub(lambda m: "" if m[1].lower() in NAMES else m[0], typed).split())
    return BankQuery(text, filters, before)


def _day(value: str) -> datetime.date:
    for pattern, form in ((r"\d{4}", "{}-01-01"), (r"\d{4}-\d{2}", "{}-01"), (r"\d{4}-\d{2}-\d{2}", "{}")):
        if re.fullmatch(pattern, value):
            try:
                return datetime.date.fromisoformat(form.format(value))
            except ValueError:
                break
    raise UsageError(
        f"‘{value}’ is geen datum.", "Schrijf een jaar (2024), een maand (2024-03) of een dag (2024-03-31)."
    )


def _kind(value: str) -> Kind:
    if value.lower() in KINDS:
        return KINDS[value.lower()]
    near = [name for name in KINDS if name.startswith(value.lower())] or difflib.get_close_matches(value, KINDS)
    if near:
        return KINDS[near[0]]
    raise UsageError(f"‘{value}’ is geen soort stuk.", f"Kies uit: {', '.join(KINDS)}.")
