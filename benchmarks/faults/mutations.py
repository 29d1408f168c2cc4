"""Files changed, cut and zeroed: what is read afterwards is what was written, or it is told. Never something else."""

from __future__ import annotations

import datetime
import random
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from support.tiny_model import known_tiny_model

from answers_bank.documents import Detail, Document, Kind, Question
from answers_bank.filling.filling import forget_caches
from answers_bank.store.annotations.annotations import About, Annotation
from answers_bank.store.bank import Bank
from benchmarks.faults.banks import fill, found
from drafter.dossier import edits
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier, DraftAnswer
from embeddings.errors import BankError, KamerantwoordError
from embeddings.packaged.model import unpack
from embeddings.sums import CHECKED_NAME


def harmed(data: bytes, chance: random.Random) -> bytes:
    """One kind of damage."""
    kind = chance.randrange(6)
    place = chance.randrange(max(len(data), 1))
    changed = bytearray(data)
    if kind == 0:
        return b""
    if kind == 1:
        return data[:place]
    if kind == 2:
        return bytes(len(data))
    if kind == 3:
        changed[place : place + 512] = bytes(min(512, len(data) - place))
    elif kind == 4:
        changed[place : place + 64] = chance.randbytes(min(64, len(data) - place))
    elif changed:
        changed[place] ^= 1 << chance.randrange(8)
    return bytes(changed)


def a_dossier(identifier: str = "proef") -> Dossier:
    """A small one."""
    moment = datetime.datetime(2031, 5, 6, tzinfo=datetime.UTC)
    questions = tuple(Question((n,), f"Wat vindt u van molen {n}?", 0, 5) for n in (1, 2, 3))
    document = Document(id="q", sha256="", source="q.txt", kind=Kind.QUESTIONS, text="Vragen", questions=questions)
    return Dossier(identifier, document, tuple(DraftAnswer((n,)) for n in (1, 2, 3)), moment.date(), moment, moment)


def typed(store: DossierStore, identifier: str, words: list[str]) -> None:
    """Paragraphs typed one after the other, each a step."""
    with store.open(identifier) as session:
        for word in words:
            changed, _ = edits.insert(session.dossier, 1, word, None, ())
            session.record(changed, "alinea getypt")
            if session.problem:  # kept in memory, and tried again: not kept yet
                raise BankError(f"De wijziging is nog niet bewaard: {session.problem}.")


def run(count: int, seed: int = 0) -> dict[str, Any]:
    """So many mutations over the bank, its indexes, a dossier, and the model."""
    outcomes: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as scratch, known_tiny_model(Path(scratch)) as weights:
        trial = _Trial(Path(scratch), weights)
        for number in range(count):
            chance = random.Random(f"{seed} {number}")
            kind = chance.choice(KINDS)
            outcome, problem = trial.once(kind, chance)
            outcomes[kind][outcome] += 1
            problems += [f"{seed} {number}: {problem}"] if problem else []
    return {"done": count, "outcomes": {kind: dict(one) for kind, one in outcomes.items()}, "problems": problems}


KINDS = ("bank", "cache", "cache", "dossier", "model")


class _Trial:
    """A folder with everything, copied for each mutation."""

    def __init__(self, scratch: Path, weights: Path) -> None:
        self.base, self.one, self.weights = scratch / "base", scratch / "one", weights
        fill(self.base, 0, 12)
        with Bank.open(self.base) as bank:
            moment = datetime.datetime(2031, 5, 6, tzinfo=datetime.UTC)
            for one in bank.documents()[:4]:
                bank.annotate([Annotation(About.DOCUMENT, one.id, Detail.TITLE, "Verbeterd", "J. Zeegras", moment)])
            forget_caches(bank)  # one that followed the changes counts a little otherwise than one made anew
        fill(self.base, 0, 12)
        store = DossierStore(self.base)
        store.create(a_dossier()).close()
        typed(store, "proef", [f"Alinea {n} over de molens." for n in range(10)])
        with Bank.open(self.base) as bank:
            self.expected = found(bank)
        self.wanted = store.load("proef")
        model = unpack(self.base / "model").folder
        self.model = _bytes_in(model)
        every = [p for p in sorted(self.base.rglob("*")) if p.is_file() and p.suffix != ".lock" and p.stat().st_size]
        inside = [path.relative_to(self.base) for path in every]
        self.files = {
            "bank": [Path("bank.sqlite")],
            "dossier": [store.path("proef").relative_to(self.base)],
            "cache": [path for path in inside if path.parts[0] == "cache"],
            "model": [path for path in inside if path.parts[0] == "model"],
        }

    def once(self, kind: str, chance: random.Random) -> tuple[str, str]:
        """What came of one mutation, and what is wrong with that, if anything."""
        chosen = chance.choice(self.files[kind])
        shutil.copytree(self.base, self.one)
        try:
            changed = harmed((self.one / chosen).read_bytes(), chance)
            (self.one / chosen).write_bytes(changed)
            wrong = self._wrong(kind)
        except KamerantwoordError:
            return "told", ""
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            return "unforeseen", f"{chosen}: {type(error).__name__} in {Path(where.filename).name}:{where.lineno}"
        finally:
            shutil.rmtree(self.one, ignore_errors=True)
        return ("silently wrong", f"{chosen}: {wrong}") if wrong else ("as it was", "")

    def _wrong(self, kind: str) -> str:
        """In which respect what is read is not what was written."""
        if kind == "model":
            return "" if _bytes_in(unpack(self.one / "model").folder) == self.model else "another model"
        if kind == "dossier":
            return "" if DossierStore(self.one).load("proef") == self.wanted else "another dossier"
        with Bank.open(self.one) as bank:
            differing = [part for part, (a, b) in enumerate(zip(found(bank), self.expected, strict=True)) if a != b]
        return f"parts {differing} of what is found" if differing else ""


def _bytes_in(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != CHECKED_NAME]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
