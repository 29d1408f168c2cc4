"""The polite client: its pace, its patience and its limits, with a clock of its own."""

from __future__ import annotations

import itertools
import socket
import ssl
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


def sent_on(*hops: str) -> Iterator[Any]:
    yield from ((302, b"", {"Location": hop}) for hop in hops)
    yield from itertools.repeat(ok())


@pytest.mark.parametrize(
    ("asked", "hop"),
    [
        ("https://zoek.bron.nl/a", "https://elders.nl/a"),
        ("https://zoek.bron.nl/a", "http://zoek.bron.nl/a"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:9000/a"),
        ("http://127.0.0.1:8000/a", "http://localhost:8000/a"),
        ("https://10.0.0.1/a", "https://9.0.0.1/a"),
        ("http://bron.nl/a", "http://inloggen.bron.nl/"),
        ("https://bron.nl/a", "//elders.nl/b"),
    ],
)
def test_what_is_sent_on_to_another_place_is_not_followed(asked: str, hop: str) -> None:
    clock = Clock()
    with pytest.raises(SourceError, match="andere plaats"):
        client(sent_on(hop), clock).get(asked)
    assert len(clock.moments) == 1


@pytest.mark.parametrize(
    ("asked", "hop"),
    [
        ("http://bron.nl/a", "/b"),
        ("http://bron.nl/a", "https://bron.nl/a"),
        ("https://bron.nl/a", "https://www.bron.nl/a"),
        ("https://zoek.bron.nl/a", "https://repository.bron.nl/a"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b"),
    ],
)
def test_a_service_may_send_on_within_itself(asked: str, hop: str) -> None:
    assert client(sent_on(hop), Clock()).get(asked, {"q": "x"}).content == b"goed"


def test_a_service_that_keeps_sending_on_is_given_up() -> None:
    with pytest.raises(SourceError, match="blijft doorsturen"):
        client(sent_on(*["/a"] * 50), Clock()).get("http://bron.nl/a")


def test_a_body_that_comes_byte_by_byte_has_a_total_time() -> None:
    clock = Clock()

    def drip() -> Iterator[bytes]:
        while True:
            clock.sleep(10)
            yield b"x"

    polite = PoliteClient(ClientSettings(longest=60), clock=clock, sleep=clock.sleep)
    polite._client = httpx2.Client(transport=httpx2.MockTransport(lambda _: httpx2.Response(200, content=drip())))
    with pytest.raises(SourceError, match="niet compleet"):
        polite.get("http://bron.nl/a")
    assert clock.now < 600


def failing(error: Exception, cause: BaseException | None = None) -> Iterator[Any]:
    error.__cause__ = cause
    yield from itertools.repeat(error)


@pytest.mark.parametrize(
    ("error", "cause", "told"),
    [
        (httpx2.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self signed"), None, "certificaat"),
        (httpx2.ConnectError("x"), ssl.SSLCertVerificationError("self signed"), "certificaat"),
        (httpx2.ConnectError("x"), socket.gaierror(-2, "Name or service not known"), "is niet te vinden"),
        (httpx2.ConnectError("x"), ConnectionRefusedError(111, "refused"), "geen verbinding"),
        (httpx2.ConnectTimeout("x"), None, "geen verbinding"),
        (httpx2.ProxyError("407"), None, "proxy"),
    ],
)
def test_who_cannot_be_reached_is_told_soon_and_why(error: Exception, cause: BaseException | None, told: str) -> None:
    clock = Clock()
    with pytest.raises(SourceError, match=told):
        client(failing(error, cause), clock).get("https://bron.nl/a")
    waited = clock.now + (8 * len(clock.moments) if isinstance(error, httpx2.ConnectTimeout) else 0)
    assert waited < 30


@pytest.mark.parametrize(
    ("proxy", "told"), [("socks5://proxy:1080", "SOCKS"), ("ftp://proxy", "proxy"), ("proxy zonder poort", "proxy")]
)
def test_a_proxy_that_cannot_be_used_is_told_plainly(proxy: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        PoliteClient(ClientSettings(proxy=proxy)).get("http://bron.nl/")


def test_a_socks_proxy_of_the_environment_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://proxy:1080")
    with pytest.raises(SourceError, match="SOCKS"):
        PoliteClient(ClientSettings()).get("http://bron.nl/")


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(SourceError, match="geen webadres"):
        client(itertools.repeat(ok()), Clock()).get("http://bron.nl/a\nb")
