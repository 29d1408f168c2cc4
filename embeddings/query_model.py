"""A model of the BERT kind, run by numpy alone: for one query at a time, without what takes seconds to import.

Loading sentence-transformers takes several seconds of the processor, most of it for what a query never uses. The model
itself is a dozen matrix products a layer (Devlin and others 2019); its weights are mapped from their file, of which one
query needs a small part. What is encoded by the thousand goes through sentence-transformers as before.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_PARTS = ("Transformer", "Pooling", "Normalize")
_LARGEST = 1 << 24
"""Bytes of the head of a weights file at most."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Shape:
    layers: int
    heads: int
    epsilon: float
    longest: int
    """Tokens that are read at most."""


class QueryModel:
    """A sentence-transformers folder of the plain sort: BERT, mean of the tokens, length 1. Open it with `load`."""

    def __init__(self, tokenizer: Tokenizer, weights: dict[str, Matrix], shape: _Shape) -> None:
        self._tokenizer = tokenizer
        self._weights = weights
        self._shape = shape

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """The model in `folder`; None where it is of another sort, which only its own library can run."""
        try:
            shape = _plain(folder)
            if shape is None:
                return None
            from tokenizers import Tokenizer

            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            tokenizer.enable_truncation(shape.longest)
            tokenizer.no_padding()
            weights = _mapped(folder / "model.safetensors")
            model = cls(tokenizer, weights, shape)
            model.encode("proef")
        except (OSError, ValueError, KeyError, TypeError, IndexError, ImportError):
            return None
        except Exception as error:  # the tokenizers library raises nothing more precise
            if type(error) is Exception:
                return None
            raise
        return model

    @property
    def dimension(self) -> int:
        """Components of a vector."""
        return int(self._weights["embeddings.word_embeddings.weight"].shape[1])

    def encode(self, text: str) -> Vectors:
        """The vector of a text, prefix and all, of length 1."""
        w, shape = self._weights, self._shape
        tokens = self._tokenizer.encode(text).ids
        x: Matrix = (
            w["embeddings.word_embeddings.weight"][tokens]
            + w["embeddings.position_embeddings.weight"][: len(tokens)]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._normal(x, "embeddings.LayerNorm")
        for n in range(shape.layers):
            layer = f"encoder.layer.{n}"
            x = self._normal(x + self._attention(x, layer), f"{layer}.attention.output.LayerNorm")
            inner = _gelu(self._linear(x, f"{layer}.intermediate.dense"))
            x = self._normal(x + self._linear(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        mean = x.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), dtype=np.float32)

    def _attention(self, x: Matrix, layer: str) -> Matrix:
        heads = self._shape.heads

        def split(name: str) -> Matrix:
            found = self._linear(x, f"{layer}.attention.self.{name}")
            return found.reshape(len(x), heads, -1).transpose(1, 0, 2)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(query.shape[2]))
        scores = np.exp(scores - scores.max(axis=2, keepdims=True))
        scores /= scores.sum(axis=2, keepdims=True)
        joined = (scores @ value).transpose(1, 0, 2).reshape(x.shape)
        return self._linear(joined, f"{layer}.attention.output.dense")

    def _linear(self, x: Matrix, name: str) -> Matrix:
        return np.asarray(x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _normal(self, x: Matrix, name: str) -> Matrix:
        centred = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + np.float32(self._shape.epsilon))
        return np.asarray(centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def _gelu(x: Matrix) -> Matrix:
    """x times the chance that a normal variable is below x; the error function by Abramowitz and Stegun 7.1.26, right
    to 1.5e-7."""
    z = np.abs(x) * np.float32(math.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    tail = series * np.exp(-z * z)
    return np.asarray(x * np.where(x >= 0, 1 - tail / 2, tail / 2), dtype=np.float32)


def _plain(folder: Path) -> _Shape | None:
    """What the settings in a folder say, None where they ask for anything that is not done here."""
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    if tuple(module["type"].rpartition(".")[2] for module in modules) != _PARTS:
        return None
    pooling = json.loads((folder / modules[1]["path"] / "config.json").read_text("utf-8"))
    asked = {name for name, value in pooling.items() if name.startswith("pooling_mode") and value is True}
    if modules[0]["path"] or asked != {"pooling_mode_mean_tokens"}:
        return None
    reading = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))
    config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    if (
        config["model_type"] != "bert"
        or config["hidden_act"] != "gelu"
        or config.get("position_embedding_type", "absolute") != "absolute"
        or reading.get("do_lower_case")
    ):
        return None
    longest = min(int(reading.get("max_seq_length") or 512), int(config["max_position_embeddings"]))
    return _Shape(config["num_hidden_layers"], config["num_attention_heads"], float(config["layer_norm_eps"]), longest)


def _mapped(path: Path) -> dict[str, Matrix]:
    """The weights in a safetensors file, mapped.

    Raises:
        ValueError: they are not float32, or the file is not what it says.
    """
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if not 0 < size < _LARGEST:
            raise ValueError("no safetensors file")
        head: dict[str, Any] = json.loads(file.read(size))
    raw = np.memmap(path, np.uint8, "r", offset=8 + size).view(np.ndarray)
    found = {}
    for name, entry in head.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise ValueError(f"{name} is {entry['dtype']}")
        start, end = entry["data_offsets"]
        found[name] = raw[start:end].view("<f4").reshape(entry["shape"])
    return found
