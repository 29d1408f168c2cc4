"""A document drawn at random: what is in it, how it is put on paper, and what a reader must find."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.generated import wording
from benchmarks.generated.model import Cell, Drawn, Grid, Layout, Line, Piece, Text, Truth

QUESTION_HEADS: dict[str, Callable[[str], str]] = {
    "Vraag 1": lambda n: f"Vraag {n}",
    "Vraag 1:": lambda n: f"Vraag {n}:",
    "VRAAG 1": lambda n: f"VRAAG {n}",
    "1": lambda n: n,
    "1.": lambda n: f"{n}.",
    "1. …": lambda n: f"{n}. ",
    "1) …": lambda n: f"{n}) ",
    "Vraag 1: …": lambda n: f"Vraag {n}: ",
    "Vraag 1. …": lambda n: f"Vraag {n}. ",
}
"""A head that ends in a space stands on the line of its question."""

ANSWER_HEADS: dict[str, Callable[[Sequence[int]], str]] = {
    "Antwoord 1": lambda n: f"{'Antwoorden' if len(n) > 2 else 'Antwoord'} {listed(n)}",
    "Antwoord op vraag 1": lambda n: f"Antwoord op {'vraag' if len(n) == 1 else 'vragen'} {listed(n)}",
    "Antwoord op de vragen": lambda n: f"Antwoord op {'vraag' if len(n) == 1 else 'de vragen'} {listed(n)}:",
    "Antwoord vraag 1:": lambda n: f"Antwoord vraag {ranged(n)}:",
    "ANTWOORD 1": lambda n: f"ANTWOORD {listed(n)}",
    "Antwoord": lambda n: "Antwoord",
    "Antwoord:": lambda n: "Antwoord:",
    "Antwoord: …": lambda n: "Antwoord: ",
    "Antwoord op vraag 1: …": lambda n: f"Antwoord op {'vraag' if len(n) == 1 else 'vragen'} {listed(n)}: ",
}
NO_TABLES = ("txt", "md", "text pdftotext", "text pdfminer")
"""Forms without tables: these programs scatter the cells of one between the lines around it."""

_WITH_NUMBER = [name for name in ANSWER_HEADS if "1" in name or "vragen" in name]


def listed(numbers: Sequence[int]) -> str:
    """ "2, 3 en 4"."""
    shown = list(map(str, numbers))
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} en {shown[-1]}"


def ranged(numbers: Sequence[int]) -> str:
    """ "2 t/m 4"."""
    return listed(numbers) if len(numbers) < 3 else f"{numbers[0]} t/m {numbers[-1]}"


@dataclass
class _Making:
    chance: random.Random
    lines: list[Line | Grid] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    bound: list[tuple[str, str, int]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    traits: set[str] = field(default_factory=set)

    def likely(self, share: float, trait: str = "") -> bool:
        """Drawn with this chance; noted as a trait of the document where it has a name."""
        drawn = self.chance.random() < share
        if drawn and trait:
            self.traits.add(trait)
        return drawn


def draw(number: int, form: str) -> Drawn:
    """The document with this number, for a format: what the format cannot show is not drawn."""
    making = _Making(random.Random(number))
    chance = making.chance
    kind = chance.choices(["answer", "questions", "list"], [7, 2, 0 if form == "xml" else 1])[0]
    submitted = wording.date(chance)
    received = (submitted[0], min(12, submitted[1] + 1), chance.randint(1, 28))
    minister, signers = _holders(chance)
    layout = _layout(making, form, kind)
    noted = chance.choice(["none", "questions", "answers" if kind != "questions" else "questions", "both"])
    if kind == "questions" and noted == "both":
        noted = "questions"
    making.traits |= {
        f"kind {kind}",
        f"notes {noted} {layout.mark_style} {layout.note_style}" if noted != "none" else "",
    }
    if kind == "list":
        _list_head(making, submitted, received, minister)
        signers = []
    else:
        _head(making, kind, submitted, received, minister, signers)
    pairs = _pairs(making, kind, layout, noted, form)
    if kind != "questions" and making.likely(0.4, "closing"):
        _closing(making, minister)
    if making.notes and layout.note_style == "list" and making.likely(0.3, "notes heading"):
        making.lines.append(Line("notes heading", (Piece(chance.choice(["Noten", "Voetnoten:", "Bronnen"])),)))
    questions, answers = pairs
    truth = Truth(
        "questions" if kind == "questions" else "answer",
        questions,
        answers,
        making.bound,
        making.tables,
        _iso(submitted) if kind != "list" else None,
        _iso(received) if kind != "questions" else None,
        minister if kind != "questions" else None,
        signers if kind == "answer" else [],
        making.absent,
    )
    making.traits.discard("")
    return Drawn(tuple(making.lines), tuple(making.notes), layout, truth, frozenset(making.traits))


def _iso(value: tuple[int, int, int]) -> str:
    return f"{value[0]}-{value[1]:02}-{value[2]:02}"


def _holders(chance: random.Random) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    portfolios = chance.sample(wording.PORTFOLIOS, 4)
    holders = [(chance.choice(["minister", "staatssecretaris"]), portfolio) for portfolio in portfolios]
    return holders[0], holders[1 : 1 + chance.choice([0, 0, 1, 2])]


def _layout(making: _Making, form: str, kind: str) -> Layout:
    chance = making.chance
    on_paper = form.startswith(("pdf", "text"))
    page_notes = form in ("xml",) or (form not in ("txt", "md") and chance.random() < 0.5)
    marks = "1" if page_notes else chance.choice(["1", "1)", "[1]"])
    head = foot = ""
    if on_paper and making.likely(0.5, "head and foot"):
        head = chance.choice(["", "Ministerie van Wind en Water", "Ons kenmerk WW/2031-{three}", "Concept | intern"])
        head = head.replace("{three}", str(chance.randint(100, 999)))
        foot = chance.choice(
            [
                "",
                "Pagina {page} van {pages}",
                "{page}",
                "- {page} -",
                "{page}/{pages}",
                "Veerbank NL00VEER0123456789  blz. {page}",
            ]
        )
        if head and "intern" not in head:
            making.absent.append(head)
    numbers = 0
    if on_paper and not form.startswith("text") and making.likely(0.08, "line numbers"):
        numbers = chance.choice([1, 5])
    spaced = chance.choice([2.0, 3.0]) if form in ("pdf",) and making.likely(0.08, "letter-spaced") else 0.0
    bullet = chance.choice(["•", "-", "–", "▪"])
    if form in ("pdf", "text pypdf", "text pdfminer", "text pdftotext", "docx", "html") and making.likely(0.15):
        bullet = "\uf0b7"
    return Layout(
        note_style="page" if page_notes else "list",
        mark_style=marks,
        bullet=bullet,
        bold=chance.random() < 0.6,
        automatic=form in ("docx", "odt", "html", "pdf office") and making.likely(0.25, "automatic numbers"),
        head=head,
        foot=foot,
        line_numbers=numbers,
        spaced=spaced,
        size=chance.choice([9.0, 10.0, 11.0]),
        width=chance.choice([0, 0, 72, 80, 96]) if form == "txt" else 0,
        page_height=842 if form == "pdf office" or making.likely(0.6) else chance.choice([420, 595]),
    )


def _head(
    making: _Making,
    kind: str,
    submitted: tuple[int, int, int],
    received: tuple[int, int, int],
    minister: tuple[str, str],
    signers: Sequence[tuple[str, str]],
) -> None:
    chance = making.chance
    member, other = chance.sample(wording.MEMBERS, 2)
    party = chance.choice(wording.PARTIES)
    by = f"het lid {member} ({party})" if making.likely(0.7) else f"de leden {member} en {other} (beiden {party})"
    subject = wording.subject(chance)
    office = minister[0] if making.likely(0.5) else minister[0].capitalize()
    case = f", 20{chance.randint(19, 30)}Z{chance.randint(10000, 99999)}" if making.likely(0.5) else ""
    _say(
        making,
        "head",
        f"Vragen van {by} aan de {office} van {minister[1]} over {subject} "
        f"(ingezonden {wording.dutch(submitted)}{case}).",
    )
    if kind != "answer":
        return
    holder = chance.choice(wording.HOLDERS)
    also = ""
    if signers:
        named = [f"de {s[0].capitalize()} van {s[1]}" for s in signers]
        also = f", mede namens {named[0]}" if len(named) == 1 else f", mede namens {named[0]} en {named[1]}"
    _say(
        making,
        "head",
        f"Antwoord van {minister[0].capitalize()} {holder} ({minister[1]}){also} "
        f"(ontvangen {wording.dutch(received)}).",
    )


def _list_head(
    making: _Making, submitted: tuple[int, int, int], received: tuple[int, int, int], minister: tuple[str, str]
) -> None:
    chance = making.chance
    office, portfolio = minister[0].capitalize(), minister[1]
    for line in (
        f"40 {chance.randint(100, 999)} Veren en vaargeulen",
        f"Nr. {chance.randint(2, 99)} LIJST VAN VRAGEN EN ANTWOORDEN",
        f"Vastgesteld {wording.dutch(received)}",
        f"De vaste commissie voor {chance.choice(wording.PORTFOLIOS)} heeft een aantal vragen voorgelegd aan de "
        f"{office} van {portfolio} over de brief van {wording.dutch(submitted)} over {wording.subject(chance)}.",
        f"De {office} heeft deze vragen beantwoord bij brief van {wording.dutch(received)}.",
        f"De voorzitter van de commissie, {chance.choice(wording.HOLDERS)}",
        f"De adjunct-griffier van de commissie, {chance.choice(wording.MEMBERS)}",
    ):
        _say(making, "head", line)


def _say(making: _Making, role: str, text: str, numbers: tuple[int, ...] = ()) -> None:
    making.lines.append(Line(role, (Piece(text),), numbers))


def _pairs(
    making: _Making, kind: str, layout: Layout, noted: str, form: str
) -> tuple[list[tuple[tuple[int, ...], str]], list[tuple[tuple[int, ...], str]]]:
    chance = making.chance
    count = chance.choice([1, 2, 3, 4, 5, 6, 8, 12]) if kind == "answer" else chance.choice([2, 3, 4, 6, 10])
    head = chance.choice(list(QUESTION_HEADS))
    if layout.automatic or kind == "list":
        head = chance.choice(["1. …", "1) …"] if layout.automatic else ["1. …", "1", "Vraag 1"])
    if form == "xml":
        head = "Vraag 1"
    answer_head = chance.choice([name for name in ANSWER_HEADS if form != "xml" or "…" not in name])
    if kind == "list":
        answer_head = "" if making.likely(0.5, "no answer headings") else "Antwoord"
    making.traits |= {f"question head {head}", f"answer head {answer_head}" if kind != "questions" else ""}
    questions: list[tuple[tuple[int, ...], str]] = []
    answers: list[tuple[tuple[int, ...], str]] = []
    number = 1
    while number <= count:
        together = 1
        if kind == "answer" and answer_head in _WITH_NUMBER and making.likely(0.2, "answered together"):
            together = min(chance.choice([2, 3]), count - number + 1)
        for asked in range(number, number + together):
            text = _question(making, asked, layout, noted in ("questions", "both"), kind)
            questions.append(((asked,), _plain(text)))
            _put(making, QUESTION_HEADS[head](str(asked)), "question", text, (asked,), layout)
        numbers = tuple(range(number, number + together))
        if kind != "questions":
            _answer(making, answer_head, numbers, layout, noted in ("answers", "both"), form, answers)
        number += together
    return questions, answers


def _put(making: _Making, head: str, role: str, text: Text, numbers: tuple[int, ...], layout: Layout) -> None:
    """A heading and the text under or behind it."""
    if head.endswith(" ") and (layout.automatic and role == "question"):
        making.lines.append(Line(role, text, numbers))  # the word processor sets the number
    elif head.endswith(" "):
        making.lines.append(Line(role, (Piece(head), *text), numbers))
    else:
        if head:
            making.lines.append(Line(f"{role} heading", (Piece(head),), numbers))
        making.lines.append(Line(role, text, numbers))


def _question(making: _Making, number: int, layout: Layout, noted: bool, kind: str) -> Text:
    chance = making.chance
    said = wording.question(chance)
    if noted and (making.likely(0.5)):
        before, _, after = said.partition("{mark}") if "{mark}" in said else (said, "", "")
        return (Piece(before), _mark(making, "question", number), *((Piece(after),) if after else ()))
    return (Piece(said.replace("{mark}", "")),)


def _mark(making: _Making, part: str, number: int) -> Piece:
    text = wording.note(making.chance)
    while any(text == other for _, other in making.notes):
        text = wording.note(making.chance)
    mark = str(len(making.notes) + 1)
    making.notes.append((mark, text))
    making.bound.append((text, part, number))
    return Piece(mark, "note")


def _answer(
    making: _Making,
    head: str,
    numbers: tuple[int, ...],
    layout: Layout,
    noted: bool,
    form: str,
    answers: list[tuple[tuple[int, ...], str]],
) -> None:
    chance = making.chance
    shown = ANSWER_HEADS[head](numbers) if head else ""
    said: list[str] = []
    first = True
    paragraphs = chance.choice([1, 1, 1, 2, 2, 3, 5])
    rich = form.startswith(("docx", "odt", "html"))
    for index in range(paragraphs):
        if index == 0 and making.likely(0.3):
            text: Text = (Piece(wording.short_answer(chance)),)
        else:
            text = _paragraph(making, numbers[0], noted, form)
        said.append(_plain(text))
        joined = form == "docx" and index == 0 and paragraphs > 1 and first is False and making.likely(0.3)
        if first:
            _put(making, shown, "answer", text, numbers, layout)
        else:
            making.lines.append(Line("answer", text, numbers))
        if joined:
            making.traits.add("joined paragraphs")
            making.lines[-1] = dataclasses.replace(making.lines[-1], joined=True)
        first = False
    if rich and making.likely(0.05, "hidden paragraph"):
        making.lines.append(Line("answer", (Piece(_secret(making), "hidden"),), numbers))
    if making.likely(0.15, "list in an answer"):
        intro = "Het gaat om het volgende:"
        making.lines.append(Line("answer", (Piece(intro),), numbers))
        said.append(intro)
        items = wording.items(chance, chance.choice([2, 3, 4]))
        sign = chance.choice(["bullet", "a.", "1."]) if not layout.automatic else "bullet"
        making.traits.add(f"items {sign if sign != 'bullet' else repr(layout.bullet)}")
        for place, item in enumerate(items):
            lead = {"bullet": "", "a.": f"{'abcd'[place]}. ", "1.": f"{place + 1}. "}[sign]
            text = f"{lead}{item}{';' if place < len(items) - 1 else '.'}"
            making.lines.append(Line("item" if sign == "bullet" else "counted item", (Piece(text),), numbers))
            said.append(text)
    if form not in NO_TABLES and making.likely(0.12, "table"):
        grid = _grid(making)
        making.lines.append(grid)
        making.tables.append(grid.places())
        said += [" ".join(row) for row in grid.places()]
        if making.likely(0.5):
            text = (Piece(wording.sentences(chance, 1)[0]),)
            making.lines.append(Line("answer", text, numbers))
            said.append(_plain(text))
    answers.append((numbers, "\n".join(said)))


def _paragraph(making: _Making, number: int, noted: bool, form: str) -> Text:
    chance = making.chance
    said = wording.sentences(chance, chance.choice([1, 1, 2, 3, 4]))
    pieces: list[Piece] = []
    for index, sentence in enumerate(said):
        lead = " " if index else ""
        if form == "docx" and making.likely(0.03, "tracked change"):
            first, _, rest = sentence.partition(" ")
            gone = _secret(making)
            pieces += [Piece(f"{lead}{first} "), Piece(f"{gone} ", "deleted"), Piece(rest, "inserted")]
        elif form in ("docx", "odt", "html") and making.likely(0.03, "hidden words"):
            first, _, rest = sentence.partition(" ")
            pieces += [Piece(f"{lead}{first} "), Piece(f"{_secret(making)} ", "hidden"), Piece(rest)]
        elif form == "docx" and making.likely(0.03, "symbol"):
            pieces += [Piece(f"{lead}De diepte is "), Piece("≥", "symbol"), Piece(f" {chance.randint(2, 30)} meter.")]
        else:
            pieces.append(Piece(lead + sentence))
        if noted and making.likely(0.15):
            pieces.append(_mark(making, "answer", number))
    return tuple(pieces)


def _secret(making: _Making) -> str:
    word = f"geheim{making.chance.randint(1000, 9999)}"
    making.absent.append(word)
    return word


def _plain(text: Text) -> str:
    return "".join(piece.text for piece in text if piece.kind in ("plain", "inserted", "symbol"))


def _grid(making: _Making) -> Grid:
    chance = making.chance
    columns, rows = chance.randint(3, 5), chance.randint(3, 5)
    year = chance.randint(2015, 2025)
    top = tuple(Cell(text) for text in ["Haven", *(str(year + i) for i in range(columns - 1))])
    body: list[tuple[Cell, ...]] = []
    names = chance.sample(wording.PLACES, rows)
    for name in names:
        cells = [Cell(name)]
        for _ in range(columns - 1):
            blank = making.likely(0.15, "empty cell")
            cells.append(Cell("" if blank else str(chance.randint(10, 999))))
        if all(not cell.text for cell in cells[1:]):
            cells[1] = Cell("7")
        body.append(tuple(cells))
    if making.likely(0.25, "spanned cell"):
        if chance.random() < 0.5:
            body[0] = (body[0][0], Cell(str(chance.randint(10, 999)), columns=2), *body[0][3:])
        else:
            body[0] = (Cell(names[0], rows=2), *body[0][1:])
            body[1] = body[1][1:]
    return Grid((top, *body))


def _closing(making: _Making, minister: tuple[str, str]) -> None:
    chance = making.chance
    office, name = (
        f"{minister[0].capitalize()} van {minister[1]}",
        f"{chance.choice('ABCDS')}. {chance.choice(wording.HOLDERS)}",
    )
    lines = chance.choice(
        [
            ["Hoogachtend,", f"De {office},", name],
            [f"De {office},", name],
            ["Met vriendelijke groet,", name, office],
            [f"DE {office.upper()},", name],
            ["Ik vertrouw erop u hiermee voldoende te hebben geïnformeerd.", f"De {office},", name],
        ]
    )
    for line in lines:
        _say(making, "closing", line)
    making.absent.append(lines[0])
