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
_MOVED = frozenset({301, 302, 303, 307, 308})
_REDIRECTS = 6


class SourceError(KamerantwoordError):
    """A service does not give what was asked, also after several tries."""


class TooLargeError(SourceError):
    """A body is larger than anything the service really publishes."""


class UnreachableError(ValueError):
    """A service cannot be reached at all: tried again shortly, so that the user soon knows why."""


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

    connect: float = 8.0
    """Seconds to reach a service at all."""

    longest: float = 300.0
    """Seconds for a whole answer: one that comes byte by byte would keep us for ever."""

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
            except UnreachableError as error:
                reason, refusals = str(error), refusals + 1
                if refusals == _REFUSALS:
                    break
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
            address, asked = httpx2.URL(url), dict(params or {})
            for _ in range(_REDIRECTS):
                with self._http().stream("GET", address, params=asked or None, headers=dict(headers or {})) as stream:
                    if stream.status_code not in _MOVED or not stream.headers.get("Location"):
                        return self._answer(stream, max_bytes, url)
                    following = stream.url.join(stream.headers["Location"])
                if not same_service(address, following):
                    # What stands elsewhere is not what the official source publishes.
                    raise SourceError(
                        f"{_short(url)} stuurt door naar een andere plaats ({following.host}); dat wordt niet gevolgd.",
                        "Vraagt uw netwerk om aan te melden? Doe dat in een browser. Kijk anders het adres na.",
                    )
                address, asked = following, {}
            raise SourceError(f"{_short(url)} blijft doorsturen.", "Kijk het adres na in de instellingen.")
        except httpx2.ConnectTimeout as error:
            raise UnreachableError("er komt geen verbinding tot stand") from error
        except httpx2.TimeoutException:
            return None, ("het duurt te lang", 0.0)
        except httpx2.ProxyError as error:
            raise SourceError(
                "De proxy laat het verzoek niet door.", "Kijk 'ophalen: proxy' na in de instellingen."
            ) from error
        except (httpx2.UnsupportedProtocol, httpx2.InvalidURL) as error:
            raise SourceError(f"{_short(url)} is geen webadres.", "Kijk de adressen onder 'ophalen' na.") from error
        except httpx2.ConnectError as error:
            raise _not_connected(error, url, bool(self.settings.proxy)) from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            return None, (f"de verbinding werd verbroken ({type(error).__name__})", 0.0)

    def _answer(self, stream: httpx2.Response, max_bytes: int, url: str) -> tuple[Response | None, tuple[str, float]]:
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

    def _read(self, stream: httpx2.Response, max_bytes: int, url: str) -> bytes:
        parts: list[bytes] = []
        size = 0
        began = self._clock()
        announced = stream.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > max_bytes:
            raise TooLargeError(f"{_short(url)} is groter dan {max_bytes // 2**20} MB en is overgeslagen.")
        for part in stream.iter_bytes():
            size += len(part)
            if size > max_bytes:
                raise TooLargeError(f"{_short(url)} is groter dan {max_bytes // 2**20} MB en is overgeslagen.")
            parts.append(part)
            if self._clock() - began > self.settings.longest:
                raise RefusalError(f"het antwoord was na {self.settings.longest:.0f} seconden nog niet compleet")
            if self._progress.cancelled():
                raise Cancelled
        return b"".join(parts)

    def _http(self) -> httpx2.Client:
        if self._client is None:
            import ssl

            import httpx2

            ca = self.settings.ca_file
            try:
                self._client = httpx2.Client(
                    headers={"User-Agent": self.settings.user_agent, "Accept-Language": "nl"},
                    timeout=httpx2.Timeout(self.settings.timeout, connect=self.settings.connect),
                    follow_redirects=False,
                    proxy=self.settings.proxy,
                    verify=ssl.create_default_context(cafile=str(ca)) if ca else True,
                )
            except ImportError as error:
                raise SourceError(
                    "Een SOCKS-proxy wordt niet ondersteund.",
                    "Noem bij 'ophalen: proxy' een gewone proxy (http://naam:poort), of haal de omgevingsvariabele "
                    "ALL_PROXY weg.",
                ) from error
            except (ValueError, httpx2.InvalidURL) as error:
                raise SourceError(
                    "Het adres van de proxy is niet te gebruiken.",
                    "Schrijf bij 'ophalen: proxy' een adres als http://naam:poort.",
                ) from error
            except (ssl.SSLError, OSError) as error:
                raise SourceError(
                    f"Het certificaatbestand {ca} is niet te gebruiken.",
                    "Het moet een bestand met certificaten in PEM zijn; kijk 'ophalen: ca_bestand' na.",
                ) from error
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


def same_service(one: httpx2.URL, other: httpx2.URL) -> bool:
    """Whether an address that is sent on to is still of the service that was asked, and no less safe.

    The same host and port, or over https another name in the same domain (zoek.voorbeeld.nl, www.voorbeeld.nl).
    """
    if one.scheme == "https" and other.scheme != "https":
        return False
    if (one.host, _port(one)) == (other.host, _port(other)):
        return True
    if other.scheme != "https" or other.port is not None or one.port is not None:
        return False
    if one.host == other.host:
        return True
    domains = [url.host.lower().split(".")[-2:] for url in (one, other)]
    return domains[0] == domains[1] and len(domains[0]) == 2 and not any(part.isdigit() for part in domains[0])


def _port(url: httpx2.URL) -> int:
    return url.port or {"https": 443}.get(url.scheme, 80)


def _not_connected(error: Exception, url: str, proxied: bool) -> Exception:
    """Why a service cannot be reached, in words that say who can mend it."""
    import socket
    import ssl

    causes: list[BaseException] = [error]
    while (deeper := causes[-1].__cause__ or causes[-1].__context__) is not None and deeper not in causes:
        causes.append(deeper)
    told = " ".join(str(cause) for cause in causes)
    host = url.partition("://")[2].partition("/")[0]
    if any(isinstance(cause, ssl.SSLError) for cause in causes) or "CERTIFICATE" in told or "SSL" in told:
        return SourceError(
            f"De beveiligde verbinding met {host} wordt niet vertrouwd (certificaat).",
            "Op een netwerk dat verkeer nakijkt, hoort een eigen certificaat: noem dat bij 'ophalen: ca_bestand'.",
        )
    if any(isinstance(cause, socket.gaierror) for cause in causes) or "Name or service" in told or "getaddr" in told:
        what = "de naam van de proxy of van de dienst" if proxied else f"de naam {host}"
        return UnreachableError(f"{what} is niet te vinden; is er een netwerk?")
    return UnreachableError("de proxy is niet te bereiken" if proxied else "er komt geen verbinding tot stand")


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
