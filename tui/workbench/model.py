"""A dossier being worked on: the place in it, every change of it, and what is known of it beside its text.

Nothing here knows a screen. A change is kept at once by the session; it gives the ids of the blocks whose words are new
there, which are to be checked.

Raises, wherever something is changed:
    UsageError: that cannot be done here; said in a line.
    BankError: the dossier is open read-only.
"""

from __future__ import annotations

from collections.abc import Iterable

from answers_bank.dutch.sentences import sentence_spans
from drafter.dossier import answer_edits, edits, waiver_edits
from drafter.dossier.merging import MERGED
from drafter.dossier.pasting import paste
from drafter.dossier.session import DossierSession, Step
from drafter.dossier.value import Block, Dossier, DraftAnswer, NearPassage
from drafter.dossier.waivers import key_in, key_of
from drafter.wording import count, question_words
from embeddings.errors import UsageError
from tui.workbench.changes import Touched, place_of_change, to_check, with_checked
from tui.workbench.reasons import Reasons
from tui.workbench.signal_places import SignalPlace, places


class Workbench:
    """A dossier with one answer at hand, and in it one block."""

    def __init__(self, session: DossierSession) -> None:
        self.session = session
        place = session.place
        wanted = int(place.get("question", "0") or 0)
        answers = session.dossier.answers
        self._at = next((i for i, answer in enumerate(answers) if wanted in answer.numbers), 0)
        self._chosen = place.get("block") or None
        self.first_tab = place.get("tab", "")
        self.begins_in_text = self._chosen is not None
        """Whether the user was in the text of an answer when the dossier was closed."""
        self.own_words: dict[int, str] = {}
        """What the user searches with instead of a question, by its number."""
        self.reasons = Reasons()
        """Why passages are there, and what is in doubt of their sources."""
        self.shows_info = False
        self.ready_line = 0
        """The line where the user was in what is still to be done."""
        """Whether what is only worth a look is shown beside the warnings."""
        self._waited = (0, "")
        self._stretch = 0
        self._cursor: tuple[str, int] | None = None

    # -- the place -----------------------------------------------------------------------------------------------------

    @property
    def dossier(self) -> Dossier:
        """The dossier as it stands."""
        return self.session.dossier

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.session.read_only

    @property
    def at(self) -> int:
        """Place of the answer at hand."""
        return max(min(self._at, len(self.dossier.answers) - 1), 0)

    @property
    def answer(self) -> DraftAnswer:
        """The answer at hand."""
        return self.dossier.answers[self.at]

    @property
    def number(self) -> int:
        """The first number of the answer at hand."""
        return self.answer.numbers[0]

    @property
    def block(self) -> Block | None:
        """The block at hand: the first of the answer unless another was chosen."""
        blocks = self.answer.blocks
        return next((block for block in blocks if block.id == self._chosen), blocks[0] if blocks else None)

    def go(self, index: int, block: str | None = None) -> None:
        """Take another answer at hand, and a block of it."""
        if index != self.at:
            self._chosen = None
        self._at = index
        self._chosen = block or self._chosen

    def go_to_number(self, number: int, block: str | None = None) -> None:
        """Take the answer to a question at hand."""
        self.go(edits.answer_index(self.dossier, number), block)

    def choose(self, block_id: str) -> None:
        """Take a block of the answer at hand."""
        if any(block.id == block_id for block in self.answer.blocks):
            self._chosen = block_id
            if self._cursor is not None and self._cursor[0] != block_id:
                self._cursor = None

    @property
    def cursor(self) -> int | None:
        """The character of the block at hand before which something is put in; None where no place was chosen."""
        here = self.block
        if here is None or self._cursor is None or self._cursor[0] != here.id:
            return None
        return min(self._cursor[1], len(here.text))

    def put_cursor(self, block_id: str, position: int | None) -> None:
        """Remember where the user is in the words of a block."""
        self._cursor = None if position is None else (block_id, position)

    def remember(self, tab: str) -> None:
        """Keep where the user is, for the next time."""
        if not self.read_only and self.dossier.answers:
            block = self.block.id if self.block else ""
            self.session.remember({"question": str(self.number), "block": block, "tab": tab})

    @property
    def query(self) -> str:
        """What to search with: the user's own words, else the questions at hand."""
        asked = (self.dossier.questions.question(number) for number in self.answer.numbers)
        return self.own_words.get(self.number) or "\n".join(question.text for question in asked if question)

    @property
    def near(self) -> tuple[NearPassage, ...]:
        """What is offered beside the answer at hand and is not in the draft."""
        used = self.used
        return tuple(near for near in self.answer.near if near.origin.passage not in used)

    @property
    def used(self) -> dict[str, str]:
        """The passages that are in the draft already, with the words for where."""
        used: dict[str, str] = {}
        for answer in self.dossier.answers:
            for block in answer.blocks:
                for origin in block.origins:
                    used.setdefault(origin.passage, question_words(answer.numbers))
        return used

    # -- changing ------------------------------------------------------------------------------------------------------

    def record(self, dossier: Dossier, label: str, *touched: str, merge: str = "") -> Touched:
        """Keep a changed dossier as a step; see `DossierSession.record`."""
        self.session.record(dossier, label, merge)
        return touched

    def undo(self) -> Step | None:
        """Take the last change back and go to where it was; None where there is none.

        What others did meanwhile is not taken back: that goes answer by answer, by their history.
        """
        before, last = self.dossier, self.session.can_undo
        if last is not None and last.label == MERGED:
            raise UsageError("Hierna kwam het werk van anderen erin. Verder terug gaat per antwoord: geschiedenis (G).")
        return self._follow(before, self.session.undo())

    def redo(self) -> Step | None:
        """Do again what was taken back, and go there; None where there is nothing."""
        before = self.dossier
        return self._follow(before, self.session.redo())

    def _follow(self, before: Dossier, step: Step | None) -> Step | None:
        """Go to what a step changed: the answer, the block, and the place in its words."""
        change = place_of_change(before, self.dossier) if step is not None else None
        if change is None:
            return step
        chosen = self._chosen
        if change.number not in self.answer.numbers:
            self.go_to_number(change.number)
        if change.position is not None:
            self._chosen = change.block
            self.put_cursor(change.block or "", change.position)
        elif change.removed:
            self._chosen = change.block
        elif any(block.id == chosen for block in self.answer.blocks):
            self._chosen = chosen
        return step

    # -- text ----------------------------------------------------------------------------------------------------------

    def begin_typing(self) -> None:
        """What is typed from now on is a step of its own."""
        self._stretch += 1

    def keep_typed(self, block_id: str, text: str) -> Block | None:
        """Keep what a block holds while it is being typed in; the block as it is now, None where it is not there."""
        block = self.dossier.block(block_id)
        if block is None or self.read_only:
            return None
        if block.text != text:
            dossier = edits.edit_text(self.dossier, block_id, text)
            self.record(dossier, "tekst gewijzigd", merge=f"{block_id}/{self._stretch}")
        return self.dossier.block(block_id)

    def write(self) -> Touched:
        """Begin a block in the drafter's own words, behind the one at hand."""
        dossier, new = edits.insert(self.dossier, self.number, "", after=self.block.id if self.block else None)
        self._chosen = new
        self.put_cursor(new, 0)
        return self.record(dossier, "eigen alinea begonnen")

    def put_in(self, found: tuple[Block, ...], number: int, replacing: str | None = None) -> Touched:
        """Put passages of the bank in the answer to `number`: where the cursor stands, or in the place of a block.

        Without a cursor that is behind the block at hand; within a text it is cut there.
        """
        dossier, new = self.dossier, list[str]()
        if replacing is not None:
            first = found[0]
            dossier = edits.replace(dossier, replacing, first.text, first.origin, first.notes)
            new.append(replacing)
        here = self.block if self.block and number in self.answer.numbers else None
        after, at_start = replacing or (here.id if here else None), False
        if here is not None and replacing is None and self.cursor is not None:
            dossier, after, at_start = edits.opened(dossier, here.id, self.cursor)
        for block in found[len(new) :]:
            dossier, after = edits.insert(dossier, number, block.text, block.origin, block.notes, after, at_start)
            new.append(after)
            at_start = False
        if number in self.answer.numbers:
            self._chosen = new[-1]
            self.put_cursor(new[-1], len(found[-1].text))
        return self.record(dossier, inserted_words(len(new), replacing), *new)

    def break_at(self, block_id: str, position: int) -> Touched:
        """Begin a new block at a character of one, with what stands behind it; the new one is at hand then.

        At the end, or at the very beginning, that is an empty one in the drafter's own words.
        """
        block = self.dossier.block(block_id)
        if block is None or not block.text.strip():
            self.put_cursor(block_id, 0)
            return ()
        dossier, after, at_start = edits.opened(self.dossier, block_id, position)
        if block.text[:position].strip() and block.text[position:].strip():
            answer, at = edits.find_block(dossier, after or block_id)
            self._chosen = answer.blocks[at + 1].id
            self.put_cursor(self._chosen, 0)
            return self.record(dossier, "alinea gesplitst", block_id, self._chosen)
        number = edits.find_block(dossier, block_id)[0].numbers[0]
        dossier, new = edits.insert(dossier, number, "", after=after, first=at_start)
        # Before the text a line is opened above it, and the user goes on where he was.
        self._chosen = block_id if block.text[position:].strip() else new
        self.put_cursor(self._chosen, 0)
        return self.record(dossier, "eigen alinea begonnen")

    def split_sentence(self, block_id: str, position: int) -> Touched:
        """Cut a block where the sentence at a character begins; in the first sentence, where that ends."""
        block = self.dossier.block(block_id)
        starts = [start for start, _ in sentence_spans(block.text)][1:] if block else []
        if not starts:
            self.put_cursor(block_id, position)
            raise UsageError("Deze alinea is één zin. ↵ splitst bij de cursor.")
        before = [start for start in starts if start <= position]
        return self.split(block_id, before[-1] if before else starts[0])

    def split(self, block_id: str, position: int) -> Touched:
        """Cut a block in two before a character; the second is at hand then."""
        self.put_cursor(block_id, position)
        dossier, new = edits.split(self.dossier, block_id, position)
        self._chosen = new
        self.put_cursor(new, 0)
        return self.record(dossier, "alinea gesplitst", block_id, new)

    def join(self, block_id: str) -> Touched:
        """Join a block with the next, of which an empty one just goes; the cursor stands where they meet."""
        answer, at = edits.find_block(self.dossier, block_id)
        if at + 1 >= len(answer.blocks):
            return ()
        first, second = answer.blocks[at : at + 2]
        if not first.text.strip() or not second.text.strip():
            gone, stays = (first, second) if not first.text.strip() else (second, first)
            self._chosen = stays.id
            self.put_cursor(stays.id, 0 if stays is second else len(stays.text))
            return self.record(edits.remove(self.dossier, gone.id), "lege alinea weggehaald")
        self._chosen = block_id
        self.put_cursor(block_id, len(first.text))
        return self.merge(first)

    def paste(self, block_id: str, paragraphs: tuple[str, ...], start: int, end: int) -> Touched:
        """Put own paragraphs in a block in the place of its characters from `start` to `end`.

        The first goes on where that was, the others are blocks, and what stood behind it is one with its own origin.
        """
        dossier, new = paste(self.dossier, block_id, paragraphs, start, end)
        self._chosen = new[-1]
        self.put_cursor(new[-1], len(paragraphs[-1]))
        return self.record(dossier, "geplakt", block_id, *new)

    def merge(self, block: Block) -> Touched:
        """Join a block with the next."""
        return self.record(edits.merge(self.dossier, block.id), "alinea's samengevoegd", block.id)

    def remove(self, block: Block) -> Touched:
        """Take a block out; the one beside it is at hand then."""
        ids = [other.id for other in self.answer.blocks]
        at = ids.index(block.id)
        self._chosen = ids[at + 1] if at + 1 < len(ids) else ids[at - 1] if at else None
        return self.record(edits.remove(self.dossier, block.id), "alinea weggehaald")

    def move(self, block: Block, steps: int) -> Touched:
        """Move a block up or down."""
        return self.record(edits.move(self.dossier, block.id, steps), "alinea verplaatst")

    def move_to(self, block: Block, number: int) -> Touched:
        """Move a block to another answer."""
        return self.record(edits.move_to_answer(self.dossier, block.id, number), f"alinea naar vraag {number}")

    def write_note(self, text: str) -> Touched:
        """Keep the drafter's own note with the answer at hand."""
        note = answer_edits.set_note(self.dossier, self.number, text)
        return self.record(note, "notitie", merge=f"notitie/{self.number}")

    # -- answers and the whole -----------------------------------------------------------------------------------------

    def done_waits(self) -> str:
        """Why the answer at hand is not called finished yet, in a word; empty where it is, or it was told before."""
        if not any(block.text.strip() for block in self.answer.blocks):
            what = "er staat nog geen tekst"
        elif warnings := len(places((self.answer,), info=False)):
            what = f"{count(warnings, 'waarschuwing', 'waarschuwingen')} open (s = ernaartoe)"
        else:
            what = ""
        if self.answer.done or not what or self._waited == (self.number, what):
            return ""
        self._waited = (self.number, what)
        return f"Nog niet klaar: {what}. Nog eens k = toch klaar."

    def toggle_done(self) -> Touched:
        """Call the answer at hand finished, or not."""
        done = not self.answer.done
        return self.record(answer_edits.set_done(self.dossier, self.number, done), "klaar" if done else "weer open")

    def combine(self, numbers: Iterable[int]) -> Touched:
        """Answer the question at hand together with others."""
        number = self.number
        dossier = answer_edits.combine(self.dossier, (number, *numbers))
        self.record(dossier, "vragen samen beantwoord")
        self.go_to_number(number)
        return ()

    def separate(self) -> Touched:
        """Answer the questions of a combined answer apart again."""
        return self.record(answer_edits.separate(self.dossier, self.number), "vragen apart beantwoord")

    def toggle_deferred(self) -> Touched:
        """A deferral was sent, or not."""
        deferred = not self.dossier.deferred
        label = "uitstel gemeld" if deferred else "uitstel ingetrokken"
        return self.record(answer_edits.set_deferred(self.dossier, deferred), label)

    # -- findings ------------------------------------------------------------------------------------------------------

    def next_signal(self, current: SignalPlace | None, step: int) -> SignalPlace | None:
        """The open finding `step` further than the one at hand, from this answer on; None where there is none."""
        answers = self.dossier.answers[self.at :] + self.dossier.answers[: self.at]
        found = places(answers, info=self.shows_info)
        at = found.index(current) if current in found else -step
        return found[(at + step) % len(found)] if found else None

    def rewrite(self, place: SignalPlace) -> Touched:
        """Put the rewrite that a finding offers in place of its words."""
        self.choose(place.block)
        return self.record(edits.apply_suggestion(self.dossier, place.block, place.finding), "herschreven", place.block)

    def waive(self, place: SignalPlace, reason: str) -> Touched:
        """Call a finding "bewust zo" where it stands."""
        self.choose(place.block)
        dossier = waiver_edits.waive(self.dossier, place.block or place.number, key_of(place.finding), reason)
        return self.record(dossier, "bewust zo")

    def waive_everywhere(self, key: str, reason: str) -> Touched:
        """Call all that `key` holds for "bewust zo", in the whole dossier; see `drafter.dossier.waivers`."""
        dossier = waiver_edits.waive_everywhere(self.dossier, key, reason)
        return self.record(dossier, "bewust zo in het hele dossier")

    def unwaive(self, place: SignalPlace) -> Touched:
        """Take "bewust zo" back, wherever it was said."""
        key = key_in(place.intended)
        self.choose(place.block)
        if key in map(key_in, self.dossier.intended):
            dossier = waiver_edits.unwaive_everywhere(self.dossier, key)
        else:
            dossier = waiver_edits.unwaive(self.dossier, place.block or place.number, key)
        return self.record(dossier, "niet meer bewust zo")

    def mark_seen(self) -> bool:
        """The user looks at the block at hand; that is no change of the text. Whether it was new."""
        block = self.block
        if block is None or block.seen or self.read_only:
            return False
        self.session.amend(edits.mark_seen(self.dossier, block.id))
        return True

    def changed_since(self, before: Dossier) -> Touched | None:
        """The blocks to check again; see `changes.to_check`."""
        return to_check(before, self.dossier)

    def take_checked(self, checked: Dossier) -> bool:
        """Take in what the checks say, of all whose words are still those; whether that is new."""
        now = with_checked(self.dossier, checked)
        if now == self.dossier:
            return False
        self.session.amend(now)
        return True


def inserted_words(number: int, replacing: str | None) -> str:
    """What was done, in a few words."""
    return "alinea vervangen" if replacing else "alinea ingevoegd" if number == 1 else "alinea's ingevoegd"
