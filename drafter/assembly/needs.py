"""What a question asks, as far as that decides which earlier answers may be taken over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from answers_bank.documents import Question
from answers_bank.dutch.clauses import clauses, plain_names
from answers_bank.dutch.sentences import sentences


class Ask(StrEnum):
    """The sort of thing that is asked."""

    CONTENT = "content"
    ACQUAINTANCE = "acquaintance"
    """"Bent u bekend met het bericht …?": about one publication and nothing else."""

    REACTION = "reaction"
    """"Wat is uw reactie op dit bericht?": about one publication or event and nothing else."""

    PROCEDURE = "procedure"
    """"Kunt u deze vragen afzonderlijk beantwoorden?": about this set and nothing else."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to be answered."""

    label: str | None
    """"a", "b"; None where it has no letter."""

    text: str
    """As asked."""

    search: str
    """What to search with: the text, with what it leans on ("Zo ja, welke?") before it."""

    ask: Ask
    conditional: bool = False
    """"Zo nee, waarom niet?": asks nothing new, is answered where the question before it is."""


# What a minister may be acquainted with, also as the last part of a compound ("krantenartikel").
_PUBLICATION = (
    r"(?:berichten|bericht|berichtgeving|artikelen|artikel|stuk(?:ken)?|uitzending(?:en)?|reportages?|onderzoek(?:en)?|"
    r"rapport(?:en)?|brief|brieven|interviews?|columns?|opinie\w*|nieuws|podcasts?|documentaires?|video['’]?s?|"
    r"filmpjes?|beelden|publicaties?|petities?|enquêtes?|peiling(?:en)?|blogs?|tweets?|posts?|verhaal|verhalen|"
    r"advertenties?|persbericht(?:en)?|aflevering(?:en)?|factsheets?|studies?|analyses?|noodkreet|uitspraken|"
    r"oproep(?:en)?|manifest|signaal|signalen|klachten|boek(?:en)?|website|mediabericht(?:en)?)"
)
_ACQUAINTED = re.compile(
    r"(?:bent|is|was|zijn)\s+(?:u|de\s+\w+|het\s+kabinet)\s+(?:\w+\s+){0,3}?(?:bekend|op\s+de\s+hoogte)\b|"
    r"\bken(?:t|nen)\s+u\b|"
    r"(?:heeft|hebt|hebben)\s+u\s+(?:\w+\s+){0,3}?kennis\s*(?:genomen|gemaakt)|"
    r"(?:heeft|hebt)\s+u\s+.{0,200}?\b(?:gelezen|gezien|bekeken|kennisgenomen)\b",
    re.IGNORECASE | re.DOTALL,
)
_OF_PUBLICATION = re.compile(
    rf"(?:met|van|over|kent\s+u|heeft\s+u|hebt\s+u)\s+(?:[^.?]{{0,60}}?)\b[\w-]*{_PUBLICATION}\b", re.IGNORECASE
)
_OPINION = (
    r"^(?:zo\s+ja,?\s+)?(?:en\s+)?(?:wat|hoe|welke|kunt\s+u|wilt\s+u)\b.{0,60}?\b(?:reactie|reageert|appreciatie|oordeel|"
    r"mening|opvatting|duiding|weging|indruk|vindt\s+u|(?:be)?oordeelt\s+u)\b.{0,60}?\b"
)
_REACTION = re.compile(
    rf"{_OPINION}(?:dit|deze|die|dat|het|de|genoemde|bovengenoemde)\s+(?:\w+\s+){{0,2}}?[\w-]*"
    rf"(?:{_PUBLICATION}|zaak|incident|voorval|gebeurtenis(?:sen)?)\b",
    re.IGNORECASE | re.DOTALL,
)
_REACTION_TO_IT = re.compile(rf"{_OPINION}(?:hier|daar)(?:op|van|over)\b", re.IGNORECASE | re.DOTALL)
_THESE_QUESTIONS = re.compile(
    r"\b(?:deze|bovenstaande|bovengenoemde|onderhavige|de|alle)\s+(?:\w+\s+){0,2}?vragen\b.{0,160}?\bbeantwoord|"
    r"\bbeantwoord\w*.{0,120}?\b(?:deze|bovenstaande|bovengenoemde|alle)\s+(?:\w+\s+){0,2}?vragen\b|"
    r"\belke\s+(?:deel)?vraag\s+(?:\w+\s+){0,3}?beantwoord",
    re.IGNORECASE | re.DOTALL,
)
_SEPARATELY = re.compile(
    r"\b(?:afzonderlijk|apart|separaat|los\s+van\s+elkaar|[ée]{1,2}n\s+voor\s+[ée]{1,2}n|ieder\w*\s+voor\s+zich|per\s+vraag|"
    r"elke\s+(?:deel)?vraag)\b",
    re.IGNORECASE,
)
# A sentence that means nothing without the one before it.
_LEANS = re.compile(
    r"^(?:zo\s+(?:ja|nee|niet|neen)|indien\s+(?:ja|nee|niet|zo)|als\s+(?:dat|dit)\s+|en\b|of\b|waarom\s+(?:wel|niet)\b|"
    r"(?:wat|hoe|welke|wanneer|waarom|op\s+welke\s+(?:wijze|manier))\b(?=.{0,40}$)|hoe\s+(?:verhoudt|verklaart|beoordeelt|"
    r"duidt|kijkt)\b.{0,30}\b(?:dit|dat|deze|die|hier\w*|daar\w*)\b|.{0,60}\b(?:hier(?:van|voor|op|mee|over|tegen|aan|bij)?"
    r"|daar(?:van|voor|op|mee|over|tegen|aan|bij|toe)?|dit|dat|deze|die)\b.{0,30}$)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:zo|indien|als)\s+(?:ja|nee|neen|niet|zo)\b.{0,8}?\b(?:waarom(?:\s+(?:wel|niet))?|hoe|hoezo|welke?|wanneer)?\W*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[‘'“\"«](?P<title>[^‘’“”\"«»]{8,200}?)[’'”\"»](?!\w)")


def ask_of(text: str) -> Ask:
    """The sort of thing that `text`, one question or sub-question, asks."""
    if _THESE_QUESTIONS.search(text):
        return Ask.PROCEDURE
    if (match := _ACQUAINTED.search(text)) and _OF_PUBLICATION.search(text, match.start()):
        return Ask.ACQUAINTANCE
    if len(text.split()) <= 25 and _REACTION.search(text):
        return Ask.REACTION
    return Ask.CONTENT


def needs(question: Question) -> tuple[Need, ...]:
    """What has to be answered for `question`: its sub-questions, each taken apart into what it asks."""
    parts = [(s.label, s.text) for s in question.sub_questions]
    if len(parts) < 2:
        parts = [(parts[0][0] if parts else None, question.text)]
    found: list[Need] = []
    context = ""
    for label, part in parts:
        pieces = clauses(part)
        for number, text in enumerate(pieces):
            # What follows "en" shares its subject with what stands before it.
            leans = number > 0 or bool(_LEANS.match(text.strip()))
            search = plain_names(f"{context} {text}".strip() if leans else text)
            ask = ask_of(text)
            if ask is Ask.CONTENT and found and found[-1].ask is Ask.ACQUAINTANCE and _REACTION_TO_IT.search(text):
                ask = Ask.REACTION
            found.append(Need(label, text, search, ask, bool(_CONDITION.match(text.strip()))))
            if not leans:
                context = text
    return tuple(found)


def wants_separate_answers(questions: tuple[Question, ...]) -> bool:
    """Whether the members ask not to combine answers."""
    return any(
        _THESE_QUESTIONS.search(sentence) and _SEPARATELY.search(sentence)
        for question in questions
        for sentence in sentences(question.text)
    )


def named_titles(text: str) -> frozenset[str]:
    """Titles between quotation marks, in lower case without punctuation: the publications that `text` is about."""
    titles = (re.sub(r"\W+", " ", match["title"]).strip().lower() for match in _QUOTED.finditer(text))
    return frozenset(title for title in titles if len(title) >= 12)
