"""What sort of answer a part of a question wants, and whether a sentence gives that sort."""

from __future__ import annotations

import re
from enum import StrEnum

from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.expressions import find_times
from drafter.checks.comparison.statements.items import ItemKind
from drafter.checks.comparison.statements.statement import Statement


class Wanted(StrEnum):
    """The sort of answer that is wanted."""

    FIGURE = "figure"
    """ "Hoeveel", "hoe vaak", "welk percentage"."""

    MOMENT = "moment"
    """ "Wanneer", "binnen welke termijn"."""

    NAME = "name"
    """ "Wie", "door welke instantie"."""

    REASON = "reason"
    """ "Waarom"."""

    YES_OR_NO = "yes or no"
    """ "Klopt het", "deelt u de mening"."""

    WILL = "will"
    """ "Bent u bereid": a yes or no that says what will be done."""

    OPINION = "opinion"
    """ "Hoe beoordeelt u", "wat is uw reactie"."""

    CONTENT = "content"
    """ "Welke", "hoe", "wat": no form tells an answer, only what it speaks of."""

    @property
    def is_yes_or_no(self) -> bool:
        """Whether yes or no answers it."""
        return self in (Wanted.YES_OR_NO, Wanted.WILL)


_FIGURE = re.compile(
    r"\b(?:hoeveel|hoe\s+(?:vaak|groot|hoog|lang|duur|veel|oud)|(?:welk|wat\s+is\s+het)\s+(?:percentage|aantal|aandeel|bedrag|deel)"
    r"|wat\s+(?:kost|kosten|zijn\s+de\s+kosten|bedraagt|bedragen))\b",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"\b(?:wanneer|per\s+wanneer|sinds\s+wanneer|tot\s+wanneer|(?:binnen|op)\s+welke\s+termijn|welke\s+(?:datum|termijn|planning)|"
    r"wat\s+is\s+de\s+(?:planning|termijn|datum)|tijdpad|tijdlijn)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(?:wie|(?:door|bij|met|aan|van)\s+wie|welke\s+(?:\w+\s+)?(?:instanties?|organisaties?|partijen|minister|bewindspersoon|"
    r"toezichthouders?|autoriteit(?:en)?|dienst(?:en)?|landen|gemeenten|provincies|bedrijven|instellingen))\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:hoe|wat)\s+(?:\w+\s+){0,2}?(?:(?:be)?oordeelt|duidt|weegt|waardeert|kijkt|reflecteert|reageert|vindt|denkt)\s+u\b"
    r"|\b(?:uw|de)\s+(?:\w+\s+)?(?:reactie|appreciatie|oordeel|mening|opvatting|duiding|weging|visie|standpunt)\b",
    re.IGNORECASE,
)
_OWN_VIEW = re.compile(
    r"\b(?:ik|mij|mijn|mijns|wij|we|ons|kabinet|betreur\w*|zorgelijk|ernstig|verontrustend|onwenselijk)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:waarom|waardoor|wat\s+is\s+de\s+reden|om\s+welke\s+reden(?:en)?|hoe\s+komt\s+het)\b", re.IGNORECASE
)
_VERB_FIRST = re.compile(rf"\W*(?:\w\W\s)?(?:en\s+|of\s+)?{one_of('yes_no_verbs')}\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\W*(?:\w\W\s)?(?:(?:en|of|zo\s+\w+|indien\s+\w+)\W+)?(?:(?:op|in|aan|met|voor|van|over|bij|door|uit|tot|om|naar|onder)\s+)?"
    r"(?:welke?|wat|hoe\w*|waar\w*|waarom|wanneer|wie|graag|hoeverre|met\s+name)\b",
    re.IGNORECASE,
)
_ASKS_WITHIN = re.compile(
    r"\b(?:aangeven|toelichten|uiteenzetten|vertellen|zeggen|uitleggen|inzichtelijk\s+maken|specificeren|onderbouwen|motiveren|uitgebreid)\b",
    re.IGNORECASE,
)
_WILLING = re.compile(
    r"\W*(?:\w\W\s)?(?:en\s+|of\s+)?"
    r"(?:(?:gaat|wilt|zult)\s+u\b|(?:bent\s+u|is\s+het\s+kabinet)\b.*?\b(?:bereid|voornemens|van\s+plan)\b)",
    re.IGNORECASE,
)
# Who acts; "als" only says what would follow.
_ACTS = re.compile(
    r"\b(?:ik|mij|mijn|wij|we|ons|kabinet|Nederland|ministerie|bereid|zal|zullen|voornemens)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\W*(?:als|indien|wanneer)\b", re.IGNORECASE)
_MARK = re.compile(r"\[\d+\s?\]")
_WHY = re.compile(rf"\b{one_of('reasons')}\b", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"\b(?:niet\s+(?:\w+\s+){0,3}(?:bekend|beschikbaar|bijgehouden|geregistreerd|te\s+zeggen|te\s+geven|vast|mogelijk)|geen\s+"
    r"(?:\w+\s+){0,2}(?:cijfers|gegevens|informatie|zicht|inzicht|overzicht|registratie|datum|planning|uitspraken))\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:geen|nul|niemand|nooit|nimmer|alle|elke|ieder(?:e|een)?|enkele|tientallen|honderden|duizenden)\b",
    re.IGNORECASE,
)
_SOON = re.compile(r"\b(?:zodra|reeds|nadat|voordat|direct|onmiddellijk)\b", re.IGNORECASE)
_COUNTED = frozenset(
    {ItemKind.AMOUNT, ItemKind.SHARE, ItemKind.NUMBER, ItemKind.MEASURE, ItemKind.TERM, ItemKind.FREQUENCY}
)


def wanted(part: str) -> Wanted:
    """The sort of answer that a part of a question wants."""
    for pattern, sort in (
        (_FIGURE, Wanted.FIGURE), (_MOMENT, Wanted.MOMENT), (_REASON, Wanted.REASON), (_NAME, Wanted.NAME),
        (_OPINION, Wanted.OPINION),
    ):  # fmt: skip
        # "Deelt u de mening dat wie …" asks for an opinion, "Kunt u aangeven wie …" for a name.
        match = pattern.search(part)
        if match and (not _VERB_FIRST.match(part) or _ASKS_WITHIN.search(part[: match.start()])):
            return sort
    if _OPEN.match(part) or (_VERB_FIRST.match(part) and _ASKS_WITHIN.search(part)):
        return Wanted.CONTENT
    return Wanted.WILL if _WILLING.match(part) else Wanted.YES_OR_NO


def gives(sort: Wanted, said: Statement) -> bool:
    """Whether a sentence gives that sort of answer, or says that there is none."""
    if sort in (Wanted.CONTENT, Wanted.YES_OR_NO):
        return True
    if sort is Wanted.WILL:
        return _ACTS.search(said.text) is not None and _IF.match(said.text) is None
    if _UNKNOWN.search(said.text):
        return True
    if sort is Wanted.OPINION:
        return _OWN_VIEW.search(said.text) is not None
    kinds = {item.kind for item in said.items if not _MARK.match(said.text, max(0, item.start - 1))}
    if sort is Wanted.FIGURE:
        return bool(kinds & _COUNTED) or _NONE.search(said.text) is not None
    if sort is Wanted.MOMENT:
        timed = bool(kinds & {ItemKind.DATE, ItemKind.TERM}) or bool(find_times(said.text, None))
        return timed or _SOON.search(said.text) is not None
    if sort is Wanted.REASON:
        return _WHY.search(said.text) is not None
    return bool(said.names)
