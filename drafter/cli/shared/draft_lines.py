"""A draft as lines of text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from answers_bank.dutch.time.dates import UNKNOWN_DATE, dutch_date
from drafter.checks.finding import Finding, Severity, warnings_in
from drafter.dossier.value import Block, Dossier, DraftAnswer, Origin, Status
from drafter.headings import NEAR, NO_SOURCE, answer_heading, question_heading, questions_reference

WIDTH = 100
_MARKS = {Severity.WARNING: "!", Severity.INFO: "i"}


def draft_lines(dossier: Dossier, everything: bool = False) -> Iterator[str]:
    """The whole draft: questions, answers, the source of every passage, and what may be wrong with it.

    With `everything` also what is only worth a look.
    """
    yield from _wrapped(f"Antwoorden op Kamervragen over {dossier.questions.title}", "")
    yield ""
    for answer in dossier.answers:
        for question in dossier.questions.questions:
            if set(question.numbers) & set(answer.numbers):
                yield question_heading(question.numbers)
                yield from _wrapped(question.text, "  ")
                yield ""
        yield answer_heading(answer.numbers)
        yield from _answer(answer, everything)


def _answer(answer: DraftAnswer, everything: bool) -> Iterator[str]:
    if not answer.blocks:
        yield f"  {NO_SOURCE}"
        if answer.note:
            yield from _wrapped(answer.note, "  ")
        yield ""
        yield from _near(answer)
        return
    for block in answer.blocks:
        yield from _block(block, everything)
    told = answer.open_findings if everything else warnings_in(answer.open_findings)
    for finding in told:
        yield from _finding(finding, "  ")
    if answer.note:
        yield from _wrapped(f"i {answer.note}", "  ")
    if told or answer.note:
        yield ""
    yield from _near(answer)


def _near(answer: DraftAnswer) -> Iterator[str]:
    if not answer.near:
        return
    yield f"  {NEAR}:"
    for near in answer.near:
        yield from _wrapped(f"- {near.text}", "    ")
        yield from _wrapped(f"[{source_line(near.origin)}]", "      ")
        if near.why:
            yield from _wrapped(near.why, "      ")
    yield ""


def _block(block: Block, everything: bool) -> Iterator[str]:
    yield from _wrapped(block.text, "  ")
    if block.origin:
        yield from _wrapped(f"[{source_line(block.origin)}]", "      ")
    if block.why:
        yield from _wrapped(block.why, "      ")
    for finding in block.open_findings if everything else warnings_in(block.open_findings):
        yield from _finding(finding, "      ")
    yield ""


def source_line(origin: Origin) -> str:
    """Where a passage comes from, short: "16 december 2025, antwoord op vraag 4, …"."""
    parts = [dutch_date(origin.date) if origin.date else UNKNOWN_DATE]
    parts.append(f"antwoord op {questions_reference(origin.numbers)}" if origin.numbers else "brief")
    parts.append(f"{origin.title or origin.document} ({origin.passage})")
    if origin.newer_of:
        parts.append(f"nieuwste versie van {origin.newer_of}")
    return ", ".join(parts)


def summary_line(dossier: Dossier) -> str:
    """How much has a source and how many warnings there are, in one sentence."""
    total = sum(len(answer.numbers) for answer in dossier.answers)
    drafted = sum(len(answer.numbers) for answer in dossier.answers if answer.status is Status.DRAFTED)
    findings = [f for a in dossier.answers for f in (*a.open_findings, *(f for b in a.blocks for f in b.open_findings))]
    warnings = len(warnings_in(findings))
    without = "" if drafted == total else f", {total - drafted} zonder bron"
    unknown = sum(any(o.date is None for o in block.origins) for answer in dossier.answers for block in answer.blocks)
    undated = f" {_paragraphs(unknown)} uit een stuk waarvan de datum onbekend is." if unknown else ""
    return f"{drafted} van {total} vragen met een bron{without}; {_signals(warnings)} om na te kijken.{undated}"


def _paragraphs(count: int) -> str:
    return "1 alinea komt" if count == 1 else f"{count} alinea’s komen"


def _signals(count: int) -> str:
    return f"{count} waarschuwing" + ("" if count == 1 else "en")


def _finding(finding: Finding, indent: str) -> Iterator[str]:
    suggestion = f" Voorstel: “{finding.suggestion}”." if finding.suggestion else ""
    yield from _wrapped(f"{_MARKS[finding.severity]} {finding.line}{suggestion}", indent)


def _wrapped(text: str, indent: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        lines += textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=indent) or [""]
    return lines
