"""Calls for work processes under test: they do what goes wrong in life."""

from __future__ import annotations

import datetime
import os
import time

from drafter.backend.workplace import Workplace
from embeddings.errors import BankError, Cancelled
from embeddings.progress import Progress


class AwkwardError(Exception):
    """Cannot be made again from what it was made with."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} en {two}")


def choices(at: Workplace) -> tuple[datetime.date, str]:
    """What came along with a call of the backend."""
    return at.as_of, at.settings.naam


class WorkPlace:
    """What the calls below get as their first argument."""

    number = 7

    def echo(self, value: object, twice: bool = False) -> object:
        return (value, value) if twice else value

    def where(self) -> tuple[int, int]:
        return os.getpid(), self.number

    def counted(self, progress: Progress, steps: int) -> int:
        progress.start("Tellen", steps)
        for number in range(steps):
            if progress.cancelled():
                raise Cancelled
            time.sleep(0.02)
            progress.advance(label=f"stap {number}")
        return steps

    def endless(self) -> None:
        while True:
            sum(range(1000))

    def deaf(self, progress: Progress) -> None:
        progress.start("Doof", None)
        time.sleep(60)

    def crash(self, mark: str) -> str:
        """Dies the first time, and not the second."""
        if not os.path.exists(mark):
            with open(mark, "w"):
                pass
            os.write(2, b"te weinig geheugen")
            os._exit(11)
        return "gelukt"

    def crash_always(self) -> None:
        os.write(2, b"te weinig geheugen")
        os._exit(11)

    def refuse(self) -> None:
        raise BankError("De bank is weg.", "Zoek haar.")

    def fault(self) -> None:
        raise AwkwardError(1, 2)

    def unsendable(self) -> object:
        return lambda: None

    def unsendable_among_many(self) -> object:
        return (*range(1000), lambda: None)

    def noise(self) -> str:
        print("dit mag niet tussen de antwoorden komen", flush=True)
        os.write(1, b"en dit ook niet")
        return "stil"
