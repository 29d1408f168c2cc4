"""Note marks and note bodies that stand between the text: told apart, bound, and taken out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answers_bank.documents import Footnote, ReadWarning
from answers_bank.dutch.time.dates import MONTH
from answers_bank.reading.blocks import Extract, TextBlock
from answers_bank.reading.mapped import join
from answers_bank.reading.notes import marks
from answers_bank.reading.notes.bare_marks import bare_marks, bracketed_marks
from answers_bank.reading.notes.raised import lift_raised
from answers_bank.reading.notes.source_notes import lift_sources
from answers_bank.reading.structure.broken_words import mended
from answers_bank.reading.structure.furniture import pages
from answers_bank.reading.structure.headings import numbers_beyond, read_heading
from answers_bank.reading.structure.numbered_sets import as_items
from answers_bank.reading.structure.paragraphs import join_lines
from answers_bank.reading.structure.running_lines import without_running_lines

_GLUED = re.compile(r"(\d{1,3})(?=[A-Za-zÀ-ÿ«‘'“\"„(\[|])(?!(?:e|de|ste)\b|[°º])")
_SPACED = re.compile(
    r"(\d{1,3})\s{1,3}(?=[A-ZÀ-Þ«‘'“\"„(\[]|(?:zie|idem|ibid|https?|www|vgl|art|o\.a|bijv|bron|kst)\b)"
)
_DATED = re.compile(rf"(\d{{2,4}})\s{MONTH}\s?\d{{4}}")
_GLUED_WORDS = re.compile(r"[a-zà-ÿ]{3}[.?!]?[A-ZÀ-Þ][a-zà-ÿ]{2}|[a-z]{2}(?:19|20)\d\d\b")
_CITES = re.compile(r"https?:|www\.|Kamerstuk|Aanhangsel|\bnr\.|\b[Zz]ie\b|(?:19|20)\d\d|\.nl\b")
_ENDED = re.compile(r"[.?!)»”’\"]$|https?://\S+$|www\.\S+$")
# The first words of a note whose number stands on the line above.
_OPENS_NOTE = re.compile(r"[A-ZÀ-Þ«‘'“\"„(\[]|(?:zie|idem|ibid|https?|www|vgl|art|o\.a|bijv|bron|kst)\b")
_DIGIT = re.compile(r"\d")
_NOTE_MARK = r"(?:(?<=[^\W\d_])|(?<=[.,;:?!)»”’\"'])){}(?=$|[\s.,;:?!)»”’\"'–-])"
_ANY_MARK = re.compile(_NOTE_MARK.format(r"(\d{1,3})") + r"|(?<=(?:19|20)\d\d)(\d{1,3})(?!\d)")


@dataclass(frozen=True, slots=True)
class Settled:
    """Blocks without notes, and the notes."""

    blocks: tuple[TextBlock, ...]
    footnotes: tuple[Footnote, ...]
    warnings: tuple[ReadWarning, ...] = ()


@dataclass(slots=True)
class _Body:
    mark: str
    blocks: list[TextBlock]

    def note(self) -> Footnote:
        first, *rest = self.blocks
        text = first.line.cut(len(self.mark)).strip()
        for block in rest:
            text = join_lines(text, block.line, frozenset()) if text else block.line
        text = text.fold()
        return Footnote("note", self.mark, text.text, text.start, text.end)


def settle_notes(extract: Extract) -> Settled:
    """Take page furniture, note bodies and note marks out of the blocks."""
    blocks = list(extract.blocks)
    notes: list[Footnote] = list(extract.footnotes)
    warnings: tuple[ReadWarning, ...] = ()
    aside: list[TextBlock] = []
    if extract.plain:
        blocks, aside = without_running_lines(blocks)
        blocks, warnings = mended(blocks, extract.text)
    blocks = as_items(blocks)
    blocks, raised = lift_raised(blocks, notes)
    notes += raised
    if extract.plain:
        leaves = pages(blocks)
        blocks, found = _page_notes(leaves)
        if not found and not notes:
            blocks, found = _notes_between(_numbers_put_before(blocks))
        notes += found
    blocks, sources = lift_sources(blocks, any(note.system == "note" for note in notes))
    notes += sources
    if not notes:
        blocks, told = bracketed_marks(blocks)
        warnings += told
    if extract.plain and not notes:
        blocks, doubts = bare_marks(blocks)
        warnings += doubts
    if notes and blocks and (heading := read_heading(blocks[-1].text)) and heading.kind == "notes":
        del blocks[-1]  # the heading of a list of notes that is out
    warnings += numbers_beyond(extract.blocks)
    if extract.plain:
        warnings += _lost_spaces(extract)
    return Settled((*aside, *blocks), tuple(notes), warnings)


def _lost_spaces(extract: Extract) -> tuple[ReadWarning, ...]:
    """The doubt that goes with text whose lines were glued together by the program that extracted it."""
    glued = len(_GLUED_WORDS.findall(extract.text))
    if glued < 3 or not any(block.page for leaf in pages(extract.blocks) for block in leaf):
        return ()
    message = "In de tekst zijn spaties verloren gegaan bij een eerdere omzetting van een pdf. De pdf zelf leest beter."
    return (ReadWarning("lost-spaces", message),)


def _page_notes(leaves: Sequence[list[TextBlock]]) -> tuple[list[TextBlock], list[Footnote]]:
    """The notes at the foot of each page, their marks bound within that page."""
    for form in (_GLUED, _SPACED):
        if form is _GLUED and not any(leaf and leaf[0].page for leaf in leaves):
            continue
        blocks, notes = _with_form(leaves, form)
        if notes:
            return blocks, notes
    joined = [_numbers_joined(leaf) for leaf in leaves]
    if any(len(after) < len(before) for after, before in zip(joined, leaves, strict=True)):
        blocks, notes = _with_form(joined, _SPACED)
        if notes:
            return blocks, notes
    return [block for leaf in leaves for block in leaf], []


def _first_marks(leaf: Sequence[TextBlock]) -> dict[str, int]:
    """For each number that stands glued to a word or year, the line where it first does."""
    first: dict[str, int] = {}
    for index, block in enumerate(leaf):
        for match in _ANY_MARK.finditer(block.text) if _DIGIT.search(block.text) else ():
            first.setdefault(match[1] or match[2], index)
    return first


def _numbers_joined(leaf: Sequence[TextBlock]) -> list[TextBlock]:
    """The page with the numbers of its notes, where each stands on a line of its own, on the line of their text.

    Only below the last heading, and only a number whose mark stands glued to a word above: a table keeps its numbers.
    """
    result = list(leaf)
    first = _first_marks(leaf)
    for index in range(len(leaf) - 2, 0, -1):
        if read_heading(leaf[index].text):
            break
        number, below = leaf[index], leaf[index + 1]
        if not re.fullmatch(r"\d{1,3}", number.text) or not _OPENS_NOTE.match(below.text) or read_heading(below.text):
            continue
        if first.get(number.text, index) < index:
            result[index : index + 2] = [number.with_line(join([number.line, below.line], " "))]
    return result


def _numbers_put_before(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """The text with the numbers of its notes, where each stands on a line of its own, on the line of their text.

    Anywhere in the text: only the next number, where its mark stands glued to a word above and what follows cites.
    """
    result: list[TextBlock] = []
    first = _first_marks(blocks)
    expected, skip = 1, False
    for index, block in enumerate(blocks):
        if skip:
            skip = False
            continue
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        noted = block.text == str(expected) and first.get(block.text, index) < index
        if (
            noted
            and below is not None
            and _OPENS_NOTE.match(below.text)
            and _CITES.search(below.text)
            and not read_heading(below.text)
        ):
            result.append(block.with_line(join([block.line, below.line], " ")))
            expected, skip = expected + 1, True
        else:
            result.append(block)
    return result


def _with_form(leaves: Sequence[list[TextBlock]], form: re.Pattern[str]) -> tuple[list[TextBlock], list[Footnote]]:
    blocks: list[TextBlock] = []
    notes: list[Footnote] = []
    last = 0
    for leaf in leaves:
        bodies = _foot(leaf, form, last + 1)
        kept = leaf[: len(leaf) - sum(len(body.blocks) for body in bodies)]
        if bodies:
            last = int(bodies[-1].mark)
            known = [body.mark for body in bodies]
            marks.split_marks(kept, frozenset(known))
            # A mark that starts a page stands behind the last line of the page before, and the mark of the first
            # note may be there itself.
            behind = _marked_before(known[0], blocks, kept)
            lead = blocks if behind else blocks[-6:]
            working = [*lead, *kept]
            missing = marks.lift(working, "note", known, 0 if behind else len(lead))
            if missing[:1] == known[:1]:
                marks.lift(working, "note", missing[:1])
            blocks = [*blocks[: len(blocks) - len(lead)], *working]
            notes += [body.note() for body in bodies]
        else:
            blocks += kept
    return blocks, notes


def _marked_before(mark: str, blocks: Sequence[TextBlock], kept: Sequence[TextBlock]) -> bool:
    """Whether the mark of the first note stands on an earlier page only: the notes are a list behind the text."""
    return mark in _first_marks(blocks) and mark not in _first_marks([*blocks[-6:], *kept])


def _foot(leaf: Sequence[TextBlock], form: re.Pattern[str], expected: int) -> list[_Body]:
    """The note bodies that end a page: consecutive numbers from the one expected, nothing but notes below."""
    floor = 0
    for index, block in enumerate(leaf):
        heading = read_heading(block.text)
        if heading is not None and heading.firm:
            floor = index + 1
    candidates = [
        (index, number)
        for index in range(max(floor, 1), len(leaf))
        for number in _starts(leaf[index].text, form)
        # The date of a letterhead is no note.
        if not leaf[index - 1].text.startswith("Datum") and number >= expected - (expected > 1)
    ][-300:]
    best: list[tuple[int, int]] = []
    for last in range(len(candidates) - 1, -1, -1):
        chain = [candidates[last]]
        for candidate in reversed(candidates[:last]):
            if candidate[1] == chain[0][1] - 1 and candidate[1] >= expected:
                chain.insert(0, candidate)
        begins = chain[0][1]
        if begins == expected and _evident(leaf, chain, form):
            best = chain
            break
        if not best and expected < begins <= expected + 2 and form is _GLUED and _evident(leaf, chain, form):
            best = chain
    if not best:
        return []
    bodies = []
    for position, (index, number) in enumerate(best):
        end = best[position + 1][0] if position + 1 < len(best) else len(leaf)
        bodies.append(_Body(str(number), list(leaf[index:end])))
    return bodies


def _starts(text: str, form: re.Pattern[str]) -> list[int]:
    """The note numbers that a line may start with; "13 juni 2031" may be note 1 of 3 June."""
    match = form.match(text)
    if match:
        return [int(match[1])]
    date = _DATED.match(text) if form is _GLUED else None
    if date is None:
        return []
    digits = date[1]
    return [int(digits[:cut]) for cut in range(1, len(digits)) if 0 < int(digits[cut:]) <= 31 and digits[cut] != "0"]


def _evident(leaf: Sequence[TextBlock], chain: Sequence[tuple[int, int]], form: re.Pattern[str]) -> bool:
    """Whether the text above has the mark of the first note; a long stretch is no note without it."""
    start, number = chain[0]
    above = [block.text for block in leaf[:start]]
    mark = re.compile(_NOTE_MARK.format(number) + rf"|(?<=(?:19|20)\d\d){number}(?!\d)")
    seen = any(mark.search(text) or re.match(rf"{number}(?:[\s.,;:)?]|$)", text) for text in above)
    size = sum(len(block.text) for block in leaf[start:])
    if size > len(chain) * (1500 if leaf[0].page else 400):
        return False  # the text goes on between these notes
    # At the foot of a page whose end is known, a citation is a note even where its mark was lost.
    cites = bool(leaf[0].page and _CITES.search(leaf[start].text))
    return seen or (size < 700 and (form is _GLUED or cites))


def _notes_between(blocks: Sequence[TextBlock]) -> tuple[list[TextBlock], list[Footnote]]:
    """Notes at the foot of pages whose ends do not show: they break off a sentence that goes on behind them."""
    kept: list[TextBlock] = []
    bodies: list[_Body] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        match = _SPACED.match(block.text) or _GLUED.match(block.text)
        if match and block.wrapped and _is_next_note(match, kept, bodies):
            body = _Body(match[1], [block])
            index += 1
            while index < len(blocks) and _note_goes_on(body.blocks[-1], blocks[index], int(match[1])):
                body.blocks.append(blocks[index])
                index += 1
            bodies.append(body)
        else:
            kept.append(block)
            index += 1
    marks.lift(kept, "note", [body.mark for body in bodies])
    return kept, [body.note() for body in bodies]


def _is_next_note(match: re.Match[str], kept: Sequence[TextBlock], bodies: Sequence[_Body]) -> bool:
    number = int(match[1])
    if number != (int(bodies[-1].mark) if bodies else 0) + 1 or not kept:
        return False
    mark = re.compile(_NOTE_MARK.format(number))
    return any(mark.search(block.text) for block in kept[-150:])


def _note_goes_on(last: TextBlock, block: TextBlock, number: int) -> bool:
    """Whether `block` belongs to the note whose last line is `last`."""
    if block.gap or block.fresh or read_heading(block.text) or re.match(r"\[?\d{1,3}[\])]?\s", block.text):
        return False
    # A note goes on below a full line only; a citation that stops short of it is over, with or without a full stop.
    return not _ENDED.search(last.text) and len(last.text) >= 0.7 * (last.width or 80)
