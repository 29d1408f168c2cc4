"""Two or more at once, round after round: nothing fails, and nothing that was reported is lost."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from answers_bank.index.unit_index import UnitIndex
from answers_bank.sources.jsonl import parse
from answers_bank.store.bank import Bank
from answers_bank.store.fetching.ledger import Ledger
from benchmarks.faults.banks import lines
from benchmarks.faults.mutations import a_dossier, typed
from drafter.dossier.store import DossierStore
from drafter.export import export_dossier
from drafter.settings.file import set_setting
from drafter.settings.values import load_settings
from embeddings.errors import BankError

_AT_ONCE = 3


def _at_once(work: Callable[[int], object], count: int = _AT_ONCE) -> list[str]:
    problems: list[str] = []
    start = threading.Barrier(count)

    def one(number: int) -> None:
        start.wait()
        try:
            work(number)
        except BaseException as error:
            problems.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=one, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def _bank(folder: Path) -> list[str]:
    documents = [parse(line, "register") for line in lines(_AT_ONCE)]

    def make(number: int) -> None:
        with Bank.open(folder / "bank", create=True) as bank:
            bank.add(documents[number])

    problems = _at_once(make)
    with Bank.open(folder / "bank") as bank:
        if len(bank.documents()) != _AT_ONCE:
            problems.append("a document is gone")
        problems += bank.damage()
    return problems


def _ledger(folder: Path) -> list[str]:
    def make(_: int) -> None:
        with Ledger(folder / "bank") as ledger:
            list(ledger.all())

    return _at_once(make)


def _settings(folder: Path) -> list[str]:
    path = folder / "instellingen.yaml"
    keys = ("naam", "model", "bank")
    problems = _at_once(lambda n: set_setting(keys[n], f"waarde {n}", path))
    settings = load_settings(path)
    lost = [key for n, key in enumerate(keys) if getattr(settings, key) != f"waarde {n}"]
    return problems + [f"{key} is gone" for key in lost]


def _dossier(folder: Path) -> list[str]:
    store = DossierStore(folder)
    made: list[int] = []

    def make(number: int) -> None:
        try:
            store.create(a_dossier()).close()
            made.append(number)
            typed(store, "proef", ["een dag werk"])
        except BankError:
            return  # refused, and told

    problems = _at_once(make)
    if len(made) != 1:
        problems.append(f"made {len(made)} times")
    elif not store.load("proef").answers[0].blocks:
        problems.append("a day of work is gone")
    return problems


def _exports(folder: Path) -> list[str]:
    target = folder / "concept.md"
    problems = _at_once(lambda _: export_dossier(a_dossier(), target))
    return problems + ([] if [p.name for p in folder.iterdir()] == ["concept.md"] else ["something is left behind"])


def _first_search(folder: Path) -> list[str]:
    with Bank.open(folder, create=True) as bank:
        for line in lines(4):
            bank.add(parse(line, "register"))

    def search(_: int) -> None:
        with Bank.open(folder) as bank:
            if len(UnitIndex.open(bank)) != 4:
                raise AssertionError("another number of units")

    return _at_once(search)


RACES = {
    "banks made": _bank,
    "ledgers made": _ledger,
    "settings changed": _settings,
    "dossiers made": _dossier,
    "exports to one file": _exports,
    "first searches": _first_search,
}


def run(rounds: int) -> dict[str, Any]:
    """So many rounds of each race."""
    found: dict[str, Any] = {"done": rounds, "failures": {}, "problems": []}
    for name, race in RACES.items():
        failed = 0
        for number in range(rounds):
            with tempfile.TemporaryDirectory() as scratch:
                problems = race(Path(scratch))
            failed += bool(problems)
            found["problems"] += [f"{name}, round {number}: {problem}" for problem in problems[:2]]
        found["failures"][name] = failed
    found["problems"] = found["problems"][:50]
    return found
