"""Clients killed and a server stopped at once; `benchmarks.sharing --kills 100 --stops 20` does this many times."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.postgres import SAFE, make_server, remove_server

from benchmarks.sharing_kills import kills

pytestmark = [pytest.mark.sharing, pytest.mark.slow]


def test_what_was_reported_as_shared_is_there_and_all_agree(tmp_path: Path) -> None:
    server = make_server(SAFE)
    try:
        result = kills(server, tmp_path, 1, 1, seed=3)
    finally:
        remove_server(server)
    assert result["problems"] == []
    assert result["versions_reported_as_shared"] > 0
