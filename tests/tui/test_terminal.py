"""The real program in a real terminal: a day's work, killed in the middle, and nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drafter.checks.finding import Finding
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier

ROOT = Path(__file__).resolve().parents[2]
SET = "2026Z90"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
]


class Terminal:
    """The program in a tmux server of its own."""

    def __init__(self, folder: Path, bank: Path) -> None:
        self.socket = str(folder / "tmux")
        self.bank = bank
        self.folder = folder

    def tmux(self, *arguments: str) -> str:
        command = ["tmux", "-S", self.socket, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def start(self) -> None:
        code = f"from tests.support.terminal_program import main; main({str(self.bank)!r})"
        environment = [f"PYTHONPATH={ROOT}:{ROOT / 'tests'}", f"HOME={self.folder}", "TERM=xterm-256color"]
        command = ["env", *environment, sys.executable, "-c", code]
        self.tmux("new-session", "-d", "-x", "140", "-y", "40", *command)
        self.tmux("set-option", "-g", "escape-time", "0")

    @property
    def screen(self) -> str:
        return self.tmux("capture-pane", "-p")

    @property
    def pid(self) -> int:
        return int(self.tmux("list-panes", "-F", "#{pane_pid}").split()[0])

    def see(self, words: str, seconds: float = 60) -> None:
        """Wait until `words` are on screen."""
        end = time.monotonic() + seconds
        while words not in self.screen:
            assert time.monotonic() < end, f"{words!r} is not on screen:\n{self.screen}"
            time.sleep(0.1)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tmux("send-keys", key)
            time.sleep(0.15)

    def write(self, text: str) -> None:
        self.tmux("send-keys", "-l", text)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path, tmp_path / "bank")
    yield terminal
    terminal.tmux("kill-server")


def stored(terminal: Terminal) -> Dossier:
    store = DossierStore(terminal.bank)
    return store.load(store.list()[0].id)


def until(condition: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_day_of_work_with_a_kill_in_the_middle(terminal: Terminal, tmp_path: Path) -> None:
    terminal.start()
    terminal.see("De bank is nog leeg")
    terminal.press("v")
    terminal.see("16 stukken", 120)

    terminal.press("n")
    terminal.see("Welk bestand")
    terminal.write(str(ROOT / "samples" / "nieuwe-vragen.docx"))
    terminal.press("Enter")
    terminal.see("12 vragen gelezen")
    terminal.press("j")
    terminal.see("Antwoord op vraag 1", 120)

    # A rewrite that a finding offers.
    def offered() -> list[Finding]:
        return [f for a in stored(terminal).answers for b in a.blocks for f in b.findings if f.suggestion]

    until(lambda: bool(offered()), 120)  # the draft is being made
    suggested = offered()[0]
    terminal.press("Enter")
    for _ in range(40):
        before = terminal.screen
        terminal.press("s")
        until(lambda: terminal.screen != before)  # noqa: B023 - called at once
        time.sleep(0.3)
        if "h = herschrijf" in terminal.screen:
            break
    terminal.press("h")
    terminal.see("Herschreven")
    assert suggested.suggestion

    # Own text, and the program killed while it is being written.
    terminal.press("t")
    terminal.write("Dit schrijf ik zelf.")
    until(lambda: any("schrijf ik zelf." in b.text for a in stored(terminal).answers for b in a.blocks))
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.tmux("kill-server")
    time.sleep(0.3)

    terminal.start()
    terminal.see("0/12 klaar")
    terminal.press("Enter")
    terminal.see("Dit schrijf ik zelf.")
    terminal.press("z")

    # Review, and to Word.
    terminal.press("F7")
    terminal.see("Beoordelen")
    terminal.press("a")
    terminal.see("Uw naam")
    terminal.write("J. de Zee")
    terminal.press("Enter")
    terminal.see("1 van")
    terminal.press("C-e")
    terminal.see("Schrijf naar")
    terminal.press("C-u")
    terminal.write(str(tmp_path / "concept.docx"))
    terminal.press("Enter")
    until((tmp_path / "concept.docx").exists)
    assert (tmp_path / "concept.docx").read_bytes()[:2] == b"PK"
    terminal.press("C-q")


def test_a_program_that_goes_on_listens_to_its_keys_once_and_leaves(terminal: Terminal) -> None:
    """A terminal that is closed sends the signal to go on too; who had listened twice would listen for ever."""
    terminal.start()
    terminal.see("De bank is nog leeg")
    pid = terminal.pid
    threads = Path(f"/proc/{pid}/task")
    before = len(list(threads.iterdir()))
    for _ in range(5):
        os.kill(pid, signal.SIGCONT)
        time.sleep(0.2)
    assert len(list(threads.iterdir())) <= before
    terminal.press("C-q")
    until(lambda: not threads.exists(), 60)


def test_a_program_that_was_stopped_shows_itself_again(terminal: Terminal) -> None:
    terminal.start()
    terminal.see("De bank is nog leeg")
    os.kill(terminal.pid, signal.SIGTSTP)  # tmux has it go on at once
    time.sleep(0.5)
    terminal.press("F9")
    terminal.see("Instellingen")
