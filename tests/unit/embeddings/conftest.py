"""No test touches the user's cache; the real model is unpacked once a run."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Unpack into a scratch folder, unless the caller names a cache to share between runs."""
    os.environ.setdefault("KAMERANTWOORD_CACHE", str(tmp_path_factory.mktemp("cache")))
