"""Reads an edited Word file back into its dossier, so that Word and the program can alternate.

Three versions meet: the dossier as it was exported (it travels inside the file), the text as it is in Word now, and the
dossier as it is in the program now. What Word did not touch stays as the program has it; what Word changed comes in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from drafter.dossier import edits as edits
from drafter.dossier.judging.thread_edits import set_threads, with_threads
from drafter.dossier.judging.threads import joined_threads, merged_threads
from drafter.dossier.judging.word_changes import with_changes
from drafter.dossier.value import Block, BlockNote, Dossier, Origin, Status
from drafter.export.options import ExportOptions
from drafter.export.word.accepted import AcceptedParagraph, WordComment, accepted_paragraphs
from drafter.export.word.accounting import not_taken, sums_of
from drafter.export.word.authors import authors_in
from drafter.export.word.draft import word_bytes
from drafter.export.word.embedded_dossier import AnswerMark, Embedded, extract
from drafter.export.word.package import WordPackage
from drafter.export.word.threads import threads_in_word
from drafter.export.wording import NO_SOURCE_HINT, printable
from drafter.headings import NO_SOURCE
from embeddings.errors import InputError

_PART_OF = 90.0
"""How alike (rapidfuzz partial ratio) a paragraph must be to a part of the source before it to be its other half."""

_PART_LEAST = 25
"""Characters that such a paragraph must have."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A dossier with the edits of a Word file taken in."""

    dossier: Dossier
    edited: int
    """Blocks with other words."""

    added: int
    removed: int
    remarks: int
    """Blocks with another remark."""

    conflicts: tuple[str, ...]
    """Blocks that were changed both in Word and in the program; for changed words Word won, a block that was taken out
    in Word and changed here was kept."""

    questions: tuple[str, ...] = ()
    """What only the user can tell, in Dutch: an answer whose heading is gone was left as it was."""

    not_taken: tuple[str, ...] = ()
    """What stands in the file and has no place in the dossier, paragraph by paragraph."""


def read_edits(path: Path, current: Callable[[str], Dossier | None]) -> Imported:
    """The dossier of the file at `path` with the file's edits; `current` gives a dossier by its id, if there is one.

    Raises:
        InputError: the file cannot be read, or holds no dossier.
    """
    package = WordPackage.open(path)
    held = extract(package)
    if held is None:
        raise InputError(
            f"In {path.name} zit geen dossier.",
            "Alleen een bestand dat met draft of export is gemaakt (en niet met --clean), kan worden teruggelezen.",
        )
    base = current(held.dossier.id) or held.dossier
    found = apply_edits(accepted_paragraphs(package, held.tail), held, base)
    left = left_over(package, held, found.dossier)
    authors, other = authors_in(package, held, found.dossier)
    dossier = with_changes(base, found.dossier, path.name, authors, other)
    return dataclasses.replace(found, dossier=dossier, not_taken=left)


def left_over(package: WordPackage, held: Embedded, dossier: Dossier) -> tuple[str, ...]:
    """What of the file is not in `dossier`, which has taken in its edits; see `accounting.not_taken`."""
    written = held.written
    if written is None:  # of an older version: what the program would write today, without the user's own template
        written = sums_of(WordPackage.from_bytes(word_bytes(held.dossier, ExportOptions())))
    return not_taken(package, written, held.dossier, dossier)


def apply_edits(paragraphs: list[AcceptedParagraph], held: Embedded, current: Dossier) -> Imported:
    """`current` with what `paragraphs` say otherwise than the exported dossier in `held`."""
    return _Import(held, current).run(paragraphs)


@dataclass
class _Import:
    held: Embedded
    dossier: Dossier
    edited: int = 0
    added: int = 0
    removed: int = 0
    remarks: int = 0
    conflicts: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    there: set[str] = field(default_factory=set)
    """Bookmarks in the file."""

    def run(self, paragraphs: list[AcceptedParagraph]) -> Imported:
        self.there = {name for paragraph in paragraphs for name in paragraph.bookmarks}
        orders: dict[int, list[str]] = {}
        for number, held in self._regions(paragraphs):
            orders[number] = orders.get(number, []) + self._answer(number, held)
        found = {block_id for order in orders.values() for block_id in order}
        for mark in self.held.answers:
            if not self._has_heading(mark):
                self._ask(mark, found)
                continue
            for block_id in dict.fromkeys(mark.blocks.values()):
                block = self.dossier.block(block_id)
                if block is not None and block_id not in found:
                    self._take_out(block)
        self._arrange(orders)
        return Imported(
            self.dossier,
            self.edited,
            self.added,
            self.removed,
            self.remarks,
            tuple(self.conflicts),
            tuple(self.questions),
        )

    def _has_heading(self, mark: AnswerMark) -> bool:
        """Whether the heading of an answer still stands in the file; a new export does not have it either."""
        return mark.name in self.there

    def _ask(self, mark: AnswerMark, found: set[str]) -> None:
        """An answer without its heading is left as it is: whether it was meant to go, only the user knows."""
        numbers = [n for n in mark.numbers if any(n in answer.numbers for answer in self.dossier.answers)]
        left = [b for b in dict.fromkeys(mark.blocks.values()) if b not in found and self.dossier.block(b)]
        if not numbers:
            return
        which = f"antwoord {'-'.join(map(str, numbers))}" if len(numbers) == 1 else f"de antwoorden {numbers[0]} e.v."
        kept = f" {len(left)} alinea's die er niet meer staan, zijn gebleven." if left else ""
        self.questions.append(
            f"Het kopje van {which} staat niet meer in het Word-bestand.{kept} Haal in het programma weg wat weg moet."
        )

    def _regions(self, paragraphs: list[AcceptedParagraph]) -> list[tuple[int, list[AcceptedParagraph]]]:
        """(a question number of the answer, the paragraphs under its heading)."""
        headings = {mark.name: mark.numbers for mark in self.held.answers}
        orphans = {
            name: mark.numbers for mark in self.held.answers if not self._has_heading(mark) for name in mark.blocks
        }
        numbers = {number for answer in self.dossier.answers for number in answer.numbers}
        regions: list[tuple[int, list[AcceptedParagraph]]] = []
        open_ = False
        for paragraph in paragraphs:
            heading = next((headings[name] for name in paragraph.bookmarks if name in headings), None)
            orphan = next((orphans[name] for name in paragraph.bookmarks if name in orphans), None)
            if heading is not None:
                known = [number for number in heading if number in numbers]
                open_ = bool(known)
                if known:
                    regions.append((known[0], []))
            elif orphan is not None:
                # Its heading is gone: its own paragraphs tell where the answer begins, and it ends as the others do.
                known = [number for number in orphan if number in numbers]
                if known and not (open_ and regions[-1][0] == known[0]):
                    regions.append((known[0], []))
                    open_ = True
                if known:
                    regions[-1][1].append(paragraph)
            elif any(name in self.held.fixed for name in paragraph.bookmarks):
                open_ = False
            elif open_:
                regions[-1][1].append(paragraph)
        return regions

    def _answer(self, number: int, paragraphs: list[AcceptedParagraph]) -> list[str]:
        order: list[str] = []
        blocks = self.held.blocks
        for paragraph in _whole_blocks(paragraphs, blocks):
            text = _typed(paragraph.text)
            named = list(dict.fromkeys(blocks[name] for name in paragraph.bookmarks if name in blocks))
            named = [block_id for block_id in named if block_id not in order and self.dossier.block(block_id)]
            if named and (text.strip() or paragraph.notes):
                self._block(named, paragraph)
                order.append(named[0])
            elif text.strip() and not named:
                order.append(self._new(number, text, paragraph, order[-1] if order else None))
        return order

    def _block(self, named: list[str], paragraph: AcceptedParagraph) -> None:
        """Takes in what Word says of a block; with more than one name, blocks that were joined into one paragraph."""
        block_id = named[0]
        exported, block = self.held.dossier.block(block_id), self.dossier.block(block_id)
        if exported is None or block is None:
            return
        for other in named[1:]:
            joined = self.dossier.block(other)
            if joined is not None:
                also = tuple(origin for origin in joined.origins if origin not in block.origins)
                block = dataclasses.replace(block, also=(*block.also, *also) if block.origin else also[1:])
                if block.origin is None and also:
                    block = dataclasses.replace(block, origin=also[0])
                block = with_threads(block, joined_threads(block.discussion, joined.discussion))
                self.dossier = edits.remove(self.dossier, other)
                self._put(block)
        notes = _own_notes(paragraph)
        held_notes = tuple(_note(note) for note in sorted(exported.notes, key=lambda note: note.position))
        text, shown_notes = _as_shown(printable(exported.text), held_notes)
        if _as_shown(paragraph.text, ())[0] != text:
            if block.text != exported.text and block.text != paragraph.text:
                self.conflicts.append(block_id)
            self.dossier = edits.edit_text(self.dossier, block_id, paragraph.text)
            self.edited += 1
        if _as_shown(paragraph.text, notes)[1] != shown_notes:
            held = self.dossier.block(block_id)
            assert held is not None
            self._put(dataclasses.replace(held, notes=notes))
        was = [held for name in named if (held := self.held.dossier.block(name))]
        self._remarks(block_id, was, paragraph.comments)

    def _remarks(self, block_id: str, exported: list[Block], comments: list[WordComment]) -> None:
        # A file that was written without remarks says nothing on those there are.
        written = exported if self.held.remarks else []
        before = tuple(thread for block in written for thread in block.discussion)
        block = self.dossier.block(block_id)
        assert block is not None
        threads = merged_threads(before, block.discussion, threads_in_word(comments, written, self._is_own))
        if threads != block.discussion:
            self.dossier = set_threads(self.dossier, block_id, threads)
            self.remarks += 1

    def _is_own(self, comment: WordComment) -> bool:
        """Whether the program wrote a comment: such ones bear the date of the draft."""
        written = f"{self.held.dossier.as_of.isoformat()}T00:00:00Z"
        return comment.author == self.held.author and comment.date in ("", written)

    def _new(self, number: int, text: str, paragraph: AcceptedParagraph, before: str | None) -> str:
        previous = self.dossier.block(before) if before else None
        origin = _continued(previous, text)
        self.dossier, block_id = edits.insert(self.dossier, number, text, origin, _own_notes(paragraph))
        self._remarks(block_id, [], paragraph.comments)
        self.added += 1
        return block_id

    def _take_out(self, block: Block) -> None:
        exported = self.held.dossier.block(block.id)
        if exported is not None and exported.text != block.text:
            self.conflicts.append(block.id)
            return
        self.dossier = edits.remove(self.dossier, block.id)
        self.removed += 1

    def _put(self, block: Block) -> None:
        answers = tuple(
            dataclasses.replace(a, blocks=tuple(block if b.id == block.id else b for b in a.blocks))
            for a in self.dossier.answers
        )
        self.dossier = dataclasses.replace(self.dossier, answers=answers)

    def _arrange(self, orders: dict[int, list[str]]) -> None:
        """Puts the blocks in Word's order; those that the program added since stay behind the one they stood behind."""
        placed = {block_id for order in orders.values() for block_id in order}
        answers = []
        for answer in self.dossier.answers:
            order = next((orders[number] for number in answer.numbers if number in orders), None)
            if order is None:
                answers.append(answer)
                continue
            result = [block_id for block_id in dict.fromkeys(order) if self.dossier.block(block_id)]
            previous: str | None = None
            for block in answer.blocks:
                if block.id not in placed:
                    result.insert(result.index(previous) + 1 if previous in result else 0, block.id)
                previous = block.id
            blocks = tuple(held for block_id in result if (held := self.dossier.block(block_id)))
            status = Status.DRAFTED if blocks else Status.NO_SOURCE
            answers.append(dataclasses.replace(answer, blocks=blocks, status=status))
        self.dossier = dataclasses.replace(self.dossier, answers=tuple(answers))


def _whole_blocks(paragraphs: list[AcceptedParagraph], blocks: dict[str, str]) -> list[AcceptedParagraph]:
    """The lines of a block (items of a list, a table) as one paragraph again, with what was typed between them."""
    out: list[AcceptedParagraph] = []
    named = [{blocks[name] for name in paragraph.bookmarks if name in blocks} for paragraph in paragraphs]
    at = 0
    while at < len(paragraphs):
        later = [n for n in range(at + 1, len(paragraphs)) if named[at] & named[n]]
        last = later[-1] if later else at
        if last == at:
            out.append(paragraphs[at])
        else:
            whole = AcceptedParagraph()
            for number, part in enumerate(paragraphs[at : last + 1]):
                whole.text += "\n" if number else ""
                whole.notes += [BlockNote(len(whole.text) + note.position, note.text) for note in part.notes]
                whole.text += part.text
                whole.comments += part.comments
                whole.bookmarks += [name for name in part.bookmarks if blocks.get(name) in named[at]]
            out.append(whole)
        at = last + 1
    return out


def _as_shown(text: str, notes: Iterable[BlockNote]) -> tuple[str, tuple[BlockNote, ...]]:
    """What of a text shows in Word: blank lines part paragraphs and are none themselves; their notes go to the next."""
    kept: list[str] = []
    lines: list[tuple[int, int, bool]] = []  # where each begins, where it begins in what is shown, whether it is blank
    at = shown = 0
    for line in text.split("\n"):
        lines.append((at, shown, not line.strip()))
        at += len(line) + 1
        if line.strip():
            kept.append(line)
            shown += len(line) + 1
    moved = []
    for note in notes:
        before, now, blank = next(line for line in reversed(lines) if line[0] <= note.position)
        position = now if blank else now + note.position - before
        moved.append(BlockNote(min(position, max(shown - 1, 0)), note.text))
    return "\n".join(kept), tuple(moved)


def _typed(text: str) -> str:
    """What the user typed where no source was found."""
    return text.replace(NO_SOURCE_HINT, "").replace(NO_SOURCE, "").strip() if NO_SOURCE in text else text


def _own_notes(paragraph: AcceptedParagraph) -> tuple[BlockNote, ...]:
    """The footnotes that belong to the text; those that name the source are made anew at each export."""
    return tuple(_note(note) for note in paragraph.notes if not note.text.startswith("Bron ("))


def _note(note: BlockNote) -> BlockNote:
    return BlockNote(note.position, " ".join(printable(note.text).split()))


def _continued(previous: Block | None, text: str) -> Origin | None:
    """The origin of the block before, where `text` is a part of what was taken over with it: a paragraph cut in two."""
    if previous is None or previous.origin is None or len(text) < _PART_LEAST:
        return None
    from rapidfuzz import fuzz

    likely = max(previous.origins, key=lambda origin: fuzz.partial_ratio(text, origin.text))
    # A text longer than its source is no part of it.
    if len(text) > len(likely.text) or fuzz.partial_ratio(text, likely.text) < _PART_OF:
        return None
    return likely
