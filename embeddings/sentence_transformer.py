"""Any sentence-transformers model as an `Encoder`."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.encoder import ModelIdentity, Vectors
from embeddings.errors import Cancelled, ModelError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 16
"""Texts at once; on a processor, larger batches win nothing and cost memory."""

_E5_PREFIXES = {"query": "query: ", "passage": "passage: "}
_PICKLED = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt")
_WEIGHTS = ("*.safetensors", "*.bin", "*.onnx")


class SentenceTransformerEncoder:
    """A sentence-transformers model from a local folder or from the local cache of the model hub.

    Nothing is ever downloaded. Prefixes for queries and passages are those that the model itself names; for e5 models
    that name none, the ones they were trained with.
    """

    def __init__(self, model: SentenceTransformer, identity: ModelIdentity, prefixes: tuple[str, str]) -> None:
        self._model = model
        self._identity = identity
        self._query_prefix, self._passage_prefix = prefixes

    @classmethod
    def load(
        cls, name_or_folder: str | Path, *, name: str | None = None, source: str | None = None
    ) -> SentenceTransformerEncoder:
        """Load a model; takes seconds, most of them to import torch and sentence-transformers.

        Args:
            name_or_folder: a folder, or a name on the model hub that is in the local cache.
            name: for the identity; default the name, or the last part of the folder.
            source: for the identity; default a SHA-256 over the model's files.

        Raises:
            ModelError: no such model here, or it cannot be loaded.
        """
        if (pickled := _pickled(Path(name_or_folder))) is not None:
            raise ModelError(
                f"Het taalmodel in {name_or_folder} is bewaard in een vorm ({pickled}) die bij het laden iets kan "
                "uitvoeren; het wordt niet geladen.",
                "Bewaar het als safetensors: model.save_pretrained(map, safe_serialization=True).",
            )
        with quiet():
            try:
                from sentence_transformers import SentenceTransformer

                model = SentenceTransformer(str(name_or_folder), device=_device(), local_files_only=True)
            except Exception as error:  # a folder from outside can be broken in ways that no library foresees
                raise _cannot_load(name_or_folder, error) from error
        model.eval()
        folder = Path(name_or_folder)
        name = name or (folder.resolve().name if folder.is_dir() else str(name_or_folder))
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise _cannot_load(name_or_folder, ValueError("geen vaste lengte van vectoren"))
        identity = ModelIdentity(name, source or _source(model, folder), dimension)
        return cls(model, identity, prefixes(model.prompts or {}, name))

    @property
    def identity(self) -> ModelIdentity:
        """The model in use."""
        return self._identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of search texts, see `Encoder`."""
        return self._encode(texts, self._query_prefix, SILENT)

    def encode_passages(self, texts: Sequence[str], progress: Progress = SILENT) -> Vectors:
        """Vectors of texts to be found, see `Encoder`. `progress` is advanced per text; its stage is the caller's."""
        with _half_precision():
            return self._encode(texts, self._passage_prefix, progress)

    def _encode(self, texts: Sequence[str], prefix: str, progress: Progress) -> Vectors:
        vectors = np.zeros((len(texts), self._identity.dimension), dtype=np.float32)
        # Texts of one length together: a batch costs what its longest text costs.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
        for start in range(0, len(order), _BATCH):
            if progress.cancelled():
                raise Cancelled
            batch = order[start : start + _BATCH]
            vectors[batch] = self._model.encode(
                [prefix + texts[i] for i in batch],
                prompt="",  # the prefix is in place; a model's own default prompt must not come before it
                batch_size=_BATCH,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
            progress.advance(len(batch))
        return vectors


def _pickled(folder: Path) -> str | None:
    """Name of a file with weights that are unpickled when they are loaded; None where all are safe.

    A file of the old form beside one of the safe form is not looked at.
    """
    for ending in _PICKLED:
        for path in folder.glob(f"**/*{ending}") if folder.is_dir() else ():
            if not any(path.parent.glob("*.safetensors")):
                return path.name
    return None


def _half_precision() -> AbstractContextManager[object]:
    """Multiply in bfloat16 where the processor does that by itself: 2.6 times as fast, cosine with float32 .99998.

    Elsewhere it would be slower, and float32 it stays.
    """
    import torch

    capabilities: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    if capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"):
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return nullcontext()


def _device() -> str | None:
    """None lets torch choose; a machine for office work has no use for its graphics card's few megabytes."""
    return os.environ.get("KAMERANTWOORD_DEVICE") or "cpu"


def prefixes(prompts: Mapping[str, str | None], name: str) -> tuple[str, str]:
    """What stands before a query and before a passage, given the model's own prompts and its name."""
    known = {key: value for key, value in prompts.items() if value}
    if not known and "e5" in name.lower().replace("-", "_").split("/")[-1].split("_"):
        known = _E5_PREFIXES
    passage = next((known[key] for key in ("passage", "document", "corpus") if key in known), "")
    return known.get("query", ""), passage


def folder_prompts(folder: Path) -> dict[str, str | None]:
    """The prompts that a model's own settings name."""
    with contextlib.suppress(OSError, ValueError):
        settings = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))
        return dict(settings.get("prompts") or {})
    return {}


def _source(model: SentenceTransformer, folder: Path) -> str:
    if not folder.is_dir():
        revision = getattr(model.model_card_data, "base_model_revision", None)
        return f"hub revision:{revision or 'unknown'}"
    return folder_source(folder)


def folder_source(folder: Path) -> str:
    """Where a model in a folder came from, as its identity tells: a SHA-256 over its files."""
    # The weights decide the vectors, and the small files beside them (tokenizer, pooling) do too.
    digest = hashlib.sha256()
    weights = {path for pattern in _WEIGHTS for path in folder.rglob(pattern)}
    for path in sorted(weights | set(folder.rglob("*.json"))):
        with path.open("rb") as file:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"folder sha256:{digest.hexdigest()}"


def _cannot_load(name: str | Path, error: Exception) -> ModelError:
    if isinstance(error, ImportError):
        return ModelError(f"Het taalmodel kan niet worden geladen: {error}.", "Installeer kamerantwoord opnieuw.")
    if Path(name).is_dir():
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return ModelError(
            f"In de map {name} staat geen bruikbaar sentence-transformers-model ({reason}).",
            "Controleer de map, of laat `model` leeg voor het meegeleverde model.",
        )
    return ModelError(
        f"Het taalmodel {name} staat niet op deze computer.",
        "Er wordt nooit iets gedownload. Geef een map, of zet het model een keer in de lokale opslag "
        f"(hf download {name}). Laat `model` leeg voor het meegeleverde model.",
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Load without network, progress bars or warnings: the screen and stdout are not the library's."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        yield
