"""A text under review as a reader sees it: each sentence with its label, and its source beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.reuse.rows import ReviewedParagraph, of_file
from drafter.reuse.summary import review_summary
from drafter.reuse.values import Review
from drafter.wording import sentence_case
from tui.reading import ReadingScreen
from tui.review.sentences import SentenceRow, rows_of, source_of, summary_words, words_of
from tui.shell import ShellScreen
from tui.text import line
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options

_EMPTY = {
    "": "Er is nog geen tekst om te beoordelen.",
    "edited": "Niets is bewerkt of eigen tekst. b = alles weer tonen.",
    "warned": "Er zijn geen waarschuwingen. w = alles weer tonen.",
    "open": "Alles is akkoord. u = alles weer tonen.",
}


READING: tuple[BindingType, ...] = (
    Binding("n", "step(1)", "volgende", tooltip="volgende alinea"),
    Binding("p", "step(-1)", "vorige", tooltip="vorige alinea"),
    Binding("b", "only('edited')", "alleen bewerkt", tooltip="alleen wat bewerkt of eigen tekst is"),
    Binding("w", "only('warned')", "alleen waarschuwingen"),
    Binding("d", "side", "verschil", tooltip="het verschil met de bron in de tekst zelf, of de gewone tekst"),
    Binding("space", "source", "bron", tooltip="de bron helemaal lezen"),
    Binding("escape", "back", "terug"),
)


class ReviewView(ShellScreen["str | None"]):
    """Sentences on the left, the source of the one at hand on the right."""

    JUDGED = False
    """Whether passages can be accepted here."""

    def __init__(self) -> None:
        super().__init__()
        self.filter = ""
        self.rows: list[SentenceRow] = []
        self.inline = False
        self.review: Review | None = None
        self.passages: tuple[ReviewedParagraph, ...] = ()

    # What the two kinds of texts differ in.

    def load(self) -> tuple[ReviewedParagraph, ...]:
        """The passages as they stand."""
        raise NotImplementedError

    def name_of(self, row: SentenceRow | None) -> str:
        """What is under review, and where the user is in it."""
        raise NotImplementedError

    def headings(self) -> tuple[tuple[tuple[int, ...], str], ...]:
        """Of the answers, also of empty ones; none where only what has text is shown."""
        return ()

    def question_of(self, numbers: tuple[int, ...]) -> str:
        """What was asked, to be shown above the answer."""
        return ""

    def above(self) -> Iterator[Widget]:
        """What stands above the text."""
        return iter(())

    # -- on screen -----------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Summary, text, source."""
        yield Static(id="head")
        yield from self.above()
        yield Static(id="review-summary")
        with Horizontal(id="review"):
            yield Options(id="review-draft")
            with VerticalScroll(id="review-source", can_focus=False):
                yield Static(id="review-source-text")
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Name the panes."""
        self.query_one(OptionList).border_title = "Concept" if self.JUDGED else "Tekst"
        self.query_one("#review-source").border_title = "Bron"
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """Wrap the sentences anew."""
        self.call_after_refresh(self.show)

    def show(self) -> None:
        """Show the text as it stands, keeping the place; what did not change stays as it is."""
        if not self.is_attached:
            return
        options = self.query_one(OptionList)
        before = self.row
        self.passages = self.load()
        self.rows = rows_of(self.passages, self.headings(), self.filter)
        width = max(options.scrollable_content_region.width, 40)
        asked = ""
        prompts = []
        for row in self.rows:
            asked = self.question_of(row.numbers) if row.sentence is None else ""
            prompts.append(words_of(row, asked, self.inline, width))
        same = [i for i in range(min(len(prompts), options.option_count)) if self._same_kind(options, i)]
        if len(same) == len(prompts) == options.option_count:
            for index, prompt in enumerate(prompts):
                if options.get_option_at_index(index).prompt != prompt:
                    options.replace_option_prompt_at_index(index, prompt)
        else:
            options.set_options(
                Option(prompt, disabled=row.sentence is None) for row, prompt in zip(self.rows, prompts, strict=True)
            )
        places = [i for i, row in enumerate(self.rows) if row.sentence]
        if places:
            if before is None or options.highlighted not in places or not _same_sentence(self.row, before):
                options.highlighted = next((i for i in places if _same_sentence(self.rows[i], before)), places[0])
        else:
            options.set_options([Option(Content.styled(_EMPTY[self.filter], "$foreground-muted"), disabled=True)])
        self._show_head()
        self._show_source()
        self.call_after_refresh(options.scroll_to_highlight)

    def _same_kind(self, options: OptionList, index: int) -> bool:
        return options.get_option_at_index(index).disabled == (self.rows[index].sentence is None)

    def _show_head(self) -> None:
        self.query_one("#head", Static).update(
            Content.assemble(("Beoordelen", "bold $text-primary"), "  ", line(self.name_of(self.row))), layout=False
        )
        words = summary_words(review_summary(self.passages), self.filter, self.JUDGED)
        if self.review is None:
            words += Content.styled(f" · {self._waiting()}", "$foreground-muted")
        self.query_one("#review-summary", Static).update(words)

    def _waiting(self) -> str:
        busy = "beoordelen" in self.shell.jobs
        return "de zinnen worden vergeleken met de bank…" if busy else "niet vergeleken met de rest van de bank"

    @property
    def row(self) -> SentenceRow | None:
        """The row at hand."""
        at = self.query_one(OptionList).highlighted
        return self.rows[at] if at is not None and at < len(self.rows) else None

    def on_option_list_option_highlighted(self) -> None:
        """Show the source of the sentence at hand."""
        self._show_head()
        self._show_source()

    def _show_source(self) -> None:
        row = self.row
        content = Content("")
        if row is not None and row.sentence is not None:
            place = row.sentence.best
            origins = row.block.origins if row.block else ()
            around = next((o.text for o in origins if place and o.passage == place.passage), "")
            content = source_of(row.sentence, around)
        self.query_one("#review-source-text", Static).update(content)
        self.query_one("#review-source").scroll_home(animate=False)

    # -- moving --------------------------------------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """Go to the first sentence of the next or previous passage."""
        options = self.query_one(OptionList)
        at = options.highlighted
        if at is None:
            return
        firsts = [i for i, row in enumerate(self.rows) if row.first]
        later = [i for i in firsts if i > at] if step > 0 else [i for i in reversed(firsts) if i < at]
        if later:
            options.highlighted = later[0]

    def action_only(self, which: str) -> None:
        """Show a part of the sentences, or all again."""
        self.filter = "" if self.filter == which else which
        self.show()

    def action_side(self) -> None:
        """Show the difference in the text, or the text as it reads."""
        self.inline = not self.inline
        self.show()

    def action_source(self) -> None:
        """Read the source in full."""
        sentence = self.row.sentence if self.row else None
        if sentence is not None and sentence.best is not None:
            self.app.push_screen(ReadingScreen(sentence.best.document, sentence.best.passage))
        else:
            self.shell.say("Deze zin is eigen tekst; er is geen bron.")

    def action_back(self) -> None:
        """Stop a job, or go back."""
        if not self.shell.stop_job():
            self.dismiss(None)


class FileReviewScreen(ReviewView):
    """A file that is no dossier, to be read with its sources beside it."""

    BINDINGS: ClassVar[list[BindingType]] = list(READING)

    def __init__(self, found: Review) -> None:
        super().__init__()
        self.review = found

    def load(self) -> tuple[ReviewedParagraph, ...]:
        """The paragraphs of the file."""
        assert self.review is not None
        return of_file(self.review)

    def name_of(self, row: SentenceRow | None) -> str:
        """Its title, and the heading at hand."""
        assert self.review is not None
        return " · ".join(filter(None, (sentence_case(self.review.title), row.heading if row else "")))


def _same_sentence(row: SentenceRow | None, other: SentenceRow | None) -> bool:
    """Whether two rows show the same sentence of the same passage, also when the passage was judged meanwhile."""
    if row is None or other is None or row.sentence is None or other.sentence is None:
        return False
    ids = tuple(block.id if block else "" for block in (row.block, other.block))
    return ids[0] == ids[1] and row.numbers == other.numbers and row.sentence.text == other.sentence.text
