"""Two or more at once, round after round: nothing fails, and nothing that was reported is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from support.dossiers import dossier as full_dossier
from support.tiny_model import known_tiny_model

from answers_bank.index.unit_index import UnitIndex
from answers_bank.sources.jsonl import parse
from answers_bank.store.bank import Bank
from answers_bank.store.fetching.ledger import Ledger
from benchmarks.faults.banks import lines
from benchmarks.faults.mutations import a_dossier, typed
from benchmarks.faults.word_edits import type_in_word
from drafter.dossier.store import DossierStore
from drafter.export import export_dossier
from drafter.settings.file import set_setting
from drafter.settings.values import load_settings
from drafter.tasks.import_edits import import_file
from embeddings.errors import BankError
from embeddings.packaged.model import damaged_files, unpack

_AT_ONCE = 3
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["benchmarks.faults.races"])

Act = Callable[[Path, int], object]
"""What one of those who are at it at once does in a folder, given its number."""


class Crew:
    """Three who begin at the same moment: threads of this process, or processes of their own."""

    def __init__(self) -> None:
        self._gate = _CONTEXT.Barrier(_AT_ONCE)
        self._lines = []
        for number in range(_AT_ONCE):
            mine, theirs = _CONTEXT.Pipe()
            _CONTEXT.Process(target=_obey, args=(number, self._gate, theirs), daemon=True).start()
            theirs.close()
            self._lines.append(mine)

    def close(self) -> None:
        """Let the processes end."""
        for line in self._lines:
            line.close()

    def processes(self, name: str, folder: Path) -> list[str]:
        """What went wrong with those who did it in processes."""
        for line in self._lines:
            line.send((name, folder))
        return [problem for line in self._lines if (problem := line.recv())]

    @staticmethod
    def threads(name: str, folder: Path) -> list[str]:
        """What went wrong with those who did it in threads."""
        start = threading.Barrier(_AT_ONCE)
        problems: list[str] = []

        def one(number: int) -> None:
            start.wait()
            problems.append(_tried(name, folder, number))

        threads = [threading.Thread(target=one, args=(n,)) for n in range(_AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [problem for problem in problems if problem]


def _obey(number: int, gate: Barrier, line: Connection) -> None:
    with contextlib.suppress(EOFError), tempfile.TemporaryDirectory() as weights, known_tiny_model(Path(weights)):
        while True:
            name, folder = line.recv()
            gate.wait()
            line.send(_tried(name, folder, number))


def _tried(name: str, folder: Path, number: int) -> str:
    try:
        RACES[name].act(folder, number)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    return ""


@dataclass(frozen=True, slots=True)
class Race:
    """What some do at once, what is there before, and what is wrong afterwards."""

    act: Act
    after: Callable[[Path], list[str]] = lambda folder: []
    before: Callable[[Path], object] = lambda folder: None


def _make_bank(folder: Path, number: int) -> None:
    with Bank.open(folder / "bank", create=True) as bank:
        bank.add(parse(_LINES[number], "register"))


def _bank_made(folder: Path) -> list[str]:
    with Bank.open(folder / "bank") as bank:
        gone = ["a document is gone"] if len(bank.documents()) != _AT_ONCE else []
        return gone + bank.damage()


def _make_ledger(folder: Path, number: int) -> None:
    with Ledger(folder / "bank") as ledger:
        list(ledger.all())


_KEYS = ("naam", "model", "bank")


def _set(folder: Path, number: int) -> None:
    set_setting(_KEYS[number], f"waarde {number}", folder / "instellingen.yaml")


def _all_set(folder: Path) -> list[str]:
    settings = load_settings(folder / "instellingen.yaml")
    return [f"{key} is gone" for n, key in enumerate(_KEYS) if getattr(settings, key) != f"waarde {n}"]


def _make_dossier(folder: Path, number: int) -> None:
    store = DossierStore(folder)
    with contextlib.suppress(BankError):  # refused, and told
        store.create(a_dossier()).close()
        (folder / f"made-{number}").touch()
        typed(store, "proef", ["een dag werk"])


def _dossier_made(folder: Path) -> list[str]:
    made = len(list(folder.glob("made-*")))
    if made != 1:
        return [f"made {made} times"]
    return [] if DossierStore(folder).load("proef").answers[0].blocks else ["a day of work is gone"]


def _export(folder: Path, number: int) -> None:
    export_dossier(a_dossier(), folder / "concept.md")


def _exported(folder: Path) -> list[str]:
    return [] if [p.name for p in folder.iterdir()] == ["concept.md"] else ["something is left behind"]


def _small_bank(folder: Path) -> None:
    with Bank.open(folder, create=True) as bank:
        for line in _LINES:
            bank.add(parse(line, "register"))


def _search(folder: Path, number: int) -> None:
    with Bank.open(folder) as bank:
        if len(UnitIndex.open(bank)) != len(_LINES):
            raise AssertionError("another number of units")


def _edited_by_three(folder: Path) -> None:
    DossierStore(folder).create(full_dossier()).close()
    for number in range(_AT_ONCE):
        package, [word] = type_in_word(full_dossier(), random.Random(number), at=3 + number)
        (folder / f"{number}.docx").write_bytes(package.to_bytes())
        (folder / f"{number}.txt").write_text(word, "utf-8")


def _import(folder: Path, number: int) -> None:
    taken = import_file(folder, folder / f"{number}.docx")
    (folder / f"{number}.told").write_text("\n".join((*taken.not_taken, *taken.questions)), "utf-8")


def _imported(folder: Path) -> list[str]:
    held = DossierStore(folder).load(full_dossier().id)
    texts = "\n".join(block.text for answer in held.answers for block in answer.blocks)
    words = [(folder / f"{number}.txt").read_text("utf-8") for number in range(_AT_ONCE)]
    told = [(folder / f"{number}.told").read_text("utf-8") for number in range(_AT_ONCE)]
    return [f"{word} is gone" for word, said in zip(words, told, strict=True) if word not in texts + said]


def _unpack(folder: Path, number: int) -> None:
    wrong = damaged_files(unpack(folder / "cache").folder)
    if wrong:
        raise AssertionError(f"damaged: {wrong}")


_LINES = lines(4)

RACES = {
    "banks made": Race(_make_bank, _bank_made),
    "ledgers made": Race(_make_ledger),
    "settings changed": Race(_set, _all_set),
    "dossiers made": Race(_make_dossier, _dossier_made),
    "exports to one file": Race(_export, _exported),
    "first searches": Race(_search, before=_small_bank),
    "imports of one draft": Race(_import, _imported, _edited_by_three),
    "unpackings": Race(_unpack),
}


def run(rounds: int, seed: int = 0) -> dict[str, Any]:
    """So many rounds of each race, in turn among processes and among threads."""
    found: dict[str, Any] = {"done": rounds, "failures": {}, "problems": []}
    with tempfile.TemporaryDirectory() as weights, known_tiny_model(Path(weights)):
        crew = Crew()
        for name, race in RACES.items():
            failed = 0
            for number in range(rounds):
                with tempfile.TemporaryDirectory() as scratch:
                    folder = Path(scratch)
                    race.before(folder)
                    problems = (crew.processes if (number + seed) % 2 else crew.threads)(name, folder)
                    problems += race.after(folder)
                failed += bool(problems)
                found["problems"] += [f"{name}, round {number}: {problem}" for problem in problems[:2]]
            found["failures"][name] = failed
        crew.close()
    return found
