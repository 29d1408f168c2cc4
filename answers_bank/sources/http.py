"""The one place where the program opens a network connection: slowly, stubbornly, and never for too much.

About ten requests in thirty seconds; what fails in passing (429, 5xx, time-outs, broken connections) is tried again
with growing, jittered pauses, or after the pause that the service itself asks for.
"""

from __future__ import annotations

import email.utils
import random
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.errors import Cancelled, KamerantwoordError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    import httpx2

MAX_BYTES = 64 * 1024 * 1024
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_WINDOW = 30.0
_REFUSALS = 3


class SourceError(KamerantwoordError):
    """A service does not give what was asked, also after several tries."""


class TooLargeError(SourceError):
    """A body is larger than anything the service really publishes."""


class RefusalError(ValueError):
    """An answer that may be a passing fault, but more likely stays as it is: tried again a few times only."""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """How services are reached."""

    user_agent: str = "kamerantwoord/0.1 (bank met eerdere antwoorden)"
    requests_per_window: int = 10
    """Requests in thirty seconds."""

    attempts: int = 7
    timeout: float = 120.0
    """Seconds without a byte; the search service can take two minutes for a first answer."""

    proxy: str | None = None
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What a service answered."""

    status: int
    """200, 304 or 404."""

    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""


class PoliteClient:
    """GET with pace and patience. `clock` and `sleep` are replaced in tests."""

    def __init__(
        self,
        settings: ClientSettings | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        progress: Progress = SILENT,
    ) -> None:
        self.settings = settings or ClientSettings()
        self._clock, self._sleep, self._progress = clock, sleep, progress
        self._recent: deque[float] = deque()
        self._random = random.Random(0)  # jitter only has to differ between attempts
        self._client: httpx2.Client | None = None
        self.requests = 0
        """How many requests were made so far."""

    def close(self) -> None:
        """Close open connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        check: Callable[[Response], None] | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> Response:
        """The answer of `url`.

        Args:
            url: absolute address.
            params: query parameters; none leaves the address as it is.
            headers: such as If-None-Match.
            check: raises `ValueError` for a body that is not what was asked (truncated, an error page): tried again.
            max_bytes: a longer body is not read to its end.

        Raises:
            SourceError: the service kept failing, or refuses.
            TooLargeError: the body is longer than `max_bytes`.
            Cancelled: the user stopped.
        """
        reason, refusals = "", 0
        for attempt in range(self.settings.attempts):
            pause = 0.0
            self._wait_for_turn()
            try:
                response, wanted = self._once(url, params, headers, max_bytes)
                if response is not None:
                    if check is not None and response.status == 200:
                        check(response)
                    return response
                reason, pause = wanted
            except TooLargeError:
                refusals += 1
                if refusals == _REFUSALS:
                    raise
            except RefusalError as error:
                reason, refusals = str(error), refusals + 1
                if refusals == _REFUSALS:
                    break
            except ValueError as error:
                reason = str(error)
            self._rest(max(pause, self._backoff(attempt)))
        raise SourceError(
            f"{_short(url)} geeft geen bruikbaar antwoord: {reason}.",
            "Probeer het later opnieuw; het ophalen gaat verder waar het gebleven was.",
        )

    def _once(
        self, url: str, params: Mapping[str, str] | None, headers: Mapping[str, str] | None, max_bytes: int
    ) -> tuple[Response | None, tuple[str, float]]:
        """One request: an answer, or else why not and how long the service asks to wait."""
        import httpx2

        self.requests += 1
        try:
            with self._http().stream("GET", url, params=params or None, headers=dict(headers or {})) as stream:
                if stream.status_code in _PASSING:
                    return None, (f"status {stream.status_code}", _retry_after(stream.headers.get("Retry-After")))
                if stream.status_code not in (200, 304, 404, 410):
                    raise SourceError(
                        f"{_short(url)} weigert het verzoek (status {stream.status_code}).",
                        "Kijk het adres en de filters na, en de proxy in de instellingen.",
                    )
                content = self._read(stream, max_bytes, url)
                names = {name.lower(): value for name, value in stream.headers.items()}
                status = 404 if stream.status_code == 410 else stream.status_code
                return Response(status, content, names), ("", 0.0)
        except httpx2.TimeoutException:
            return None, ("het duurt te lang", 0.0)
        except httpx2.ProxyError as error:
            raise SourceError(
                "De proxy laat het verzoek niet door.", "Kijk 'ophalen: proxy' na in de instellingen."
            ) from error
        except httpx2.UnsupportedProtocol as error:
            raise SourceError(f"{_short(url)} is geen webadres.", "Kijk de adressen onder 'ophalen' na.") from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            return None, (f"de verbinding werd verbroken ({type(error).__name__})", 0.0)

    def _read(self, stream: httpx2.Response, max_bytes: int, url: str) -> bytes:
        parts: list[bytes] = []
        size = 0
        announced = stream.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > max_bytes:
            raise TooLargeError(f"{_short(url)} is groter dan {max_bytes // 2**20} MB en is overgeslagen.")
        for part in stream.iter_bytes():
            size += len(part)
            if size > max_bytes:
                raise TooLargeError(f"{_short(url)} is groter dan {max_bytes // 2**20} MB en is overgeslagen.")
            parts.append(part)
            if self._progress.cancelled():
                raise Cancelled
        return b"".join(parts)

    def _http(self) -> httpx2.Client:
        if self._client is None:
            import ssl

            import httpx2

            ca = self.settings.ca_file
            self._client = httpx2.Client(
                headers={"User-Agent": self.settings.user_agent, "Accept-Language": "nl"},
                timeout=self.settings.timeout,
                follow_redirects=True,
                proxy=self.settings.proxy,
                verify=ssl.create_default_context(cafile=str(ca)) if ca else True,
            )
        return self._client

    def _wait_for_turn(self) -> None:
        now = self._clock()
        while self._recent and now - self._recent[0] >= _WINDOW:
            self._recent.popleft()
        if len(self._recent) >= self.settings.requests_per_window:
            self._rest(_WINDOW - (now - self._recent[0]))
            self._recent.popleft()
        self._recent.append(self._clock())

    def _backoff(self, attempt: int) -> float:
        return float(min(2.0**attempt, 60.0) * (0.5 + self._random.random()))

    def _rest(self, seconds: float) -> None:
        """Sleep in short steps, so that stopping is felt at once."""
        while seconds > 0:
            if self._progress.cancelled():
                raise Cancelled
            step = min(seconds, 0.5)
            self._sleep(step)
            seconds -= step
        if self._progress.cancelled():
            raise Cancelled


def _retry_after(value: str | None) -> float:
    """Seconds that a Retry-After header asks for, at most five minutes."""
    if not value:
        return 0.0
    if value.strip().isdigit():
        return float(min(int(value), 300))
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return min(max(moment.timestamp() - time.time(), 0.0), 300.0)


def _short(url: str) -> str:
    return url if len(url) <= 100 else url[:97] + "…"
