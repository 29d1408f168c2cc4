"""The end of a letter or set of answers: closing words, office and name, which are no part of the last answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers_bank.documents import OfficeHolder
from answers_bank.dutch.time.dates import DATE
from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.metadata.people import read_offices

_FORMULA = re.compile(
    r"(?:Hoogachtend|Hoogachtingsvol|(?:Met\s+)?(?:de\s+)?(?:meeste\s+|bijzondere\s+|vriendelijke\s+)?hoogachting"
    r"|(?:Met\s+)?(?:een\s+)?(?:vriendelijke|hartelijke|beleefde|collegiale|beste)\s+groet(?:en)?|Groeten?|Was\s+getekend)"
    r"\s*[,.]?$",
    re.IGNORECASE,
)
_INFORMED = re.compile(
    r"(?:Ik|Wij|Hiermee|Hierbij|In\s+de|Er\s*van)\b[^.?!]{0,30}\b(?:hoop|hopen|vertrouw(?:en|end)?|ga(?:an)?\s+er\s*van\s*uit"
    r"|uitgaande)\b[^.?!]{0,90}\b(?:(?:ge[iï]nformeerd|ingelicht|beantwoord|bericht|voorgelicht)(?:\s+te\s+hebben)?"
    r"|van\s+dienst\s+te\s+(?:zijn(?:\s+geweest)?|hebben))\s*[.,]?$",
    re.IGNORECASE,
)
_TITLE = r"(?:minister-president|vice-?minister-president|ministers?|staatssecretariss?e?n?)"
_OFFICER = (
    r"(?:(?:plaatsvervangend\s+|plv\.?\s+|wnd\.?\s+|waarnemend\s+)?(?:directeur(?:-generaal)?|secretaris-generaal"
    r"|inspecteur-generaal|hoofddirecteur|programmadirecteur|(?:adjunct-)?griffier|afdelingshoofd))"
)
_OFFICE = re.compile(
    rf"(?:(?:mede\s+)?namens\s+|voor\s+)?(?:de\s+|het\s+)?(?:{_TITLE}|{_OFFICER})(?![\w-])"
    r"(?:\s+(?:van|voor)?\s*[^.?!:;()]{2,120})?\s*,?$",
    re.IGNORECASE,
)
# What a sentence has and no office: a verb.
_SPEAKS = re.compile(
    r"\b(?:is|zijn|was|waren|heeft|hebben|had|wordt|worden|werd|kan|kunnen|zal|zullen|moet|moeten|mag|gaat|komt|vindt|vind"
    r"|zegt|wil|doet|dat|die|niet|ik|mijn|naar|over|op)\b"
)
_PARTICLE = r"(?:van|von|der?|den|ter?|ten|het|’t|'t|in|op|la|le|el|al|ben|bin|d’|d')"
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]*+\.?"
_NAME = re.compile(
    r"(?:(?:w\.?\s*g\.?|get\.|\(?was\s+getekend\)?)[:,]?\s+)?"
    r"(?:(?:drs|dr|mr|ir|ing|prof|jhr|dhr|mw|mevr|de\s+heer|mevrouw)\.?\s+)*"
    rf"(?:{_CAPITAL}|\([A-ZÀ-Þ][\w’'-]*\)|{_PARTICLE})(?:[\s-]*(?:{_CAPITAL}|\([A-ZÀ-Þ][\w’'-]*\)|{_PARTICLE})){{0,7}}"
    r"(?:,?\s+(?:M\.?Sc|B\.?Sc|MA|MBA|LLM|LL\.M|MPA|EMPM|RA|PhD|CFA|MPhil|MCM)\.?)*\s*,?$",
)
_FOR = re.compile(
    r"(?:(?:namens|voor)\s+dezen?[,:]?|[wi]\.\s?[go]\.?:?|\(?(?:was\s+)?get(?:ekend|\.)\)?[,:]?|\[?\(?handtekening\)?\]?"
    r"|[-_.…]{3,}|/s/)$",
    re.IGNORECASE,
)
_MONTH = "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_PLACE_AND_DATE = re.compile(
    rf"(?:[’'‘]s-)?[A-ZÀ-Þ][\w’' -]{{2,28}},?\s+(?:d\.?d\.?\s+|op\s+)?(?i:{DATE}|{_MONTH}\s+\d{{4}})\.?$"
)
_BEHIND = re.compile(
    r"Bijlagen?(?:\(n\))?\s*:|Bijlage\(n\)|cc\b|c\.c\.|Kopie\s+aan|Afschrift\s+aan"
    r"|Dit\s+(?:document|stuk|bericht)\s+is\s+(?:digitaal|elektronisch)|(?:Digitaal|Elektronisch)\s+ondertekend",
    re.IGNORECASE,
)
_SIGNERS = re.compile(r"Ondertekenaars?$|Eerste ondertekenaar$|Ondertekend\s+door\b")
_ENDED = re.compile(r"[.?!:;…][\"'’”»)\]]*\d{0,3}$")
_LOOKED_AT = 24
"""Blocks at the end; a signature with its closing words takes fewer."""

_AFTER_FORMULA = 12
"""Lines that may follow closing words, whatever short thing they say."""


def split_signature(blocks: Sequence[TextBlock]) -> int | None:
    """The index of the block with which the end of the letter begins, if the blocks have one: closing words, office
    and name, with nothing that is said behind them."""
    for index in range(max(len(blocks) - _LOOKED_AT, 0), len(blocks)):
        if _begins(blocks, index) and _ends_so(blocks, index):
            return index
    return None


def signed_by(lines: Sequence[str]) -> tuple[OfficeHolder, ...]:
    """Who signs, by the lines of a signature: an office above a name, or a name above an office."""
    lines = [line.strip() for line in lines if line.strip() and not _FOR.match(line.strip())]
    found: list[OfficeHolder] = []
    taken: set[int] = set()
    for index, line in enumerate(lines):
        if not re.match(rf"(?:de\s+)?{_TITLE}\b", line, re.IGNORECASE) or not is_office(line):
            continue
        whole = line
        below = index + 1
        if below < len(lines) and not line.endswith(",") and re.search(r"\b(?:van|voor|en)$|,$", line):
            whole, below = f"{line} {lines[below]}", below + 1
        name = next(
            (at for at in (below, index - 1) if 0 <= at < len(lines) and at not in taken and _full_name(lines[at])),
            None,
        )
        if name is not None:
            taken.add(name)
        offices = read_offices(whole.rstrip(" ,"))
        signer = _bare(lines[name]) if name is not None else None
        found.extend(OfficeHolder(signer, holder.portfolio, holder.office) for holder in offices)
    return tuple(dict.fromkeys(found))


def is_closing(text: str) -> bool:
    """Whether a paragraph is closing words and nothing else ("Hoogachtend,")."""
    return bool(_FORMULA.match(text) or _INFORMED.match(text))


def is_office(text: str) -> bool:
    """Whether a line is an office and says nothing of it."""
    return bool(_OFFICE.match(text)) and not _SPEAKS.search(text)


def _full_name(text: str) -> bool:
    """Whether a line is the name of a person: more than one word, no sentence of one ("Ja.")."""
    return bool(_NAME.match(text)) and len(text.split()) > 1 and not is_office(text) and not text.endswith(".")


def _bare(name: str) -> str:
    return re.sub(r"^(?:w\.?\s*g\.?|get\.)[:,]?\s+", "", name, flags=re.IGNORECASE).strip(" ,")


def _paragraph(blocks: Sequence[TextBlock], index: int) -> str:
    """The block with the lines that its paragraph goes on in."""
    text = blocks[index].text
    for block in blocks[index + 1 : index + 4]:
        if not block.wrapped or block.gap or block.breaks or _ENDED.search(text):
            break
        text += " " + block.text
    return text


def _begins(blocks: Sequence[TextBlock], index: int) -> bool:
    block, text = blocks[index], blocks[index].text
    above = blocks[index - 1].text if index else ""
    # A row of a table ends in a figure.
    inside = block.wrapped and not block.gap and not block.breaks and not (_ENDED.search(above) or above[-1:].isdigit())
    if (index and inside) or block.item is not None or block.role == "list":
        return False  # a line inside a sentence, an item of a list
    if block.cells:
        cells = [cell.text for cell in block.cells if cell]
        return all(map(_closes, cells)) and any(is_office(cell) or _FORMULA.match(cell) for cell in cells)
    if _SIGNERS.match(text) or _FORMULA.match(text) or _INFORMED.match(_paragraph(blocks, index)):
        return True
    if above.endswith((":", ";", ",")):
        return False  # what is named there is part of what is said
    following = blocks[index + 1].text if index + 1 < len(blocks) else ""
    if is_office(text):
        # An office that a sentence or list ends in has neither a comma nor a name behind it.
        return bool(not above or _ENDED.search(above) or text.endswith(",") or _full_name(following))
    if _full_name(text):
        return is_office(following) or bool(_FOR.match(following))
    return bool(_PLACE_AND_DATE.match(text)) and bool(following) and _closes(following)


def _ends_so(blocks: Sequence[TextBlock], begin: int) -> bool:
    formula = -1
    at = begin
    while at < len(blocks):
        block, text = blocks[at], blocks[at].text
        if _SIGNERS.match(text):
            return True  # the list of signatories of a web page: anything may follow
        if _FORMULA.match(text):
            formula = at
        if not text or _BEHIND.match(text):
            pass
        elif block.cells:
            if not all(_closes(cell.text) for cell in block.cells if cell):
                return False
        elif _INFORMED.match(_paragraph(blocks, at)):
            while at + 1 < len(blocks) and not _ENDED.search(blocks[at].text) and not blocks[at + 1].gap:
                at += 1
        elif not _closes(text) and not _goes_on(blocks, begin, at):
            short = len(text) < 90 and not re.search(r"[.?!:]$", text)
            if formula < 0 or at - formula > _AFTER_FORMULA or not short:
                return False
        at += 1
    return True


def _closes(text: str) -> bool:
    return bool(
        _FORMULA.match(text) or is_office(text) or _NAME.match(text) or _FOR.match(text) or _PLACE_AND_DATE.match(text)
    )


def _goes_on(blocks: Sequence[TextBlock], begin: int, at: int) -> bool:
    """Whether a line is the rest of an office that was broken: "en Ruimtelijke Ordening,"."""
    if at == begin or not blocks[at].wrapped or blocks[at].gap:
        return False
    return is_office(f"{blocks[at - 1].text} {blocks[at].text}")
