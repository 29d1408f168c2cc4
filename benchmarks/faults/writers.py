"""Programs that write, to be killed or to meet a full disk: each reports a step only when it is done.

`python -m benchmarks.faults.writers NAME FOLDER SEED` works until it is killed. Each line is one thing that is kept.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from answers_bank.documents import Kind
from answers_bank.filling.filling import encode, rebuild
from answers_bank.sources.jsonl import parse
from answers_bank.store.bank import Bank
from answers_bank.store.fetching.fetched import Body, Record, StoredBody
from answers_bank.store.fetching.ledger import Ledger
from benchmarks.faults.banks import ENCODER, found, lines
from benchmarks.faults.mutations import a_dossier, typed
from drafter.dossier.store import DossierStore
from drafter.settings.file import set_setting
from drafter.settings.values import load_settings
from embeddings.errors import KamerantwoordError


def bank(folder: Path, chance: random.Random) -> Iterator[str]:
    """Documents, each on disk before it is reported; ids of this writer alone."""
    own = f"w{chance.randrange(10**9)}"
    material = lines(20)
    with Bank.open(folder, create=True) as open_bank:
        for number in itertools.count():
            document = parse(material[number % 20].replace(b'"id": "', f'"id": "{own}-{number}-'.encode(), 1), "r")
            open_bank.add(document)
            yield document.id
            if number % 10 == 9:
                encode(open_bank, ENCODER)


def dossier(folder: Path, chance: random.Random) -> Iterator[str]:
    """Paragraphs typed into one dossier."""
    store = DossierStore(folder)
    if not store.path("proef").exists():
        store.create(a_dossier()).close()
    for _ in itertools.count():
        word = f"w{chance.randrange(10**12)}"
        typed(store, "proef", [word])
        yield word


def settings(folder: Path, chance: random.Random) -> Iterator[str]:
    """One setting after the other; the last that was reported counts."""
    for _ in itertools.count():
        word = f"w{chance.randrange(10**12)}"
        set_setting("naam", word, folder / "instellingen.yaml")
        yield word


def fetch(folder: Path, chance: random.Random) -> Iterator[str]:
    """Records and their files in the ledger."""
    import hashlib

    with Ledger(folder) as ledger:
        for _ in itertools.count():
            key = f"w{chance.randrange(10**12)}"
            content = key.encode() * chance.randrange(1, 2000)
            record = Record("bron", key, Kind.ANSWER, "Titel", None, "x", (Body("xml", "http://bron/"),))
            ledger.note(record)
            stored = StoredBody("xml", "http://bron/", hashlib.sha256(content).hexdigest())
            ledger.keep_body(record, stored, content)
            yield key


def caches(folder: Path, chance: random.Random) -> Iterator[str]:
    """Searches that bring the indexes up to date with a growing bank."""
    with Bank.open(folder, create=True) as open_bank:
        material = lines(20)
        for number in itertools.count():
            own = f"c{chance.randrange(10**9)}-"
            document = parse(material[number % 20].replace(b'"id": "', f'"id": "{own}'.encode(), 1), "r")
            open_bank.add(document)
            encode(open_bank, ENCODER)
            found(open_bank)
            yield document.id


def rebuilds(folder: Path, chance: random.Random) -> Iterator[str]:
    """The indexes thrown away and made again."""
    with Bank.open(folder, create=True) as open_bank:
        while True:
            rebuild(open_bank, ENCODER)
            yield "rebuilt"


WRITERS = {
    "bank": bank,
    "dossier": dossier,
    "settings": settings,
    "fetch": fetch,
    "caches": caches,
    "rebuilds": rebuilds,
}


def lost(name: str, folder: Path, reported: list[str]) -> list[str]:
    """What was reported and is not there, and what is damaged."""
    try:
        if name in ("bank", "caches", "rebuilds"):
            if not (folder / "bank.sqlite").is_file():
                return [f"no bank, and {len(reported)} reported"] if reported else []
            with Bank.open(folder) as open_bank:
                there = {one.id for one in open_bank.documents()}
                gone = [word for word in reported if word not in there and word != "rebuilt"]
                found(open_bank) if there else None
                return [f"gone: {gone[:3]}"] * bool(gone) + open_bank.damage()
        if name == "dossier":
            store = DossierStore(folder)
            if not store.path("proef").exists():
                return [f"no dossier, and {len(reported)} reported"] if reported else []
            texts = {block.text for answer in store.load("proef").answers for block in answer.blocks}
            gone = [word for word in reported if word not in texts]
            return [f"gone: {gone[:3]}"] * bool(gone) + list(store.damage("proef"))
        if name == "settings":
            path = folder / "instellingen.yaml"
            if not path.exists():
                return ["no settings"] if reported else []
            load_settings(path)
            return []
        with Ledger(folder) as ledger:
            known = {one.record.key: one for one in ledger.all()}
            gone = [word for word in reported if word not in known]
            broken = [w for w in reported if w in known and ledger.content(known[w].bodies[0].sha256) is None]
            return [f"gone: {gone[:3]}"] * bool(gone) + [f"broken: {broken[:3]}"] * bool(broken)
    except KamerantwoordError as error:
        return [f"does not open: {error}"]


def main() -> None:
    """Command line."""
    name, folder, seed = sys.argv[1:4]
    print("ready", flush=True)
    try:
        for word in WRITERS[name](Path(folder), random.Random(int(seed))):
            print(word, flush=True)
    except KamerantwoordError as error:
        print(f"told: {error.message}".replace("\n", " "), file=sys.stderr, flush=True)
        sys.exit(4)
    except OSError as error:
        print(f"told: {error}", file=sys.stderr, flush=True)
        sys.exit(4)


if __name__ == "__main__":
    main()
