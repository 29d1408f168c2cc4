"""Addresses: what may stand in one, and how safe the way there must be."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from answers_bank.sharing.address import parse
from answers_bank.sharing.errors import PasswordNeeded, SharingError, translated
from drafter.cli.main import run


@pytest.mark.parametrize("address", [
    "postgresql://jan:geheim123@db.example/bank",
    "host=db.example password=geheim123",
    "postgresql://db.example/bank?password=geheim123",
    "postgresql://db.example/bank?sslpassword=geheim123",
    "postgresql://:geheim123@127.0.0.1/bank",
])  # fmt: skip
def test_a_password_in_an_address_is_refused_and_shown_nowhere(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["share", "init", address], ["share", "join", address, "--bank", str(tmp_path / "bank")]):
        assert run(command) == 4
        told = capsys.readouterr()
        assert "wachtwoord" in told.err
        assert "geheim123" not in told.out + told.err
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and b"geheim123" in path.read_bytes()]
    assert kept == []


def test_an_address_that_cannot_be_read_is_not_repeated() -> None:
    with pytest.raises(SharingError) as caught:
        parse("postgresql://jan:ge heim@[::bad/bank")
    assert "heim" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("host", ["db.example", "10.0.0.5", "127.0.0.1,db.example", "localhost.example"])
def test_over_a_network_the_server_must_prove_its_name(host: str) -> None:
    for text in (
        f"postgresql://jan@{host}/bank",
        f"host={host} dbname=bank",
        f"postgresql://{host}/bank?sslmode=verify-full",
    ):
        address = parse(text)
        assert not address.local
        assert address.parameters["sslmode"] == "verify-full"
        assert "sslrootcert" in address.parameters
    for weaker in ("disable", "allow", "prefer", "require", "verify-ca"):
        with pytest.raises(SharingError, match="niet veilig"):
            parse(f"postgresql://jan@{host}/bank?sslmode={weaker}")


def test_an_address_that_only_looks_local_is_not() -> None:
    assert not parse("host=localhost hostaddr=10.0.0.5").local
    assert not parse("service=ministerie").local
    assert parse("service=ministerie").parameters["sslmode"] == "verify-full"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "[::1]", "localhost", ""])
def test_on_this_machine_encryption_is_not_asked(host: str) -> None:
    address = parse(f"postgresql://jan@{host}/bank")
    assert address.local
    assert "sslmode" not in address.parameters


def test_the_environment_cannot_lead_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOSTADDR", "10.0.0.5")
    with pytest.raises(SharingError, match="PGHOSTADDR"):
        parse("postgresql://jan@localhost/bank")


def test_the_ministrys_own_certificate_is_used_where_it_is_named_or_in_its_usual_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parse("postgresql://db.example/b?sslrootcert=/x.crt").parameters["sslrootcert"] == "/x.crt"
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / ".postgresql").mkdir()
    (tmp_path / ".postgresql" / "root.crt").write_text("x")
    assert "sslrootcert" not in parse("postgresql://db.example/b").parameters


@pytest.mark.parametrize("error", [
    psycopg.OperationalError("connection failed: FATAL: password authentication failed for user \"jan\" (geheim123)"),
    psycopg.OperationalError("fe_sendauth: no password supplied"),
    psycopg.OperationalError("connection refused geheim123"),
    psycopg.OperationalError("SSL error: certificate verify failed geheim123"),
    psycopg.DataError("geheim123"),
])  # fmt: skip
def test_what_the_server_says_is_told_in_dutch_and_not_repeated(error: psycopg.Error) -> None:
    told = translated(error)
    assert "geheim123" not in str(told)
    assert told.message.endswith(".")


def test_a_password_is_asked_where_the_server_wants_one_and_kept_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    from answers_bank.sharing.server import Server
    from drafter.tasks.together import sharing

    given: list[str | None] = []

    def connect(address: object, password: str | None = None) -> object:
        given.append(password)
        if password is None:
            raise PasswordNeeded("De server vraagt een wachtwoord.")
        return SimpleNamespace(address=address)

    monkeypatch.setattr(Server, "connect", connect)
    server = sharing.connect("postgresql://jan@db.example/bank", lambda: "geheim123")
    assert given == [None, "geheim123"]
    assert "geheim123" not in repr(server)
    with pytest.raises(PasswordNeeded):
        sharing.connect("postgresql://jan@db.example/bank")
