"""The screens in a browser: who may come in, how many, and that their work is done by shared processes."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from aiohttp.test_utils import TestServer as HttpServer

from drafter.backend import hub
from drafter.backend.worker_client import WorkProcess
from drafter.cli.main import run
from tui.web.server import WebServer, WebSettings

ECHO = """
import os, sys, struct
out = sys.stdout.buffer
out.write(b'__GANGLION__\\n'); out.flush()
def say(text):
    data = text.encode(); out.write(b'D' + struct.pack('>I', len(data)) + data); out.flush()
say('naam=' + os.environ.get('KAMERANTWOORD_NAAM', '') + ' werk=' + os.environ.get('KAMERANTWOORD_WERK', '')[:5])
while True:
    head = sys.stdin.buffer.read(5)
    if len(head) < 5: break
    data = sys.stdin.buffer.read(struct.unpack('>I', head[1:])[0])
    if head[:1] == b'D': say('toets ' + data.decode())
    elif b'quit' in data: break
"""
"""Stands in for the screens: says who it is, and repeats what is typed."""


class FakeHubs:
    def environment(self) -> dict[str, str]:
        return {hub.VARIABLE: "een\ntwee\nsleutel"}

    def close(self) -> None:
        pass


class Visitor:
    """A server with these settings, and someone who visits it."""

    def __init__(self, **settings: Any) -> None:
        self.server = WebServer(WebSettings(**settings))
        self.server.command = f'exec "{sys.executable}" -c "exec(open(r\'{settings["bank"] / "echo.py"}\').read())"'
        self.server.hubs = FakeHubs()  # type: ignore[assignment]

    async def __aenter__(self) -> Visitor:
        self.http = HttpServer(await self.server._make_app())
        await self.http.start_server()
        self.url = f"http://127.0.0.1:{self.http.port}"
        self.server.public_url = self.server.settings.public_url or self.url
        self.client = ClientSession()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.client.close()
        for _ in range(300):  # until the programs have ended
            if not self.server.open_sessions:
                break
            await asyncio.sleep(0.1)
        await self.http.close()

    async def open(self, **headers: str) -> Any:
        return await self.client.ws_connect(
            f"{self.url}/ws?width=100&height=40", headers={"Origin": self.url, **headers}
        )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "echo.py").write_text(ECHO)
    return tmp_path


async def test_a_session_shows_the_screens_and_takes_keys(place: Path) -> None:
    async with Visitor(bank=place) as visitor:
        socket = await visitor.open()
        assert (await socket.receive(timeout=20)).data == b"naam= werk=een\nt"
        for odd in (
            "geen json",
            json.dumps({"a": 1}),
            json.dumps(["stdin", 5]),
            json.dumps(["resize", {"width": "x"}]),
        ):
            await socket.send_str(odd)  # nothing that a browser sends ends it
        await socket.send_str(json.dumps(["stdin", "é"]))
        assert (await socket.receive(timeout=20)).data == "toets é".encode()
        await socket.close()


async def test_the_page_asks_nothing_of_another_host(place: Path) -> None:
    async with Visitor(bank=place) as visitor, visitor.client.get(visitor.url) as answer:
        text = await answer.text()
        assert answer.status == 200
        assert text.count("http://") == text.count(visitor.url)
        assert "https://" not in text
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "origin", ["https://elders.example", "http://127.0.0.1:1", "null", "http://localhost.example:80"]
)
async def test_a_page_of_another_site_opens_no_session(origin: str, place: Path) -> None:
    async with Visitor(bank=place) as visitor:
        with pytest.raises(WSServerHandshakeError) as caught:
            await visitor.open(Origin=origin)
        assert caught.value.status == 403
        assert visitor.server.open_sessions == 0


async def test_another_name_for_this_machine_is_refused(place: Path) -> None:
    async with Visitor(bank=place, public_url="https://antwoord.example") as visitor:
        for host, status in (("elders.example", 403), ("antwoord.example", 200), ("localhost:99", 200)):
            async with visitor.client.get(visitor.url, headers={"Host": host}) as answer:
                assert answer.status == status


async def test_no_more_sessions_than_allowed_and_a_place_comes_free(place: Path) -> None:
    async with Visitor(bank=place, sessions=1) as visitor:
        first = await visitor.open()
        await first.receive(timeout=20)
        second = await visitor.open()
        assert (await second.receive(timeout=20)).data == 1013
        await first.close()
        for _ in range(100):
            if not visitor.server.open_sessions:
                break
            await asyncio.sleep(0.1)
        third = await visitor.open()
        assert b"naam" in (await third.receive(timeout=20)).data
        await third.close()


async def test_who_signed_on_is_known_and_nobody_else_comes_in(place: Path) -> None:
    async with Visitor(bank=place, user_header="X-Gebruiker") as visitor:
        socket = await visitor.open(**{"X-Gebruiker": "Jan de Vries"})
        assert b"naam=Jan de Vries" in (await socket.receive(timeout=20)).data
        await socket.close()
        nobody = await visitor.open()
        assert (await nobody.receive(timeout=20)).data == 1013


async def test_a_session_that_nobody_touches_ends(place: Path) -> None:
    async with Visitor(bank=place, idle_minutes=0.01) as visitor:
        socket = await visitor.open()
        await socket.receive(timeout=20)
        assert (await socket.receive(timeout=20)).data == 1000


@pytest.mark.parametrize("options", [["--host", "0.0.0.0"], ["--public-url", "ftp://x"], ["--host", "db.example"]])
def test_it_is_not_shown_to_other_machines_without_sign_on(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", *options]) == 2
    assert capsys.readouterr().err.startswith("Fout: ")


# --- the shared processes ---------------------------------------------------------------------------------------------


def who(place: object) -> tuple[int, str]:
    import os

    return os.getpid(), str(place)


def fail(place: object) -> None:
    raise ValueError("zo bedoeld")


def test_two_programs_have_their_work_done_by_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    hubs = hub.Hubs([str, str])
    try:
        for name, value in hubs.environment().items():
            monkeypatch.setenv(name, value)
        one, other = WorkProcess(str, hub.WORDS), WorkProcess(str, hub.WORDS)
        meaning = WorkProcess(str, hub.MEANING)
        first = one.ask(who)
        assert other.ask(who) == first
        assert first[0] == hubs.processes[hub.WORDS]
        assert meaning.ask(who)[0] == hubs.processes[hub.MEANING]
        one.close()
        assert other.ask(who) == first  # who leaves takes nothing with him
        with pytest.raises(ValueError, match="zo bedoeld"):
            other.ask(fail)
        hubs._hubs[hub.WORDS].process.kill()
        hubs._hubs[hub.WORDS].process.wait()
        assert other.ask(who)[0] != first[0]  # a process of one's own then
        hubs.environment()  # asked again, it is begun again
        assert hubs.processes[hub.WORDS] != first[0]
        other.close()
        meaning.close()
    finally:
        hubs.close()


def test_who_has_not_the_key_is_not_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    hubs = hub.Hubs([str, str])
    try:
        words, meaning, key = hubs.environment()[hub.VARIABLE].split("\n")
        monkeypatch.setenv(hub.VARIABLE, f"{words}\n{meaning}\n{'00' * 32}")
        assert hub.reach(hub.WORDS) is None
        monkeypatch.setenv(hub.VARIABLE, f"{words}\n{meaning}\n{key}")
        way = hub.reach(hub.WORDS)
        assert way is not None
        way[1].close()
    finally:
        hubs.close()
