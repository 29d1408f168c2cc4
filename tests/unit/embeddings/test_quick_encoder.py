"""A query is encoded by numpy alone, as the model's own library would do it."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from embeddings.encoder import Encoder, ModelIdentity, Vectors
from embeddings.progress import SILENT, Progress
from embeddings.query_model import QueryModel
from embeddings.quick_encoder import FEW, QuickEncoder

HIDDEN, LAYERS, HEADS, INNER = 8, 2, 2, 16
WORDS = "<pad> <s> </s> <unk> hoeveel molens staan er stil".split()
CONFIG = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "hidden_size": HIDDEN,
    "intermediate_size": INNER,
    "vocab_size": len(WORDS),
    "max_position_embeddings": 12,
    "type_vocab_size": 1,
    "layer_norm_eps": 1e-12,
}


def weights() -> dict[str, np.ndarray[Any, Any]]:
    chance = np.random.default_rng(5)
    shapes = {
        "embeddings.word_embeddings.weight": (len(WORDS), HIDDEN),
        "embeddings.position_embeddings.weight": (12, HIDDEN),
        "embeddings.token_type_embeddings.weight": (1, HIDDEN),
        "embeddings.LayerNorm.weight": (HIDDEN,),
        "embeddings.LayerNorm.bias": (HIDDEN,),
    }
    for n in range(LAYERS):
        layer = f"encoder.layer.{n}"
        for name, rows, columns in (
            ("attention.self.query", HIDDEN, HIDDEN),
            ("attention.self.key", HIDDEN, HIDDEN),
            ("attention.self.value", HIDDEN, HIDDEN),
            ("attention.output.dense", HIDDEN, HIDDEN),
            ("intermediate.dense", INNER, HIDDEN),
            ("output.dense", HIDDEN, INNER),
        ):
            shapes |= {f"{layer}.{name}.weight": (rows, columns), f"{layer}.{name}.bias": (rows,)}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{layer}.{name}.weight": (HIDDEN,), f"{layer}.{name}.bias": (HIDDEN,)}
    return {name: chance.standard_normal(shape).astype("<f4") for name, shape in shapes.items()}


def make_folder(folder: Path, **changes: object) -> Path:
    """A small model with weights by chance."""
    (folder / "1_Pooling").mkdir(parents=True)
    kinds = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    modules = [{"idx": n, "path": path, "type": f"x.models.{kind}"} for n, (path, kind) in enumerate(kinds)]
    settings = {
        "modules.json": modules,
        "config.json": CONFIG | changes,
        "sentence_bert_config.json": {"max_seq_length": 10, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": HIDDEN, "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {"prompts": {"query": "hoeveel "}},
    }
    for name, value in settings.items():
        (folder / name).write_text(json.dumps(value), "utf-8")
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", None, [("<s>", 1), ("</s>", 2)])
    tokenizer.save(str(folder / "tokenizer.json"))
    head, data = {}, b""
    for name, array in weights().items():
        head[name] = {"dtype": "F32", "shape": array.shape, "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    packed = json.dumps({"__metadata__": {"format": "pt"}, **head}).encode()
    packed += b" " * (-len(packed) % 8)
    (folder / "model.safetensors").write_bytes(len(packed).to_bytes(8, "little") + packed + data)
    return folder


class Library:
    """Stands for the whole library; tells that it was used."""

    def __init__(self) -> None:
        self.identity = ModelIdentity("x", "y", HIDDEN)
        self.calls: list[int] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(len(texts))
        return np.ones((len(texts), HIDDEN), np.float32)

    def encode_passages(self, texts: Sequence[str], progress: Progress = SILENT) -> Vectors:
        return self.encode_queries(texts)


@pytest.mark.model
def test_it_gives_what_the_library_gives(tmp_path: Path) -> None:
    import torch
    from transformers import BertConfig, BertModel

    folder = make_folder(tmp_path / "model")
    model = QueryModel.load(folder)
    assert model is not None
    reference = BertModel(BertConfig.from_dict(CONFIG), add_pooling_layer=False)
    state = {name: torch.from_numpy(array.copy()) for name, array in weights().items()}
    reference.load_state_dict(state, strict=True)
    reference.train(False)
    for text in ("hoeveel molens", "er staan molens stil onbekend", "stil " * 30):
        words = [WORDS.index(word) if word in WORDS else 3 for word in text.split()][:8]
        with torch.no_grad():
            tokens = reference(torch.tensor([[1, *words, 2]])).last_hidden_state[0]
        expected = torch.nn.functional.normalize(tokens.mean(0), dim=0).numpy()
        assert np.allclose(model.encode(text), expected, atol=1e-5)


def test_few_queries_do_not_load_the_library(tmp_path: Path) -> None:
    library = Library()
    loads: list[int] = []

    def load() -> Encoder:
        loads.append(1)
        return library

    encoder = QuickEncoder.load(make_folder(tmp_path / "model"), load, "tiny", "made up")
    assert encoder is not None
    assert encoder.identity == ModelIdentity("tiny", "made up", HIDDEN)
    vectors = encoder.encode_queries(["molens", "molens staan stil"])
    assert vectors.shape == (2, HIDDEN)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert encoder.encode_queries([]).shape == (0, HIDDEN)
    assert not loads
    # The model's own prefix stands before a query.
    whole = QueryModel.load(tmp_path / "model")
    assert whole is not None
    assert np.array_equal(whole.encode("hoeveel molens"), vectors[0])

    threads = [threading.Thread(target=encoder.encode_passages, args=(["molens"],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loads) == 1
    encoder.encode_queries(["molens"])  # what is loaded is used
    assert library.calls[-1] == 1


def test_many_queries_go_to_the_library(tmp_path: Path) -> None:
    library = Library()
    encoder = QuickEncoder.load(make_folder(tmp_path / "model"), lambda: library, None, None)
    assert encoder is not None
    encoder.encode_queries(["molens"] * (FEW + 1))
    assert library.calls == [FEW + 1]
    assert encoder.identity.name == "model"
    assert encoder.identity.source.startswith("folder sha256:")


@pytest.mark.parametrize(
    "changes",
    [
        {"model_type": "xlm-roberta"},
        {"hidden_act": "relu"},
        {"position_embedding_type": "relative_key"},
        {"num_hidden_layers": 3},
    ],
)
def test_another_sort_of_model_is_left_to_the_library(tmp_path: Path, changes: dict[str, object]) -> None:
    assert QueryModel.load(make_folder(tmp_path / "model", **changes)) is None


def test_damaged_files_are_left_to_the_library(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "model")
    good = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name in ("model.safetensors", "tokenizer.json", "modules.json", "1_Pooling/config.json"):
        for content in (b"", b"\xff" * 40, good[folder / name][:50]):
            (folder / name).write_bytes(content)
            assert QueryModel.load(folder) is None
        (folder / name).write_bytes(good[folder / name])
    assert QueryModel.load(folder) is not None
    assert QueryModel.load(tmp_path / "nowhere") is None
