"""Dutch sentences and their spans.

One splitter for every room: reuse, checks and the index must agree on what a sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from answers_bank.dutch.patterns import one_of, word_list
from answers_bank.dutch.time.dates import MONTH_NUMBERS, MONTHS

# Never end a sentence, whatever follows.
_INSIDE = frozenset(
    "a.g.v art arts bijl bijv blz ca cf cie d.d d.w.z dd dhr dr drs ds evt excl fig hfdst hfst hst i.c i.c.m i.e "
    "i.g.v i.h.b i.h.k.v i.o i.o.m i.p.v i.s.m i.t.t i.v.m incl ing inz ir jhr jkvr jo kamerst kst m.a.w m.b.t "
    "m.b.v m.h.o m.i m.i.v m.m m.n m.u.v mevr mgr mr mrs n.a.v nl nr nrs o.a o.b.v o.g.v o.l.v o.m o.v.v p p.a "
    "pag par pp prof r.k r.o resp s.v.p st stb stcrt t.a.v t.b.v t.g.v t.h.v t.k.v t.n.v t.o.v t.w t.z.v t/m tel "
    "trb v.a vgl vlg vs w.o z.g z.s.m zgn".split()
)
# May end a sentence: they do when a capital follows.
_EITHER = frozenset("jl ll a.s c.s c.q e.a e.d e.v enz etc e.o max min mld mln n.v.t n.chr v.chr".split())
# Words that are no end where what they are short for goes on: "Hand. II", "de max. 5".
_BEFORE_NUMBER = re.compile(r"(?:I{1,3}|IV|V|TK|EK|\d)")
_NUMBERED_WORKS = frozenset("hand aanh pb jurispr".split())

_SHORT_MONTHS = frozenset(MONTH_NUMBERS) - frozenset(MONTHS)

_END = re.compile(
    r"""(?P<mark>[.!?…]+)                # the closing mark
        (?P<tail>["'’”»)\]]*             # closing quotes and brackets
        (?:\s?\[(?:footnoteRef:)?\d+\s?\])*  # note marks of earlier extractions: "[3]", " [3 ]"
        (?:(?<=[a-zà-ÿ)][.!?])\d{1,3})?)  # one printed against the full stop: "gedeeld.18 Hierin"
        (?P<space>\s+)(?=(?P<next>["'‘’“«(\[•–-]*\s?[\w€]))""",
    re.VERBOSE,
)
# Text that lost its spaces: "opgelost.Ten eerste". Not in web addresses, whose words are not followed by a space.
_GLUED = re.compile(r"(?<=[\w%)»”’])[.?!](?=[A-ZÀ-Þ][a-zà-ÿ]*[\s,][^/]|Ik\s)")
_GLUED_BEFORE = re.compile(r"(?:[a-zà-ÿ]{3}[)»”’]?|[A-ZÀ-Þ]{2}[)»”’]?|[a-zà-ÿ)]\s[\d.,]*\d[%)»”’]?)$")
_ADDRESS = re.compile(r"(?:www\.|https?:|@|/)\S*$")
# "'s Avonds", "’t Veld": a small letter that starts a sentence.
_CLITIC = re.compile(r"['’‘][snt]\s?-?[A-ZÀ-Þ]")
_BREAK = re.compile(r"[ \t]*\n[ \t]*(?:\n\s*|(?=[•▪◦*–-][ \t]|\(?[a-z0-9]{1,2}[.)][ \t]))")
_WORD_BEFORE = re.compile(r"[\w./]*\w$")
_INITIALS = re.compile(r"(?:^|[.\s(])(?:[A-Z]|Ch|Th|Ph|IJ)$")
_LONE_LETTER = re.compile(r"(?P<before>[\w’'-]+)\.?\s+[A-Z]$")
# "De Wulp", "Van der Meer", "In ’t Veld": a name that begins as a sentence does.
_SURNAME = re.compile(
    r"(?:De[nr]?|Van|Ter|Ten|Te|In|Op|Uit|Von|Het|Aan|Onder|Bij|Voor|[’'][tT])\s+(?:(?:de[nr]?|het|[’']t|la|le)\s+)*[A-ZÀ-Þ]"
)
_OPENER = re.compile(r"[A-ZÀ-Þ][\w’']*")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of `text`, in order, without surrounding white space.

    A blank line or the start of a list item always ends a sentence; a single line break does not. Everything but white
    space is inside exactly one span.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _paragraphs(text):
        begin = start
        for stop in _stops(text, start, end):
            _append(spans, text, begin, stop)
            begin = stop
        _append(spans, text, begin, end)
    return spans


def sentences(text: str) -> list[str]:
    """The sentences of `text` as strings."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    stops = [match.end("tail") for match in _END.finditer(text, start, end) if _ends_here(text, start, match)]
    for match in _GLUED.finditer(text, start, end):
        at = match.start()
        if text[at - 1].isupper() and text[max(at - 2, start)].isspace():
            lone = _LONE_LETTER.search(text, max(start, at - 40), at)
            ends = lone is not None and _named_by_letter().search(lone["before"]) is not None
        else:
            ends = _GLUED_BEFORE.search(text, max(start, at - 16), at) is not None
        if ends and not _ADDRESS.search(text, max(start, at - 80), match.end()):
            stops.append(match.end())
    yield from sorted(stops)


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    following = match["next"].strip()
    first = following.lstrip("\"'‘“«([•–- ")[:1]
    if _CLITIC.match(text, match.end("space")):
        first = "S"
    if match["mark"] != ".":
        # "(hoe?) dan" goes on; a question or exclamation ends where a capital, digit or quote follows.
        return not first.islower() or ("?" in match["mark"] and following[:1] in "•–-")
    before = _WORD_BEFORE.search(text, max(start, match.start() - 24), match.start())
    # Capitals are the name of a body ("de VS.") and no word that is written short.
    word = "" if before is None else before[0] if len(before[0]) > 1 and before[0].isupper() else before[0].lower()
    if first.islower():
        return following[:1] in "•–" and word not in _INSIDE
    if match["tail"] and not match["tail"].isdigit():
        return True
    if word in _INSIDE or (word in _NUMBERED_WORKS and _BEFORE_NUMBER.match(text, match.end("space"))):
        return False
    if _INITIALS.search(text, max(start, match.start() - 4), match.start()):
        return _letter_ends(text, start, match)
    if first.isdigit() and word in _SHORT_MONTHS:
        return False  # "17 dec. 2025"
    if word.isdigit() and first.isdigit():
        # "1. 2" and numbers in lists go on; a year ends its sentence.
        return len(word) == 4 and word[:2] in ("19", "20")
    if word in _EITHER:
        return first.isupper()
    # "1. De minister", "… af. 2. De Kamer": the number of a list item belongs to what follows.
    if word.isdigit() and len(word) <= 2:
        lead = text[start : match.start() - len(word)].rstrip()
        return bool(lead) and (lead[-1] not in ".?!:;" or _last_word(lead) in _INSIDE)
    return True


def _letter_ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a capital with a full stop ends a sentence: "categorie A. Dit geldt", and not "de heer B. De Wulp"."""
    before = _LONE_LETTER.search(text, max(start, match.start() - 40), match.start())
    if before is None:
        return False  # "J.A. Smit", "(S. Zee)"
    if _named_by_letter().search(before["before"]):
        return True
    at = match.end("space")
    opener = _OPENER.match(text, at)
    return opener is not None and opener[0] in _openers() and not _SURNAME.match(text, at)


@cache
def _named_by_letter() -> re.Pattern[str]:
    """What a letter gives a name to: categories, vitamins, annexes."""
    return re.compile(rf"{one_of('named_by_letter')}$", re.IGNORECASE)


@cache
def _openers() -> frozenset[str]:
    return frozenset(word_list("sentence_openers"))


def _last_word(text: str) -> str:
    found = _WORD_BEFORE.search(text.rstrip("."))
    return found[0].lower() if found else ""


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
