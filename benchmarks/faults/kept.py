"""What writers reported as kept: is it there, and is all of it whole?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from answers_bank.store.bank import Bank
from answers_bank.store.fetching.ledger import Ledger
from benchmarks.faults.banks import found
from benchmarks.faults.writers import SERVICES, WILL_GO, fetch_some, fetched, full_dossier, known_tiny_model
from drafter.dossier.store import DossierStore
from drafter.settings.values import FetchSettings, load_settings
from embeddings.errors import KamerantwoordError
from embeddings.packaged.model import damaged_files, unpack

from support.services import Services, Truth, invent  # isort: skip - the place of the tests is known by now


@contextmanager
def place(name: str, folder: Path, seed: int) -> Iterator[Truth | None]:
    """The folder of a writer, with what it finds before it begins: for fetching, services with the truth given."""
    folder.mkdir(exist_ok=True)
    if name != "fetch":
        yield None
        return
    truth = invent(300, seed)
    with Services(truth) as services:
        urls = FetchSettings(services.search, services.publications, services.chamber)
        (folder / SERVICES).write_text(json.dumps(asdict(urls)), "utf-8")
        yield truth


def lost(name: str, folder: Path, reported: list[str]) -> list[str]:
    """What was reported and is not there, and what is damaged."""
    try:
        return _LOOKS[name](folder, reported)
    except KamerantwoordError as error:
        return [f"does not open: {error}"]


def lost_of_the_truth(folder: Path, truth: Truth) -> list[str]:
    """What a bank does not hold after one run that nothing disturbs."""
    try:
        fetch_some(folder, None)
    except KamerantwoordError as error:
        return [f"fetching does not go on: {error}"]
    with Bank.open(folder) as bank:
        there = {one.id: one.kind.value for one in bank.documents()}
    expected = truth.expected()
    return [] if there == expected else [f"not the truth: {sorted(there.items() ^ expected.items())[:3]}"]


def _gone(reported: list[str], there: set[str]) -> list[str]:
    gone = [word for word in reported if word not in there]
    return [f"gone: {gone[:3]}"] if gone else []


def _bank(folder: Path, reported: list[str]) -> list[str]:
    if not (folder / "bank.sqlite").is_file():
        return [f"no bank, and {len(reported)} reported"] if reported else []
    going = {word.removeprefix(WILL_GO) for word in reported if word.startswith(WILL_GO)}
    with Bank.open(folder) as bank:
        there = {one.id for one in bank.documents()}
        found(bank) if there else None
        kept = [word for word in reported if not word.startswith(WILL_GO) and word not in going]
        return _gone(kept, there) + bank.damage()


def _corrects(folder: Path, reported: list[str]) -> list[str]:
    if not (folder / "bank.sqlite").is_file():
        return [f"no bank, and {len(reported)} reported"] if reported else []
    with Bank.open(folder) as bank:
        there = {f"{one.id} {one.title}" for one in bank.documents()}
        wrong = [one.id for one in bank.documents() if bank.document(one.id).title != one.title]
        return _gone(reported, there) + [f"two titles: {one}" for one in wrong] + bank.damage()


def _files(folder: Path, reported: list[str]) -> list[str]:
    if not (folder / "bank.sqlite").is_file():
        return [f"no bank, and {len(reported)} reported"] if reported else []
    with Bank.open(folder) as bank:
        return _gone(reported, {one.source for one in bank.documents()}) + bank.damage()


def _dossier(folder: Path, reported: list[str], name: str = "proef") -> list[str]:
    store = DossierStore(folder)
    if not store.path(name).exists():
        return [f"no dossier, and {len(reported)} reported"] if reported else []
    text = "\n".join(block.text for answer in store.load(name).answers for block in answer.blocks)
    gone = [word for word in reported if word not in text]
    return [f"gone: {gone[:3]}"] * bool(gone) + list(store.damage(name))


def _imports(folder: Path, reported: list[str]) -> list[str]:
    return _dossier(folder, reported, full_dossier().id)


def _settings(folder: Path, reported: list[str]) -> list[str]:
    path = folder / "instellingen.yaml"
    if not path.exists():
        return ["no settings"] if reported else []
    held = load_settings(path).naam
    # One that was written and not reported yet is right as well.
    return [f"an older setting: {held}"] if held in reported[:-1] or (reported and not held) else []


def _ledger(folder: Path, reported: list[str]) -> list[str]:
    with Ledger(folder) as ledger:
        known = {one.record.key: one for one in ledger.all()}
        broken = [w for w in reported if w in known and ledger.content(known[w].bodies[0].sha256) is None]
    return _gone(reported, set(known)) + [f"broken: {broken[:3]}"] * bool(broken)


def _fetch(folder: Path, reported: list[str]) -> list[str]:
    problems = _gone(reported, set(fetched(folder)))
    return problems + _bank(folder, [word.split()[0] for word in reported])


def _model(folder: Path, reported: list[str]) -> list[str]:
    with known_tiny_model(folder):
        unpacked = unpack(folder / "cache")
        problems = [f"damaged: {name}" for name in damaged_files(unpacked.folder)]
    here = [path.name for path in unpacked.folder.parent.iterdir() if path.is_dir()]
    return problems + [f"left behind: {name}" for name in here if name != unpacked.folder.name and len(here) > 2]


def _drafts(folder: Path, reported: list[str]) -> list[str]:
    store = DossierStore(folder)
    return [problem for name in dict.fromkeys(reported) for problem in store.damage(name)]


_LOOKS: dict[str, Callable[[Path, list[str]], list[str]]] = {
    "bank": _bank,
    "changes": _bank,
    "caches": _bank,
    "rebuilds": _bank,
    "corrects": _corrects,
    "files": _files,
    "dossier": _dossier,
    "imports": _imports,
    "settings": _settings,
    "ledger": _ledger,
    "fetch": _fetch,
    "unpacking": _model,
    "drafts": _drafts,
}
