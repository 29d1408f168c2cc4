"""The polite client: its pace, its patience and its limits, with a clock of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from answers_bank.sources.http import ClientSettings, PoliteClient, RefusalError, Response, SourceError, TooLargeError
from embeddings.errors import Cancelled


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.moments: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def client(answers: Iterator[Any], clock: Clock, **settings: Any) -> PoliteClient:
    """A client whose service gives `answers` one after the other."""

    def handle(request: httpx2.Request) -> httpx2.Response:
        clock.moments.append(clock.now)
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        status, body, headers = answer
        return httpx2.Response(status, content=body, headers=headers)

    made = PoliteClient(ClientSettings(**settings), clock=clock, sleep=clock.sleep)
    made._client = httpx2.Client(transport=httpx2.MockTransport(handle))
    return made


def ok(body: bytes = b"goed") -> tuple[int, bytes, dict[str, str]]:
    return 200, body, {}


def test_no_more_than_ten_requests_in_thirty_seconds() -> None:
    clock = Clock()
    polite = client(itertools.repeat(ok()), clock)
    for _ in range(35):
        polite.get("http://x/")
    for start in clock.moments:
        assert sum(start <= moment < start + 30 for moment in clock.moments) <= 10


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_faults_are_tried_again(status: int) -> None:
    clock = Clock()
    polite = client(iter([(status, b"", {}), httpx2.ReadError("weg"), httpx2.ReadTimeout("laat"), ok()]), clock)
    assert polite.get("http://x/").content == b"goed"
    gaps = [b - a for a, b in itertools.pairwise(clock.moments)]
    assert all(gap > 0 for gap in gaps)


def test_retry_after_is_obeyed() -> None:
    clock = Clock()
    client(iter([(429, b"", {"Retry-After": "42"}), ok()]), clock).get("http://x/")
    assert clock.moments[1] >= 42


def test_a_service_that_keeps_failing_is_named() -> None:
    clock = Clock()
    with pytest.raises(SourceError, match=r"http://x/.*status 503"):
        client(itertools.repeat((503, b"", {})), clock).get("http://x/")
    assert len(clock.moments) == 7


def test_a_refusal_is_not_tried_again() -> None:
    clock = Clock()
    with pytest.raises(SourceError, match="403"):
        client(itertools.repeat((403, b"", {})), clock).get("http://x/")
    assert len(clock.moments) == 1


def test_a_body_that_is_not_what_was_asked_is_tried_three_times() -> None:
    def check(response: Response) -> None:
        raise RefusalError("een foutpagina")

    clock = Clock()
    with pytest.raises(SourceError, match="foutpagina"):
        client(itertools.repeat(ok()), clock).get("http://x/", check=check)
    assert len(clock.moments) == 3


def test_a_body_without_end_is_not_read() -> None:
    clock = Clock()
    with pytest.raises(TooLargeError):
        client(itertools.repeat(ok(b"x" * 5000)), clock).get("http://x/", max_bytes=1000)


def test_stopping_is_felt_while_waiting() -> None:
    class Stop:
        def start(self, label: str, total: int | None) -> None: ...

        def advance(self, steps: int = 1, label: str | None = None) -> None: ...

        def cancelled(self) -> bool:
            return True

    polite = PoliteClient(progress=Stop(), clock=Clock(), sleep=lambda _: None)
    polite._recent.extend([0.0] * 10)
    with pytest.raises(Cancelled):
        polite.get("http://127.0.0.1:1/")
