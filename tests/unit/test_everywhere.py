"""Nothing in the program leans on one system: what cannot be run here is read here, or run with the system replaced."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("embeddings", "answers_bank", "drafter", "tui")
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]

ONE_SYSTEM = {"fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "posix", "msvcrt", "winreg", "_winapi"}
"""Modules that some systems lack."""

ONE_SYSTEM_CALLS = set(
    "nice fork getuid geteuid getgid setsid killpg getpgid mkfifo chown fchmod fchown sysconf uname statvfs "
    "sched_getaffinity getloadavg openpty SIGKILL SIGHUP SIGQUIT SIGUSR1 SIGALRM SIGTSTP SIGCONT "
    "setitimer alarm".split()
)
"""Names of `os` and `signal` that some systems lack."""


def guarded(tree: ast.AST) -> Iterator[tuple[ast.AST, bool]]:
    """Every node, and whether it stands where the program has looked what the system can do."""

    def walk(node: ast.AST, safe: bool) -> Iterator[tuple[ast.AST, bool]]:
        yield node, safe
        inside = safe
        if isinstance(node, ast.If | ast.IfExp):
            test = ast.unparse(node.test)
            inside = safe or any(word in test for word in ("hasattr", "os.name", "sys.platform"))
        if isinstance(node, ast.Try):
            handled = " ".join(ast.unparse(handler.type) for handler in node.handlers if handler.type)
            inside = safe or "ImportError" in handled or "AttributeError" in handled
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    yield from walk(tree, False)


def test_what_some_systems_lack_is_used_only_where_it_is_there() -> None:
    found = []
    for path in MODULES:
        for node, safe in guarded(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {a.name for a in node.names} if isinstance(node, ast.Import) else {str(node.module)}
                lacking = bool(names & ONE_SYSTEM)
            else:
                lacking = (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id in ("os", "signal")
                    and node.attr in ONE_SYSTEM_CALLS
                )
            if lacking and not safe:
                found.append(f"{path.relative_to(ROOT)}: {ast.unparse(node)}")
    assert found == []


def test_text_is_utf8_whatever_the_system_prefers() -> None:
    """A file that is opened as text names its encoding: on Windows the usual one is not UTF-8."""
    found = [
        f"{path.relative_to(ROOT)}: {ast.unparse(node)}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _as_usual(node)
    ]
    assert found == []


def _as_usual(call: ast.Call) -> bool:
    """Whether this reads or writes text in the system's usual encoding."""
    assert isinstance(call.func, ast.Attribute)
    if any(keyword.arg == "encoding" for keyword in call.keywords):
        return False
    if call.func.attr == "read_text":
        return not call.args
    if call.func.attr == "write_text":
        return len(call.args) < 2
    first = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    return call.func.attr == "open" and isinstance(first, str) and bool(first) and set(first) <= set("rwax+t")


def test_a_command_for_a_browser_session_is_quoted_as_the_system_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.web.server import WebServer, WebSettings

    settings = WebSettings(bank=tmp_path / "map met spaties")
    assert WebServer(settings).command.startswith("exec ")
    monkeypatch.setattr(sys, "platform", "win32")
    command = WebServer(settings).command
    assert not command.startswith("exec ")
    assert f'"{tmp_path / "map met spaties"}"' in command


def test_a_work_process_begins_where_there_is_no_nice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no `os.nice`; the process is told so by taking it away before its own code is read."""
    from drafter.backend.worker_client import WorkProcess

    code = "import os; del os.nice\n"
    monkeypatch.setenv("PYTHONSTARTUP", "")
    real = sys.executable
    process: WorkProcess[str] = WorkProcess(str)
    import drafter.backend.worker_client as client

    popen = client.subprocess.Popen

    def without(command: list[str], **named: object) -> object:
        return popen([real, "-P", "-c", code + command[-1]], **named)  # type: ignore[call-overload]

    monkeypatch.setattr(client.subprocess, "Popen", without)
    try:
        assert process.ask(shown) == "''"
    finally:
        process.close()


def shown(place: str) -> str:
    assert not hasattr(os, "nice")
    return repr(place)


def test_an_index_whose_old_files_cannot_be_removed_yet_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a file that is mapped by another program cannot be removed: it stays until it can."""
    from support.bank_samples import make_document
    from support.encoder import TinyEncoder

    from answers_bank.filling.filling import encode
    from answers_bank.index.meaning import MeaningIndex
    from answers_bank.index.unit_index import UnitIndex
    from answers_bank.store.bank import Bank

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if "cache" in self.parts:
            raise PermissionError(13, "in gebruik", str(self))
        real(self, missing_ok)

    real = Path.unlink
    with Bank.open(tmp_path / "bank", create=True) as bank:
        for number in range(3):
            bank.add(make_document(f"stuk-{number}", number=number))
        encode(bank, TinyEncoder())
        with monkeypatch.context() as patch:
            patch.setattr(Path, "unlink", refuse)
            for number in range(3, 9):
                bank.add(make_document(f"stuk-{number}", number=number))
                encode(bank, TinyEncoder())
            index = MeaningIndex.open(bank)
            assert index is not None
            assert len(index) == bank.sql("SELECT count(*) FROM piece").fetchone()[0]
            assert int(UnitIndex.open(bank).alive.sum()) > 0
        bank.add(make_document("laatste", number=10))
        encode(bank, TinyEncoder())
