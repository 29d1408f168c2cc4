"""Files changed, cut and zeroed: what is read afterwards is what was written, or it is told. Never something else."""

from __future__ import annotations

import datetime
import random
import shutil
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from answers_bank.documents import Document, Kind, Question
from answers_bank.store.bank import Bank
from benchmarks.faults.banks import fill, found
from drafter.dossier import edits
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier, DraftAnswer
from embeddings.errors import KamerantwoordError


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


def run(count: int, seed: int = 0) -> dict[str, Any]:
    """So many mutations over the bank, its indexes and a dossier."""
    chance = random.Random(seed)
    outcomes: dict[str, Counter[str]] = {"bank": Counter(), "cache": Counter(), "dossier": Counter()}
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch) / "base"
        fill(base, 0, 12)
        store = DossierStore(base)
        store.create(a_dossier()).close()
        typed(store, "proef", [f"Alinea {n} over de molens." for n in range(10)])
        with Bank.open(base) as bank:
            expected = found(bank)
        wanted = store.load("proef")
        every = [p for p in base.rglob("*") if p.is_file() and p.suffix != ".lock" and p.stat().st_size]
        groups = {
            "bank": [base / "bank.sqlite"],
            "dossier": [store.path("proef")],
            "cache": [p for p in every if "cache" in p.relative_to(base).parts],
        }
        for number in range(count):
            kind = chance.choice(("bank", "cache", "cache", "dossier"))
            chosen = chance.choice(groups[kind]).relative_to(base)
            place = Path(scratch) / "one"
            shutil.copytree(base, place)
            (place / chosen).write_bytes(harmed((place / chosen).read_bytes(), chance))
            try:
                with Bank.open(place) as bank:
                    right = found(bank) == expected
                right = right and DossierStore(place).load("proef") == wanted
                outcomes[kind]["as it was" if right else "silently wrong"] += 1
                if not right:
                    problems.append(f"{number}: {chosen} silently wrong")
            except KamerantwoordError:
                outcomes[kind]["told"] += 1
            except Exception as error:
                outcomes[kind]["unforeseen"] += 1
                where = traceback.extract_tb(error.__traceback__)[-1]
                problems.append(
                    f"{number}: {chosen}: {type(error).__name__} in {Path(where.filename).name}:{where.lineno}"
                )
            finally:
                shutil.rmtree(place, ignore_errors=True)
    return {"done": count, "outcomes": {kind: dict(one) for kind, one in outcomes.items()}, "problems": problems[:50]}
