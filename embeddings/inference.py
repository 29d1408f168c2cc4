"""A place for a model of inference (NLI): does one sentence contradict another, or follow from it?

None comes with the program. The user may name the folder of a sentence-transformers cross-encoder whose labels hold
"contradiction" and "entailment"; it is only ever read from that folder, never fetched.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from embeddings.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model makes of a pair, as chances from 0 to 1; what is left is for "says nothing of it"."""

    contradicts: float
    follows: float
    """That the second sentence follows from the first."""


class Inference(Protocol):
    """Judges pairs of sentences."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        """A verdict for each pair, in order."""
        ...


class CrossEncoderInference:
    """A cross-encoder from a local folder, loaded at the first pair."""

    def __init__(self, folder: Path | str) -> None:
        """
        Raises:
            ModelError: there is no model in that folder.
        """
        self._folder = Path(folder).expanduser()
        if not (self._folder / "config.json").is_file():
            raise ModelError(
                f"In {self._folder} staat geen model voor tegenspraak (config.json ontbreekt).",
                "Noem in instellingen.yaml onder `signalen: tegenspraakmodel:` de map van een cross-encoder, of laat "
                "de instelling weg: het model is niet nodig.",
            )
        self._model: CrossEncoder | None = None
        self._columns = (0, 0)
        self._lock = threading.Lock()

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        """A verdict for each pair; takes seconds at the first call.

        Raises:
            ModelError: the model cannot be loaded, or has other labels than these.
        """
        if not pairs:
            return []
        with self._lock:
            if self._model is None:
                self._model = self._load()
        scores = np.asarray(self._model.predict(list(pairs), show_progress_bar=False, convert_to_numpy=True))
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        against, along = self._columns
        return [Verdict(float(row[against]), float(row[along])) for row in chances]

    def _load(self) -> CrossEncoder:
        from embeddings.sentence_transformer import quiet

        with quiet():
            try:
                from sentence_transformers import CrossEncoder

                model: CrossEncoder = CrossEncoder(str(self._folder), device="cpu", local_files_only=True)
                labels = getattr(model.config, "id2label", None) or {}
            except (OSError, ValueError, RuntimeError, KeyError, ImportError, TypeError) as error:
                raise ModelError(
                    f"Het model voor tegenspraak in {self._folder} kan niet worden geladen: {error}",
                    "Kijk of de map een cross-encoder van sentence-transformers bevat, of laat de instelling weg.",
                ) from error
        self._columns = columns({int(at): str(label) for at, label in labels.items()}, self._folder)
        return model


def columns(labels: dict[int, str], folder: Path) -> tuple[int, int]:
    """Where a model's outputs for contradiction and entailment stand.

    Raises:
        ModelError: the labels do not say.
    """
    found = {}
    for wanted in ("contradict", "entail"):
        found[wanted] = next((int(at) for at, label in labels.items() if wanted in str(label).lower()), None)
    against, along = found["contradict"], found["entail"]
    if against is None or along is None:
        raise ModelError(
            f"Het model in {folder} kent de labels {', '.join(map(str, labels.values()))}, niet ‘contradiction’ en "
            "‘entailment’.",
            "Kies een model dat voor inferentie (NLI) is geoefend.",
        )
    return against, along
