"""Prefixes, batches and stopping, with a model that is none; and what is said when there is no model."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embeddings import sentence_transformer
from embeddings.encoder import ModelIdentity
from embeddings.errors import Cancelled, ModelError
from embeddings.progress import Silent
from embeddings.sentence_transformer import SentenceTransformerEncoder


class FakeModel:
    """Gives the length of each text as its vector, and remembers what it was given."""

    def __init__(self, prompts: dict[str, str] | None = None) -> None:
        self.prompts = prompts
        self.batches: list[list[str]] = []

    def encode(self, texts: list[str], **options: Any) -> Any:
        assert options["show_progress_bar"] is False
        self.batches.append(list(texts))
        return np.array([[len(text), 1.0] for text in texts], np.float32)


@pytest.fixture(autouse=True)
def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    import contextlib

    monkeypatch.setattr(sentence_transformer, "_half_precision", contextlib.nullcontext)


def encoder(model: FakeModel, prefixes: tuple[str, str] = ("q: ", "p: ")) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(model, ModelIdentity("fake", "test", 2), prefixes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("multilingual-e5-small", {"query": "query: ", "passage": "passage: "}, ("query: ", "passage: ")),
        ("intfloat/multilingual-e5-base", None, ("query: ", "passage: ")),
        ("e5-large", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("other", {"query": "zoek: ", "document": ""}, ("zoek: ", "")),
        ("other", {"query": "a", "document": "b"}, ("a", "b")),
        ("recipe5", None, ("", "")),
    ],
)
def test_prefixes(name: str, prompts: dict[str, str] | None, expected: tuple[str, str]) -> None:
    assert sentence_transformer.prefixes(prompts or {}, name) == expected


def test_texts_of_one_length_go_together_and_come_back_in_order() -> None:
    model = FakeModel()
    texts = ["x" * (1 + n * 7 % 50) for n in range(40)]
    vectors = encoder(model).encode_passages(texts)
    assert vectors[:, 0].tolist() == [len(text) + 3 for text in texts]
    lengths = [len(text) for batch in model.batches for text in batch]
    assert lengths == sorted(lengths, reverse=True)
    assert all(text.startswith("p: ") for batch in model.batches for text in batch)
    encoder(model).encode_queries(["vraag"])
    assert model.batches[-1] == ["q: vraag"]


def test_it_stops_between_batches() -> None:
    class Stop(Silent):
        done = 0

        def advance(self, steps: int = 1, label: str | None = None) -> None:
            self.done += steps

        def cancelled(self) -> bool:
            return self.done >= 16

    model = FakeModel()
    with pytest.raises(Cancelled):
        encoder(model).encode_passages(["x"] * 40, Stop())
    assert len(model.batches) == 1


@pytest.mark.model
def test_a_model_that_is_not_here_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nooit iets gedownload"):
        SentenceTransformerEncoder.load("no-such-organisation/no-such-model")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="geen bruikbaar"):
        SentenceTransformerEncoder.load(tmp_path)


def test_a_model_that_is_pickled_is_refused_before_anything_of_it_is_loaded(tmp_path: Path) -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (tmp_path / "uitgevoerd",)  # type: ignore[return-value]

    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / "model" / "pytorch_model.bin").write_bytes(pickle.dumps(Harm()))
    with pytest.raises(ModelError, match="niet geladen"):
        SentenceTransformerEncoder.load(tmp_path / "model")
    assert not (tmp_path / "uitgevoerd").exists()
