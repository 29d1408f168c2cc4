"""Whether everything that is asked is answered (dekking)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import Stemmer

from answers_bank.documents import Answer, Document, Kind, Question, SubQuestion
from answers_bank.dutch.patterns import one_of, word_list
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.dutch.time.expressions import find_times
from drafter.checks.coverage.pointers import POINTS, points
from drafter.checks.coverage.terms import terms
from drafter.checks.finding import Context, Finding, Near, Subject
from drafter.checks.rules import rule as rule_of

if TYPE_CHECKING:
    from drafter.dossier.value import Coverage

_WORD = re.compile(r"[^\W\d_]{3,}")
_WHY = re.compile(rf"\b{one_of('reasons')}\b", re.IGNORECASE)
_YES_NO = re.compile(r"^(?:ja|nee|neen)\b", re.IGNORECASE)
# "Die mening deel ik niet", "Daartoe ben ik niet bereid", "Dat klopt."
_NO_OTHERWISE = re.compile(rf"\b{one_of('no_otherwise')}\b", re.IGNORECASE)
_YES_OTHERWISE = re.compile(rf"^{one_of('yes_otherwise')}\b", re.IGNORECASE)
_SOON = re.compile(r"\b(?:binnenkort|spoedig|zodra|reeds|al|nog)\b", re.IGNORECASE)
_FOLLOW = re.compile(r"\b(?P<if>zo|indien)\s+(?P<which>ja|nee|neen|niet)\b[^?]*\??", re.IGNORECASE)
_APART = re.compile(
    rf"(?:vragen|vraag|deze)\b[^.?]{{0,60}}\b{one_of('apart')}\b[^.?]{{0,40}}\bbeantwoord", re.IGNORECASE
)
_REFUSAL = re.compile(rf"\b{one_of('withholding')}\b[^.]{{0,80}}?\b{one_of('withheld')}\b", re.IGNORECASE)
_GROUND = re.compile(one_of("grounds"), re.IGNORECASE)
_VERB_FIRST = re.compile(rf"\W*(?:\w\W\s)?{one_of('yes_no_verbs')}\b", re.IGNORECASE)


class CoverageCheck:
    """The coverage check."""

    name = "coverage"

    def run(self, subject: Subject, context: Context) -> Iterable[Finding]:
        """Findings in the order of the text; nothing for what is no set of answers."""
        document = subject.document
        if document is None or document.kind not in {Kind.ANSWER, Kind.DEFERRAL}:
            return ()
        found = list(terms(document, context.bank))
        if document.kind is Kind.ANSWER and document.questions:
            found += [*_unanswered(document), *_combined(document), *points(document)]
            for answer in document.answers:
                found += [*_answer(document, answer, context.near), *_refusals(answer)]
        return sorted(found, key=lambda f: (f.start, f.end))


def _finding(
    name: str, document: Document, start: int, end: int, quote: str, detail: str = "", question: int | None = None
) -> Finding:
    rule = rule_of("coverage", name)
    quote = " ".join(quote.split())
    shown = quote if len(quote) <= 140 else quote[:140].rsplit(" ", 1)[0] + " …"
    return Finding(
        check="coverage",
        rule=name,
        severity=rule.severity,
        start=start,
        end=end,
        quote=quote,
        message=" ".join(rule.message.format(quote=shown, detail=f" {detail}" if detail else "").split()),
        question=question,
    )


def _unanswered(document: Document) -> Iterator[Finding]:
    answered = {n for a in document.answers if a.text.strip() for n in a.numbers}
    for question in document.questions:
        missing = [n for n in question.numbers if n not in answered]
        if missing:
            yield _finding(
                "no-answer", document, question.start, question.end, question.text,
                f"Op vraag {_listed(missing)} staat geen antwoord.", missing[0],
            )  # fmt: skip


def _listed(numbers: Sequence[int]) -> str:
    head = [str(n) for n in numbers]
    return head[0] if len(head) == 1 else ", ".join(head[:-1]) + " en " + head[-1]


def _combined(document: Document) -> Iterator[Finding]:
    asked = next((q for q in document.questions if _APART.search(q.text)), None)
    if asked is None:
        return
    for answer in document.answers:
        numbers = [n for n in answer.numbers if n not in asked.numbers]
        if len(numbers) > 1 and answer.paragraphs:
            first = answer.paragraphs[0]
            yield _finding(
                "combined",
                document,
                first.start,
                first.end,
                "",
                f"Vraag {_listed(numbers)} zijn samen beantwoord.",
                numbers[0],
            )


def _answer(document: Document, answer: Answer, near: Near | None) -> Iterator[Finding]:
    text = answer.text
    for number in answer.numbers:
        question = document.question(number)
        if question is None:
            continue
        yield from _follow_ups(document, question, answer)
        parts = _parts(question)
        if len(text.split()) >= 12 and len(parts) > 1:
            for sub in parts:
                if _covers(sub.text, text) or _FOLLOW.match(sub.text) or _opinion(sub.text, text):
                    continue
                if near is None or near.takes_up(sub.text, [p.text for p in answer.paragraphs]) is None:
                    start, end = question.text_map.to_source(sub.start, sub.end)
                    yield _finding("sub-question", document, start, end, sub.text, "", number)


def _opinion(asked: str, answer: str) -> bool:
    """Whether a question for an opinion ("Deelt u de mening …") gets an answer of some length, in words of its own."""
    return bool(_VERB_FIRST.match(asked)) and len(answer.split()) >= 40


LONG_ANSWER = 30
"""From so many words an answer is taken to say why, when or how in its own words."""


def _follow_ups(document: Document, question: Question, answer: Answer) -> Iterator[Finding]:
    """A "Zo ja, …" or "Zo nee, …" that the answer, which went that way, leaves alone."""
    text = answer.text.strip()
    words, said = text.split(), polarity(text)
    if said is None or len(words) > LONG_ANSWER:
        return
    for match in _FOLLOW.finditer(question.text):
        which = "ja" if match["which"].lower() == "ja" else "nee"
        if which == said and (len(words) <= 6 or not _takes_up(match[0], text)):
            start, end = question.text_map.to_source(match.start(), match.end())
            shown = " ".join(words) if len(words) <= 6 else " ".join(words[:6]) + " …"
            detail = f"Het antwoord is alleen “{shown}”." if len(words) <= 6 else f"Het antwoord is “{shown}”."
            yield _finding("follow-up", document, start, end, match[0], detail, min(question.numbers, default=None))


def polarity(answer: str) -> str | None:
    """Whether an answer begins with a yes ("ja") or a no ("nee"), also in other words; None where it does not say."""
    opening = _YES_NO.match(answer)
    if opening:
        return "ja" if opening[0].lower() == "ja" else "nee"
    first = re.split(r"(?<=[.!?])\s", answer, maxsplit=1)[0]
    if _NO_OTHERWISE.search(first):
        return "nee"
    return "ja" if _YES_OTHERWISE.search(first) else None


def _takes_up(asked: str, answer: str) -> bool:
    """Whether a short answer says what is asked for: a reason, a moment, a number, a way; else by its words."""
    if POINTS.search(answer) or re.search(r"\b(?:zie|verwijs|verwezen)\b", answer, re.IGNORECASE):
        return True
    if re.search(r"\bwaarom\b", asked, re.IGNORECASE):
        return bool(_WHY.search(answer)) or len(answer.split()) > 12
    if re.search(r"\bwanneer\b|termijn", asked, re.IGNORECASE):
        return bool(find_times(answer, None)) or bool(
            re.search(r"\b(?:binnenkort|spoedig|zodra|reeds|al|nog)\b", answer)
        )
    if re.search(r"\bhoeveel\b", asked, re.IGNORECASE):
        return bool(re.search(r"\d|\b(?:geen|niet|twee|drie|vier|vijf|enkele|tientallen|honderden)\b", answer))
    return len(answer.split()) > 12 or _covers(asked, answer)


def _refusals(answer: Answer) -> Iterator[Finding]:
    for index, paragraph in enumerate(answer.paragraphs):
        around = " ".join(p.text for p in answer.paragraphs[max(0, index - 1) : index + 2])
        for start, end in sentence_spans(paragraph.text):
            match = _REFUSAL.search(paragraph.text, start, end)
            if match and not _GROUND.search(around):
                first, last = paragraph.text_map.to_source(match.start(), match.end())
                rule = rule_of("coverage", "refusal")
                quote = " ".join(match[0].split())
                yield Finding(
                    check="coverage",
                    rule="refusal",
                    severity=rule.severity,
                    start=first,
                    end=last,
                    quote=quote,
                    message=rule.message.format(quote=quote, detail=""),
                    sentence=" ".join(paragraph.text[start:end].split()),
                    question=min(answer.numbers, default=None),
                )


# --- sub-questions -------------------------------------------------------------------------------------------------


def _parts(question: Question) -> tuple[SubQuestion, ...]:
    """The question's parts; where the reader gave none, its sentences that ask."""
    if question.sub_questions:
        return question.sub_questions
    return tuple(
        SubQuestion(None, question.text[s:e], s, e)
        for s, e in sentence_spans(question.text)
        if question.text[s:e].rstrip('’"” )').endswith("?")
    )


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch")


def _stems(text: str) -> set[str]:
    stop = set(word_list("stop"))
    return set(_stemmer().stemWords([w for w in (m[0].lower() for m in _WORD.finditer(text)) if w not in stop]))


def _covers(asked: str, answer: str) -> bool:
    """Whether an answer takes up what is asked: by its words, or by the kind of answer that the question wants."""
    wanted, given = _stems(asked), _stems(answer)
    share = len(wanted & given) / len(wanted) if wanted else 1.0
    if share >= 0.3 or not wanted:
        return True
    if re.search(r"\bwaarom\b", asked, re.IGNORECASE):
        return bool(_WHY.search(answer))
    if re.search(r"\bhoeveel\b", asked, re.IGNORECASE):
        return bool(re.search(r"\d|\b(?:geen|niet|twee|drie|vier|vijf|tientallen|honderden)\b", answer))
    if _YES_NO.match(answer.strip()) and _VERB_FIRST.match(asked):
        return True
    return share >= 0.2 or bool(re.search(r"verwijs ik|zie (?:het|mijn|ook)|verwezen naar", answer, re.IGNORECASE))


def check_answer(
    question: Question, texts: Sequence[str] | str, blocks: Sequence[str] = (), near: Near | None = None
) -> tuple[Coverage, ...]:
    """Which parts of `question` an answer in progress takes up.

    Args:
        question: what is asked, with its sub-questions.
        texts: the paragraphs of the answer.
        blocks: their block ids, in the same order; the first that takes a part up is named.
        near: settles by meaning what the words leave open.
    """
    from drafter.dossier.value import Coverage  # the dossier holds findings, so that it needs this package first

    paragraphs = [texts] if isinstance(texts, str) else list(texts)
    whole = "\n\n".join(paragraphs)
    number = min(question.numbers, default=0)
    parts = _parts(question) or (SubQuestion(None, question.text, 0, len(question.text)),)
    result = []
    for part in parts:
        index = next((i for i, text in enumerate(paragraphs) if text.strip() and _covers(part.text, text)), None)
        follow = _FOLLOW.match(part.text.strip())
        covered = index is not None or (bool(whole.strip()) and (_covers(part.text, whole) or _skipped(follow, whole)))
        if not covered and near is not None and whole.strip():
            index = near.takes_up(part.text, paragraphs)
            covered = index is not None
        named = blocks[index] if index is not None and index < len(blocks) else None
        result.append(Coverage(number, part.label, part.text, covered, named))
    return tuple(result)


def _skipped(follow: re.Match[str] | None, answer: str) -> bool:
    """Whether a "Zo ja" or "Zo nee" needs no answer, since the answer went the other way."""
    said = _YES_NO.match(answer.strip())
    if follow is None or said is None:
        return False
    return (said[0].lower() == "ja") != (follow["which"].lower() == "ja")
