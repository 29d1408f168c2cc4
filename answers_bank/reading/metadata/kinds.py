"""What a document is: answers, questions only, a deferral, a letter, oral questions, or something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers_bank.documents import Kind
from answers_bank.reading.blocks import Hints
from answers_bank.reading.metadata.letterhead import Metadata
from answers_bank.reading.structure.segments import Segment

_LATE = (
    r"(?:niet|onmogelijk)\s*[^.?]{0,120}?binnen\s*(?:de\s*|die\s*)?(?:daarvoor\s*)?(?:gebruikelijke\s*|gestelde\s*|gevraagde\s*)?"
    r"(?:beantwoordings)?(?:termijn|drie\s*weken)"
)
_LATE += r"|binnen\s*(?:de|die)\s*(?:\w+\s*)?(?:beantwoordings)?termijn[^.?]{0,80}\b(?:niet|onmogelijk)\b"
_NOT_IN_TIME = re.compile(_LATE, re.IGNORECASE)
_ANNOUNCED = re.compile(r"Mededeling\s*van\s*(?:de\s*)?(?:minister|staatssecretaris)|" + _LATE, re.IGNORECASE)
_DEFERRAL = re.compile(_LATE + r"|uitstelbericht|uitstel\s+(?:van\s+(?:de\s+)?)?beantwoording", re.IGNORECASE)
# A short letter on written questions that says so in other words.
_ASKED = re.compile(
    r"\b(?:het\s+(?:Kamer)?lid|de\s+(?:Kamer)?leden)\b[^.?!]{0,250}\bvragen\s+(?:gesteld|ingezonden)"
    r"|\b[Vv]ragen\s+(?:van|door)\s+(?:het|de)\s+(?:Kamer)?(?:lid|leden)\b|\bschriftelijke\s+vragen\b|\bKamervragen\b"
)
_MORE_TIME = re.compile(
    r"\bmeer\s+tijd\b|\blanger\s+(?:\w+\s+)?dan\b|\bmeer\s+dan\s+drie\s+weken\b|\bniet\s+(?:tijdig|op\s+tijd)\b"
    r"|\bkomt?\s+(?:later|zo\s+spoedig)|\buitstel\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:bijlage|bijgevoegd|bijgaand|hierbij\s+(?:zend|stuur|bied|ontvangt)|hierna|onderstaand|doe\s+ik\s+u)\b",
    re.IGNORECASE,
)
_SHORT_LETTER = 2500
"""Characters; a deferral gives its reasons in a few sentences."""

_ORAL = re.compile(r"\bmondelinge\s+vra(?:ag|gen)\b|\bvragenuur\b|Handelingen\s+TK\b.*\bVragen\b", re.IGNORECASE)
_LETTER = re.compile(
    r"\bBRIEF\s+VAN\s+DE\b|\bBrief\s+(?:regering|van\s+de)\b|Aan\s+de\s+Voorzitter\s+van\s+de|Geachte\s+[Vv]oorzitter"
    r"|\b[Uu]w\s+Kamer\b"
)
_PAPER = re.compile(r"\b(?:MOTIE|AMENDEMENT|VOORSTEL\s+VAN\s+WET|MEMORIE|VERSLAG|NOTA\s+NAAR)\b")
_SIGNED = re.compile(r"(?:^|\n)\s*De\s+(?:minister|staatssecretaris)\b", re.IGNORECASE)


def kind_of(parts: Sequence[Segment], head: str, found: Metadata, hints: Hints) -> Kind:
    """The kind, from the parts that were found and the words of the head."""
    answered = [part for part in parts if part.kind == "answer" and part.blocks]
    asked = [part for part in parts if part.kind == "question"]
    deferred = [part for part in parts if part.kind == "deferral"]
    if hints.kind and hints.kind.lower() in ("motie", "amendement"):
        return Kind.OTHER
    if answered and (asked or len(answered) > 1):
        said = " ".join(block.text for part in answered for block in part.blocks)
        # One answer to everything that says nothing but that the answer comes later.
        deferred_all = len(answered) == 1 and len(asked) != 1 and len(said) < 900 and _NOT_IN_TIME.search(said)
        return Kind.DEFERRAL if deferred_all else Kind.ANSWER
    if asked:
        if deferred or _ANNOUNCED.search(head):
            return Kind.DEFERRAL
        return Kind.QUESTIONS
    if deferred or (found.questions_heading and _DEFERRAL.search(head)):
        return Kind.DEFERRAL
    if not answered and _ASKED.search(head) and _defers(head):
        return Kind.DEFERRAL
    if answered:
        return Kind.ANSWER
    if _ORAL.search(head[:1500]) and not _PAPER.search(head[:300]):
        return Kind.ORAL
    if _PAPER.search(head[:1500]):
        return Kind.OTHER
    if _LETTER.search(head) or _SIGNED.search(head):
        return Kind.LETTER
    return Kind.OTHER


def _defers(text: str) -> bool:
    """Whether a letter on written questions says no more than that their answers come later."""
    if _ANNOUNCED.search(text):
        return len(text) < 2 * _SHORT_LETTER
    return len(text) < _SHORT_LETTER and bool(_MORE_TIME.search(text)) and not _NOW.search(text)
