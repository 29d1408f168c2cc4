"""A real PostgreSQL and two or more users with a bank each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.encoder import TinyEncoder
from support.postgres import TestServer, make_server, programs, remove_server
from support.shared_dossiers import NAME, Person, new_dossier

from drafter.settings.values import Settings
from drafter.tasks.workspace import Workspace


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    if programs() is None:
        pytest.skip("no PostgreSQL in the development environment")
    server = make_server()
    yield server
    remove_server(server)


@pytest.fixture
def shared_bank(postgres: TestServer) -> str:
    """The address of a new shared bank, as its owner."""
    from drafter.tasks.together import sharing

    address = postgres.url(postgres.new_database())
    sharing.init(address)
    return address


@pytest.fixture
def user(tmp_path: Path) -> Iterator[Callable[[str], Workspace]]:
    """Makes a user with an empty bank; asked again, the same one."""
    made: dict[str, Workspace] = {}

    def make(name: str) -> Workspace:
        if name not in made:
            made[name] = Workspace(Settings(), tmp_path / name, TinyEncoder())
            made[name].bank(create=True)
        return made[name]

    yield make
    for workspace in made.values():
        workspace.close()


@pytest.fixture
def two(user: Callable[[str], Workspace], shared_bank: str, postgres: TestServer) -> tuple[Person, Person]:
    """Anna, who shared a dossier, and Bram, who is assigned to it."""
    from answers_bank.sharing.dossiers import assign
    from drafter.tasks.together.shared_dossiers import share_dossier
    from drafter.tasks.together.sharing import connected

    database = shared_bank.rpartition("/")[2]
    for name in ("dossier_anna", "dossier_bram"):
        postgres.user(name, "opsteller")
    anna = Person(user("anna"), postgres.url(database, "dossier_anna"))
    bram = Person(user("bram"), postgres.url(database, "dossier_bram"))
    anna.store.create(new_dossier()).close()
    with connected(anna.workspace) as server:
        share_dossier(anna.bank, anna.store, server, NAME)
        assert assign(server, NAME, [0], "dossier_bram")
    assert bram.sync().dossiers_received == (NAME,)
    return anna, bram
