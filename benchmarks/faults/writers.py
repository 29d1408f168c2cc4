"""Programs that write, to be killed or to meet a full disk: each says a word when a thing is kept, and not before.

Each works until it is killed. `benchmarks.faults.kept` tells afterwards what was said and is not there.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support.dossiers import dossier as full_dossier  # noqa: E402
from support.tiny_model import known_tiny_model  # noqa: E402

from answers_bank.documents import Detail, Document, Kind  # noqa: E402
from answers_bank.filling.filling import encode, ingest, rebuild  # noqa: E402
from answers_bank.filling.intake import taking  # noqa: E402
from answers_bank.sources.http import ClientSettings, PoliteClient  # noqa: E402
from answers_bank.sources.jsonl import parse  # noqa: E402
from answers_bank.store.annotations.annotations import About, Annotation  # noqa: E402
from answers_bank.store.bank import Bank  # noqa: E402
from answers_bank.store.fetching.fetched import Body, Record, StoredBody  # noqa: E402
from answers_bank.store.fetching.ledger import Ledger  # noqa: E402
from benchmarks.faults.banks import ENCODER, found, lines  # noqa: E402
from benchmarks.faults.mutations import a_dossier, typed  # noqa: E402
from benchmarks.faults.word_edits import type_in_word  # noqa: E402
from drafter.assembly.assemble import assemble  # noqa: E402
from drafter.dossier.store import DossierStore  # noqa: E402
from drafter.search.searcher import Searcher  # noqa: E402
from drafter.search.values import SearchQuery  # noqa: E402
from drafter.settings.file import set_setting  # noqa: E402
from drafter.settings.values import FetchSettings, Settings  # noqa: E402
from drafter.tasks.draft import keep  # noqa: E402
from drafter.tasks.fetching import Request, collect  # noqa: E402
from drafter.tasks.import_edits import import_file  # noqa: E402
from drafter.tasks.workspace import Workspace  # noqa: E402
from embeddings.packaged.model import unpack  # noqa: E402

Say = Callable[[str], None]

SERVICES = "diensten.json"
"""Where in its folder a fetching writer finds the addresses of the services."""

TODAY = datetime.date(2026, 3, 1)
WILL_GO = "-"
"""Before the id of a document that is being taken out: from now on it need not be there."""

_MATERIAL = lines(20)


def _document(number: int, own: str) -> Document:
    return parse(_MATERIAL[number % 20].replace(b'"id": "', f'"id": "{own}-{number}-'.encode(), 1), "r")


def bank(folder: Path, chance: random.Random, say: Say, pause: float = 0.0) -> None:
    """Documents, each on disk before it is reported; ids of this writer alone."""
    own = f"w{chance.randrange(10**9)}"
    with Bank.open(folder, create=True) as open_bank:
        for number in itertools.count():
            document = _document(number, own)
            open_bank.add(document)
            say(document.id)
            if number % 10 == 9:
                encode(open_bank, ENCODER)
            time.sleep(chance.random() * pause)


def fills(folder: Path, chance: random.Random, say: Say) -> None:
    """As `bank`, at the pace of one who shares the disk with others."""
    bank(folder, chance, say, 0.5)


def changes(folder: Path, chance: random.Random, say: Say) -> None:
    """The same few documents taken up in groups, changed, and taken out again."""
    with Bank.open(folder, create=True) as open_bank:
        while True:
            chosen = chance.sample(range(len(_MATERIAL)), chance.randint(1, len(_MATERIAL)))
            version = b"%d. Dit betreft" % chance.randrange(1000)
            with taking(open_bank, "faults", group=chance.randint(1, 10)) as intake:
                for number in chosen:
                    intake.take(parse(_MATERIAL[number].replace(b"Dit betreft", version), "register"))
            for number in chosen:
                say(f"r0-{number}")
            if chance.random() < 0.5:
                encode(open_bank, ENCODER)
            if chance.random() < 0.5:
                say(f"{WILL_GO}r0-{chosen[0]}")
                open_bank.remove(f"r0-{chosen[0]}")


def corrects(folder: Path, chance: random.Random, say: Say) -> None:
    """Titles of documents corrected."""
    own = f"w{chance.randrange(10**9)}"
    with Bank.open(folder, create=True) as open_bank:
        for number in itertools.count():
            document = _document(number, own)
            open_bank.add(document)
            word = f"w{chance.randrange(10**12)}"
            open_bank.annotate([corrected_title(document.id, word)])
            say(f"{document.id} {word}")


def corrected_title(document: str, title: str) -> Annotation:
    """What a person says of a document."""
    moment = datetime.datetime(2031, 5, 6, tzinfo=datetime.UTC)
    return Annotation(About.DOCUMENT, document, Detail.TITLE, title, "J. Zeegras", moment)


def files(folder: Path, chance: random.Random, say: Say) -> None:
    """Files, read in processes of their own; three at a time."""
    source = folder / "stukken"
    source.mkdir(exist_ok=True)
    with Bank.open(folder, create=True) as open_bank:
        while True:
            names = [f"f{chance.randrange(10**12)}.txt" for _ in range(3)]
            for name in names:
                text = f"Vraag 1\nWat is {name}?\n\nAntwoord 1\nMolen {name} draait.\n"
                (source / name).write_text(text, encoding="utf-8")
            report = ingest(open_bank, [source / name for name in names])
            assert not report.failed, report.failed
            for name in names:
                say(name)


def dossier(folder: Path, chance: random.Random, say: Say) -> None:
    """Paragraphs typed into one dossier."""
    store = DossierStore(folder)
    if not store.path("proef").exists():
        store.create(a_dossier()).close()
    while True:
        word = f"w{chance.randrange(10**12)}"
        typed(store, "proef", [word])
        say(word)


def imports(folder: Path, chance: random.Random, say: Say) -> None:
    """Words typed in Word, read back into their dossier."""
    store = DossierStore(folder)
    before = full_dossier()
    if not store.path(before.id).exists():
        store.create(before).close()
    path = folder / "terug.docx"
    while True:
        package, words = type_in_word(store.load(before.id), chance)
        path.write_bytes(package.to_bytes())
        taken = import_file(folder, path).dossier
        texts = {block.text for answer in taken.answers for block in answer.blocks}
        for word in words:
            if any(word in text for text in texts):  # else it stands in the report
                say(word)


def settings(folder: Path, chance: random.Random, say: Say) -> None:
    """One setting after the other; the last that was reported counts."""
    while True:
        word = f"w{chance.randrange(10**12)}"
        set_setting("naam", word, folder / "instellingen.yaml")
        say(word)


def ledger(folder: Path, chance: random.Random, say: Say) -> None:
    """Records and their files in the ledger."""
    with Ledger(folder) as open_ledger:
        while True:
            key = f"w{chance.randrange(10**12)}"
            content = key.encode() * chance.randrange(1, 2000)
            record = Record("bron", key, Kind.ANSWER, "Titel", None, "x", (Body("xml", "http://bron/"),))
            open_ledger.note(record)
            stored = StoredBody("xml", "http://bron/", hashlib.sha256(content).hexdigest())
            open_ledger.keep_body(record, stored, content)
            say(key)


def fetched(folder: Path) -> list[str]:
    """(document, source, key) of every record that is done, as words."""
    with Ledger(folder) as open_ledger:
        known = [one for one in open_ledger.all() if one.done and one.document]
    return [f"{one.document} {one.record.source} {one.record.key}" for one in known]


def fetch_some(folder: Path, limit: int | None) -> None:
    """One run of fetching from the services that are played on this machine."""
    urls = FetchSettings(**json.loads((folder / SERVICES).read_text("utf-8")))
    ticks = itertools.count()
    client = PoliteClient(ClientSettings(timeout=5.0), clock=lambda: 30.0 * next(ticks), sleep=lambda seconds: None)
    with Workspace(Settings(ophalen=urls), folder) as workspace:
        request = Request(since=datetime.date(2024, 1, 1), limit=limit)
        for report in collect(workspace, request, today=TODAY, client=client).values():
            assert not report.failed, report.failed[:2]


def fetch(folder: Path, chance: random.Random, say: Say) -> None:
    """Official documents, ten a run."""
    said: set[str] = set()
    while True:
        fetch_some(folder, 10)
        for word in fetched(folder):
            if word not in said:
                said.add(word)
                say(word)


def caches(folder: Path, chance: random.Random, say: Say) -> None:
    """Searches that bring the indexes up to date with a growing bank."""
    with Bank.open(folder, create=True) as open_bank:
        for number in itertools.count():
            document = _document(number, f"c{chance.randrange(10**9)}")
            open_bank.add(document)
            encode(open_bank, ENCODER)
            found(open_bank)
            say(document.id)


def unpacking(folder: Path, chance: random.Random, say: Say) -> None:
    """The model unpacked, thrown away, and unpacked again."""
    with known_tiny_model(folder):
        while True:
            unpacked = unpack(folder / "cache")
            say("unpacked")
            shutil.rmtree(unpacked.folder)


def rebuilds(folder: Path, chance: random.Random, say: Say) -> None:
    """The indexes thrown away and made again."""
    with Bank.open(folder, create=True) as open_bank:
        while True:
            rebuild(open_bank, ENCODER)
            time.sleep(chance.random())


def searches(folder: Path, chance: random.Random, say: Say) -> None:
    """Questions put to the bank while it changes; what is found must be what the bank holds."""
    with Bank.open(folder, create=True) as open_bank:
        searcher = Searcher(open_bank, ENCODER)
        while True:
            text = chance.choice(_MATERIAL).decode()[100:260]
            for result in searcher.search(SearchQuery(text)):
                for passage in result.passages:
                    try:
                        held = open_bank.passage(passage.id)
                    except KeyError:  # taken out since
                        continue
                    assert held.text == passage.text, passage.id


def drafts(folder: Path, chance: random.Random, say: Say) -> None:
    """Drafts of answers, each kept as a dossier."""
    store = DossierStore(folder)
    with Bank.open(folder, create=True) as open_bank:
        searcher = Searcher(open_bank, ENCODER)
        while True:
            questions = a_dossier().questions
            made = assemble(questions, searcher, TODAY + datetime.timedelta(chance.randrange(1000)))
            say(keep(store, made).id)


def removes(folder: Path, chance: random.Random, say: Say) -> None:
    """Documents taken out, any of them; told before and after."""
    with Bank.open(folder, create=True) as open_bank:
        while True:
            there = open_bank.documents()
            if there:
                chosen = chance.choice(there).id
                say(f"{WILL_GO}{chosen}")
                open_bank.remove(chosen)
            time.sleep(chance.random() * 0.3)


WRITERS: dict[str, Callable[[Path, random.Random, Say], None]] = {
    "bank": bank,
    "changes": changes,
    "corrects": corrects,
    "files": files,
    "dossier": dossier,
    "imports": imports,
    "settings": settings,
    "ledger": ledger,
    "fetch": fetch,
    "caches": caches,
    "unpacking": unpacking,
    "rebuilds": rebuilds,
    "fills": fills,
    "searches": searches,
    "drafts": drafts,
    "removes": removes,
}

KILLED = tuple(name for name in WRITERS if name not in ("fills", "searches", "drafts", "removes"))
"""Those that are killed one at a time; the others are for the storm."""
