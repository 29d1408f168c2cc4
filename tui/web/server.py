"""A web server that shows the screens: each visitor a program of their own, the work done by processes that all share.

It knows nobody: it listens on this machine alone, behind a proxy that signs people on. A page of another site may not
open a session here (the `Origin` of a socket is compared), nor reach it by another name (`Host` is).
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import shlex
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from answers_bank.store.following.follows import follows
from drafter.backend.hub import Hubs
from drafter.backend.worker import companion_maker
from drafter.settings.values import NAME_VARIABLE, load_settings
from drafter.tasks.workspace import Workspace
from tui.text import plain

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST_NAME = 80
_PATIENCE = 10.0
"""Seconds that a program may take to end."""
_FULL = 1013
"""Closing code of a socket: try again later."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the screens are shown."""

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    """The address that people type, where a proxy stands before this; None is this machine's own."""

    sessions: int = 20
    """At most, at the same time."""

    idle_minutes: float = 120
    """After which a session without a key or a click is ended; what was typed is saved already."""

    user_header: str | None = None
    """In which the proxy tells who signed on."""

    bank: Path | None = None


class _Session(AppService):
    """One visitor's program."""

    extra: dict[str, str]

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {**super()._build_environment(width, height), **self.extra}

    async def stop(self) -> None:
        """End the program: it is asked to, and made to where it does not."""
        process, self._process = self._process, None
        try:
            with contextlib.suppress(TimeoutError, ConnectionError):
                await asyncio.wait_for(super().stop(), _PATIENCE)
            if process is not None:
                if process.stdin is not None:
                    process.stdin.close()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), _PATIENCE)
        finally:
            if process is not None:
                # Also where this was stopped halfway: it kills what still runs, and closes the pipes.
                process._transport.close()  # type: ignore[attr-defined]


class WebServer(Server):
    """Serves the screens on one bank."""

    def __init__(self, settings: WebSettings) -> None:
        command = [sys.executable, "-P", "-c", "from drafter.cli.main import main; main()", "tui"]
        if settings.bank is not None:
            command += ["--bank", str(settings.bank.absolute())]
        line = subprocess.list2cmdline(command) if sys.platform == "win32" else f"exec {shlex.join(command)}"
        super().__init__(
            line,
            host=settings.host,
            port=settings.port,
            title="kamerantwoord",
            public_url=settings.public_url,
            templates_path=Path(__file__).with_name("templates"),
        )
        self.settings = settings
        self.open_sessions = 0
        make = functools.partial(Workspace.from_settings, settings.bank)
        folder = settings.bank or load_settings().bank_folder
        self.hubs = Hubs([make, make, *([companion_maker(folder)] if follows(folder) else [])])

    def initialize_logging(self) -> None:
        """Errors alone, without what stood in variables: that may be confidential."""
        import logging

        logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[logging.StreamHandler()])

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Begin the processes that do the work, and say where it is."""
        await asyncio.to_thread(self.hubs.environment)
        print(f"De schermen staan op {self.public_url} (stoppen: Ctrl-C).", flush=True)

    async def on_shutdown(self, app: web.Application) -> None:
        """End those processes."""
        await asyncio.to_thread(self.hubs.close)

    # --- who may come in ---------------------------------------------------------------------------------------------

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not self.host_allowed(request.headers.get("Host", "")):
            raise web.HTTPForbidden(text="Dit adres is niet van deze dienst.")
        if request.path == "/ws" and not self.origin_allowed(request.headers.get("Origin")):
            raise web.HTTPForbidden(text="Deze pagina mag hier geen scherm openen.")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = (
                f"default-src 'self'; connect-src 'self' {_socket_origin(self.public_url)}; img-src 'self' data:; "
                "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
            )
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Cache-Control"] = "no-store"
        return response

    def host_allowed(self, host: str) -> bool:
        """Whether this service is meant by that name."""
        name = urlsplit(f"//{host}").hostname
        return name in {*_LOCAL, self.settings.host, urlsplit(self.public_url).hostname}

    def origin_allowed(self, origin: str | None) -> bool:
        """Whether a page of that origin may open a session: one of our own, or no page at all."""
        if origin is None:
            return self.settings.user_header is None  # a program of this machine; a proxy's visitors have browsers
        asked, own = urlsplit(origin), urlsplit(self.public_url)
        if (asked.scheme, asked.hostname, asked.port) == (own.scheme, own.hostname, own.port):
            return True
        return asked.hostname in _LOCAL and own.hostname in _LOCAL and asked.port == own.port

    def visitor(self, request: web.Request) -> str:
        """Who signed on, as the proxy says; empty where it says nothing."""
        if self.settings.user_header is None:
            return ""
        told = request.headers.get(self.settings.user_header, "")
        return " ".join(plain(told).split())[:_LONGEST_NAME]

    # --- a session ---------------------------------------------------------------------------------------------------

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A session, for as long as the browser stays."""
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=4 << 20)
        await socket.prepare(request)
        name = self.visitor(request)
        if self.open_sessions >= self.settings.sessions or (self.settings.user_header and not name):
            await socket.close(
                code=_FULL, message=b"vol" if name or not self.settings.user_header else b"niet aangemeld"
            )
            return socket
        self.open_sessions += 1
        session: _Session | None = None

        async def close() -> None:
            await socket.close()

        try:
            session = _Session(
                self.command,
                write_bytes=socket.send_bytes,
                write_str=socket.send_str,
                close=close,
                download_manager=self.download_manager,
            )
            session.extra = await asyncio.to_thread(self.hubs.environment)
            if name:
                session.extra[NAME_VARIABLE] = name
            await session.start(_cells(request, "width", 80), _cells(request, "height", 24))
            await self._process_messages(socket, session)
        except (ConnectionError, asyncio.CancelledError, RuntimeError):
            pass  # the browser went away; what was typed is saved
        finally:
            try:
                if session is not None:
                    await session.stop()
            finally:
                self.open_sessions -= 1
        return socket

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Keys and sizes from the browser; ends after a long time without any."""
        loop = asyncio.get_running_loop()
        limit = self.settings.idle_minutes * 60
        touched = loop.time()
        while True:
            try:
                message = await websocket.receive(timeout=max(touched + limit - loop.time(), 0.01))
            except TimeoutError:
                return
            if message.type != WSMsgType.TEXT:
                return
            match _envelope(message):
                case ["stdin", str(data), *_]:
                    touched = loop.time()
                    await app_service.send_bytes(data.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}, *_]:
                    await app_service.set_terminal_size(_bounded(width), _bounded(height))
                case ["ping", data, *_]:
                    await websocket.send_json(["pong", data])
                case ["blur", *_]:
                    await app_service.blur()
                case ["focus", *_]:
                    await app_service.focus()


def _envelope(message: Any) -> Any:
    try:
        return message.json()
    except ValueError:
        return None


def _cells(request: web.Request, name: str, usual: int) -> int:
    text = request.query.get(name, "")
    return _bounded(int(text)) if text.isdecimal() and len(text) < 6 else usual


def _bounded(cells: int) -> int:
    return min(max(cells, 20), 500)


def _socket_origin(url: str) -> str:
    return url.replace("http", "ws", 1)
