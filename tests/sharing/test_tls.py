"""Over a network: encrypted, and to the server that it should be, or not at all; against a real server."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.bank_samples import make_document
from support.postgres import FAST, TestServer, make_server, programs, programs_with_tls, remove_server

from answers_bank.sharing.errors import SharingError
from drafter.tasks.together import sharing
from drafter.tasks.workspace import Workspace

pytestmark = [pytest.mark.sharing, pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")]

NAME = "bank.ministerie.example"


def own_address() -> str:
    """An address of this machine that is not loopback."""
    said = subprocess.run(["hostname", "-I"], capture_output=True, text=True) if shutil.which("hostname") else None
    found = [one for one in said.stdout.split() if "." in one and not one.startswith("127.")] if said else []
    if not found:
        pytest.skip("this machine has no other address than loopback")
    return found[0]


def openssl(*arguments: str, cwd: Path) -> None:
    subprocess.run(["openssl", *arguments], cwd=cwd, check=True, capture_output=True)


def authority(folder: Path) -> None:
    """A CA of one's own."""
    folder.mkdir()
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Eigen uitgever",
            "-keyout", "ca.key", "-out", "ca.crt", cwd=folder)  # fmt: skip


def certificate(folder: Path, names: str, days: int = 2) -> None:
    """A certificate of that CA for a server with these names."""
    (folder / "names").write_text(f"subjectAltName={names}\n")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=server", "-keyout", "server.key",
            "-out", "server.csr", cwd=folder)  # fmt: skip
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", str(days), "-extfile", "names", "-out", "server.crt", cwd=folder)  # fmt: skip


@pytest.fixture(scope="module")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The server's CA, and another one of the same name."""
    folder = tmp_path_factory.mktemp("uitgevers")
    authority(folder / "goed")
    authority(folder / "kwaad")
    return folder / "goed", folder / "kwaad"


@pytest.fixture(scope="module")
def server() -> Iterator[TestServer]:
    if (found := programs_with_tls() or programs()) is None:
        pytest.skip("no PostgreSQL in the development environment")
    made = make_server((*FAST, "listen_addresses=*"), found)
    with (made.folder / "data" / "pg_hba.conf").open("a") as rules:
        rules.write("host all all 0.0.0.0/0 trust\n")
    yield made
    remove_server(made)


def encrypt(server: TestServer, folder: Path | None) -> None:
    """Have the server encrypt with the certificate in `folder`, or not at all."""
    if folder is not None and programs_with_tls() is None:
        pytest.skip("no PostgreSQL with TLS: the one of the wheel has none, and the system has no other")
    server.stop(signal.SIGINT)
    settings = [setting for setting in server.settings if not setting.startswith("ssl")]
    if folder is not None:
        data = server.folder / "data"
        owner = data.stat()
        for name in ("server.crt", "server.key"):
            shutil.copy(folder / name, data / name)
            (data / name).chmod(0o600)
            shutil.chown(data / name, owner.st_uid, owner.st_gid)
        settings.append("ssl=on")
    server.settings = tuple(settings)
    server.start()


def address(server: TestServer, host: str, database: str, **parameters: object) -> str:
    query = "&".join(f"{key}={value}" for key, value in parameters.items())
    return f"postgresql://postgres@{host}:{server.port}/{database}{f'?{query}' if query else ''}"


def test_a_certificate_of_ones_own_ca_and_the_right_name_is_enough_and_anything_less_is_refused(
    server: TestServer, authorities: tuple[Path, Path], user: Callable[[str], Workspace]
) -> None:
    good, bad = authorities
    own = own_address()
    certificate(good, f"IP:{own},DNS:{NAME}")
    encrypt(server, good)
    database = server.new_database()
    where = address(server, own, database, sslrootcert=good / "ca.crt")
    sharing.init(where)
    anna = user("anna")
    anna.bank().add(make_document("een"))
    report = sharing.join(anna, where)
    assert report.sent == 1
    with sharing.connected(anna) as connected:
        assert connected.connection.pgconn.ssl_in_use
        assert connected.address.parameters["sslmode"] == "verify-full"
    # Another CA, one that calls itself the same.
    other = user("bram")
    with pytest.raises(SharingError, match="niet te vertrouwen"):
        sharing.join(other, address(server, own, database, sslrootcert=bad / "ca.crt"))
    # The CAs of the system know nothing of it.
    with pytest.raises(SharingError, match="niet te vertrouwen"):
        sharing.join(other, address(server, own, database))
    with pytest.raises(SharingError, match="is er niet"):
        sharing.join(other, address(server, own, database, sslrootcert=good / "weg.crt"))
    for mode in ("disable", "prefer", "require", "verify-ca"):
        with pytest.raises(SharingError, match="niet veilig genoeg"):
            sharing.join(other, address(server, own, database, sslrootcert=good / "ca.crt", sslmode=mode))
    assert other.bank().shared.following() is None


def test_the_certificate_of_another_server_is_refused(
    server: TestServer, authorities: tuple[Path, Path], user: Callable[[str], Workspace]
) -> None:
    good, _ = authorities
    own = own_address()
    certificate(good, "DNS:elders.ministerie.example")
    encrypt(server, good)
    with pytest.raises(SharingError, match="van een andere server"):
        sharing.init(address(server, own, server.new_database(), sslrootcert=good / "ca.crt"))


def test_a_server_that_does_not_encrypt_is_refused_over_a_network_and_taken_on_this_machine(
    server: TestServer, authorities: tuple[Path, Path], user: Callable[[str], Workspace]
) -> None:
    good, _ = authorities
    own = own_address()
    encrypt(server, None)
    database = server.new_database()
    sharing.init(address(server, "127.0.0.1", database))
    anna = user("anna")
    anna.bank().add(make_document("een"))
    with pytest.raises(SharingError, match="versleutelt de verbinding niet"):
        sharing.join(anna, address(server, own, database, sslrootcert=good / "ca.crt"))
    assert server.sql(database, "SELECT count(*) FROM kamerantwoord.document") == [(0,)]
    assert sharing.join(anna, address(server, "127.0.0.1", database)).sent == 1
