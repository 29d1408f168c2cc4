"""Whatever is pressed: no error, no lost letter, the cursor in view, and all of it kept."""

from __future__ import annotations

import pytest
from support.fake_backend import FakeBackend
from support.soaking import soak


@pytest.mark.parametrize("seed", [1])
async def test_random_keys(backend: FakeBackend, seed: int) -> None:
    assert await soak(backend, 200, seed) == []


@pytest.mark.slow
async def test_many_random_keys(backend: FakeBackend) -> None:
    assert await soak(backend, 500, 7) == []
