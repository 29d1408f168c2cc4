"""The draft as a Word document (.docx): a template filled with headings, questions, answers, notes and comments."""

from __future__ import annotations

from drafter.checks.finding import warnings_in
from drafter.dossier.value import Block, BlockNote, Dossier
from drafter.export.content import ANNEX_HEADINGS, AnnexRow, AnswerContent, QuestionContent, content
from drafter.export.options import ExportOptions, Provenance
from drafter.export.word.accounting import sums_of
from drafter.export.word.embedded_dossier import AnswerMark, Embedded, embed
from drafter.export.word.frame import Frame
from drafter.export.word.notes import Comments, Footnotes
from drafter.export.word.ooxml import Element, Identifiers, MarkedText, Operation, Stamp, paragraph, qn, text_run, w
from drafter.export.word.package import WordPackage
from drafter.export.word.styles import Style, WordStyles
from drafter.export.word.tables import (
    annex_table,
    cover_table,
    data_table,
    table_stretches,
    text_width,
    without_blank_lines,
)
from drafter.export.word.threads import REVIEWER
from drafter.export.wording import (
    AS_OF,
    GUIDE_AS_OF,
    GUIDE_COMMENTS,
    NO_SOURCE_HINT,
    finding_text,
    is_list_item,
    printable,
    provenance_text,
)
from drafter.headings import NO_SOURCE


def word_bytes(dossier: Dossier, options: ExportOptions) -> bytes:
    """The .docx as bytes, the same for the same dossier and options.

    Raises:
        InputError: the template cannot be used.
    """
    package = WordPackage.open(options.template) if options.template else WordPackage.default()
    _DraftWriter(dossier, options, package).write()
    return package.to_bytes()


class _DraftWriter:
    def __init__(self, dossier: Dossier, options: ExportOptions, package: WordPackage) -> None:
        self._dossier = dossier
        self._options = options
        self._package = package
        self._shown = content(dossier)
        self._styles = WordStyles(package)
        self._width = text_width(package)
        self._footnotes = Footnotes(self._styles)
        # Fixed by the dossier, so that the same dossier gives the same file.
        self._stamp = Stamp(options.author, f"{dossier.as_of.isoformat()}T00:00:00Z")
        self._comments = Comments(self._styles, self._stamp.date)
        self._changes = Identifiers(1000)
        self._bookmarks = Identifiers()
        self._marks: list[AnswerMark] = []
        self._fixed: list[str] = []

    def write(self) -> None:
        title = [text_run(self._shown.title)]
        guides: dict[str, Element] = {}
        if self._has_comments():
            # LibreOffice 7.4 mixes up the footnotes of a file in which a comment stands between the first two of them;
            # two notes that explain the cover come before any comment.
            title.append(self._footnotes.add(GUIDE_COMMENTS))
            guides[AS_OF] = self._footnotes.add(GUIDE_AS_OF)
        body: list[Element] = [paragraph(*title, style=self._styles[Style.TITLE])]
        if self._options.cover:
            body.append(cover_table(self._shown.cover, self._styles, guides, self._width))
        for answer in self._shown.answers:
            body.extend(self._answer(answer))
        if Provenance.ANNEX in self._options.provenance:
            body.extend(self._annex(self._shown.annex))
        frame = Frame(
            title=self._shown.title,
            author=self._options.author,
            date=self._stamp.date,
            body=body,
            footnotes=self._footnotes,
            comments=self._comments,
        )
        tail = frame.fill(self._package)
        if self._options.embed:
            held = Embedded(
                dossier=self._dossier,
                answers=tuple(self._marks),
                fixed=frozenset(self._fixed),
                tail=tail,
                author=self._options.author,
                remarks=self._options.remarks,
                written=sums_of(self._package),
            )
            embed(self._package, held)

    def _has_comments(self) -> bool:
        """Whether anything will be told in a comment."""
        options = self._options
        blocks = [block for answer in self._shown.answers for block in answer.blocks]
        if Provenance.COMMENTS in options.provenance and blocks:
            return True
        if options.remarks and any(block.discussion for block in blocks):
            return True
        found = [f for answer in self._shown.answers for f in answer.findings]
        found += [f for block in blocks for f in block.open_findings]
        return options.findings and any(finding.is_warning for finding in found)

    def _answer(self, answer: AnswerContent) -> list[Element]:
        out: list[Element] = []
        for question in answer.questions:
            heading = self._fixed_mark([text_run(question.heading)])
            out.append(paragraph(*heading, style=self._styles[Style.QUESTION_HEADING]))
            out.append(self._question(question))
        out.append(self._heading(answer))
        marks: dict[str, str] = {}
        for number, block in enumerate(answer.blocks, 1):
            name = f"_ka_{len(self._marks) + 1}_{number}"
            for part, element in enumerate(self._block(block), 1):
                # The first paragraph of a block names it, those after it go on with it.
                marks[name] = block.id
                self._bookmark(element, name)
                name = f"_ka_{len(self._marks) + 1}_{number}_{part + 1}"
                out.append(element)
        if answer.is_empty and self._options.placeholders:
            runs = [text_run(NO_SOURCE + " ", bold=True), text_run(NO_SOURCE_HINT)]
            out.append(paragraph(*runs, style=self._styles[Style.NO_SOURCE]))
        self._marks.append(AnswerMark(f"_ka_{len(self._marks) + 1}", answer.numbers, marks))
        return out

    def _question(self, question: QuestionContent) -> Element:
        text = MarkedText.plain(question.text)
        for note in sorted(question.notes, key=lambda note: note.position):
            text.mark(note.position, 1, self._footnotes.add(note.text))
        runs = self._fixed_mark(text.runs(self._tracked))
        return paragraph(*runs, style=self._styles[Style.QUESTION])

    def _heading(self, answer: AnswerContent) -> Element:
        text = MarkedText.plain(answer.heading)
        texts = [finding_text(f) for f in warnings_in(answer.findings)] if self._options.findings else []
        for comment in texts:
            self._comment(text, 0, text.length, comment, self._options.author)
        runs = [*self._bookmarked(f"_ka_{len(self._marks) + 1}", text.runs(self._tracked))]
        return paragraph(*runs, style=self._styles[Style.ANSWER_HEADING])

    def _block(self, block: Block) -> list[Element]:
        """The paragraphs and tables of a block: each item of a list and each row of a table has its own line."""
        text = self._history(block)
        notes = list(block.notes)
        if Provenance.FOOTNOTES in self._options.provenance and block.origin is not None:
            notes.append(BlockNote(len(block.text), provenance_text(block)))
        inserted = self._options.track_changes and block.origin is None
        for note in sorted(notes, key=lambda note: note.position):
            reference = self._footnotes.add(note.text)
            text.mark(note.position, 1, self._tracked("insert", reference) if inserted else reference)
        if Provenance.COMMENTS in self._options.provenance:
            self._comment(text, 0, text.length, provenance_text(block), self._options.author)
        if self._options.findings:
            for finding in warnings_in(block.open_findings):
                self._comment(text, finding.start, finding.end, finding_text(finding), self._options.author)
        for thread in block.discussion if self._options.remarks else ():
            for placed in self._comments.add_thread(thread, REVIEWER):
                self._place_comment(text, 0, text.length, placed)
        lines = text.lines(self._tracked) if text.has_lines else [text.runs(self._tracked)]
        texts = printable(block.text).split("\n") if text.has_lines else [block.text]
        shown = without_blank_lines(lines, texts)
        lines, texts = [line for line, _ in shown], [text for _, text in shown]
        out: list[Element] = []
        for stretch in table_stretches(lines):
            if stretch.rows:
                out.append(data_table(stretch.rows, self._styles, self._width))
                continue
            style = Style.LIST_ITEM if is_list_item(texts[stretch.first]) else Style.ANSWER
            mark = [w("rPr", self._tracked("insert"))] if inserted else []
            out.append(paragraph(*lines[stretch.first], style=self._styles[style], properties=mark))
        return out

    def _history(self, block: Block) -> MarkedText:
        if not self._options.track_changes:
            return MarkedText.plain(block.text)
        if block.origin is None:
            return MarkedText([("insert", block.text)])
        from drafter.word_difference import word_diff

        return MarkedText([(change.op, change.text) for change in word_diff(block.taken, block.text)])

    def _comment(self, text: MarkedText, start: int, end: int, comment: str, author: str) -> None:
        self._place_comment(text, start, end, self._comments.add(comment, author))

    def _place_comment(
        self, text: MarkedText, start: int, end: int, placed: tuple[Element, tuple[Element, ...]]
    ) -> None:
        begin, close = placed
        text.mark(start, 2 if start < text.length else 0, begin)
        text.mark(max(start, end), 0 if end > start else 3, *close)

    def _tracked(self, operation: Operation, run: Element | None = None) -> Element:
        element = w(
            "ins" if operation == "insert" else "del",
            id=self._changes.next(),
            author=self._stamp.author,
            date=self._stamp.date,
        )
        if run is not None:
            element.append(run)
        return element

    def _bookmark(self, element: Element, name: str) -> None:
        """Puts a bookmark around the (first) paragraph of `element`."""
        p = element if element.tag == qn("p") else element.find(f".//{qn('p')}")
        assert p is not None
        number = self._bookmarks.next()
        properties = p.find(qn("pPr"))
        p.insert(0 if properties is None else 1, w("bookmarkStart", id=number, name=name))
        p.append(w("bookmarkEnd", id=number))

    def _bookmarked(self, name: str, runs: list[Element]) -> list[Element]:
        number = self._bookmarks.next()
        return [w("bookmarkStart", id=number, name=name), *runs, w("bookmarkEnd", id=number)]

    def _fixed_mark(self, runs: list[Element]) -> list[Element]:
        """Marks what is no answer, so that reading back knows where an answer ends."""
        self._fixed.append(f"_ka_x{len(self._fixed) + 1}")
        return self._bookmarked(self._fixed[-1], runs)

    def _annex(self, rows: tuple[AnnexRow, ...]) -> list[Element]:
        runs = self._fixed_mark([text_run("Herkomst")])
        heading = paragraph(*runs, style=self._styles[Style.QUESTION_HEADING], properties=[w("pageBreakBefore")])
        return [heading, annex_table(ANNEX_HEADINGS, rows, self._styles, self._package, self._width)]
