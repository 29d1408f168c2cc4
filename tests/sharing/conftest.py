"""A real PostgreSQL and two or more users with a bank each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.encoder import TinyEncoder
from support.postgres import TestServer, make_server, programs, remove_server

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
