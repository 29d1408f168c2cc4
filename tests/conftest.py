"""Every test is hermetic: no network, no user folders, no settings of the user."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from support.encoder import TinyEncoder

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KAMERANTWOORD_SHARED", ROOT.parent / "shared"))

# The same examples every time and no clock: a failure on a slow machine is a failure of the code.
settings.register_profile(
    "kamerantwoord", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("kamerantwoord")

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"


@pytest.fixture(autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, request: Any) -> None:
    """Give each test empty user folders and take the network away.

    Tests marked `model` keep the real cache folder: the unpacked model is the same for all.
    """
    home = tmp_path_factory.mktemp("home")
    names = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"]
    if "model" not in request.keywords:
        names.append("XDG_CACHE_HOME")
    for name in names:
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("KAMERANTWOORD_BANK", "KAMERANTWOORD_MODEL", "KAMERANTWOORD_INSTELLINGEN", "KAMERANTWOORD_NAAM"):
        monkeypatch.delenv(name, raising=False)

    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family == socket.AF_UNIX or (isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")):
            real_connect(self, address)
            return
        raise AssertionError(f"a test opened a connection to {address!r}")

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def encoder() -> TinyEncoder:
    """A tiny deterministic encoder."""
    return TinyEncoder()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real documents beside the project; the test is skipped where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("no real documents beside the project")
    return SHARED
