"""The packaged file of the default model, read, and written as a folder that sentence-transformers loads.

Layout of the file (little endian): header, tokenizer (a Unigram model), a map for normalising characters, a directory
of tensors, the tensors. Matrices are stored as [out, in] in blocks of 32 weights: a half-precision scale and 16 bytes,
whose low halves are weights 0-15 and high halves weights 16-31; value = (half byte - 8) * scale.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

PREFIXES = {"query": "query: ", "passage": "passage: "}

_MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", (16,))])
_ROWS_AT_ONCE = 100_000

_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_PARTS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where the values of one tensor stand in the file."""

    name: str
    kind: int
    """0: float32; 1: blocks of 4 bits."""
    elements: int
    offset: int


@dataclass(frozen=True, slots=True)
class Header:
    """The sizes of the network (a BERT)."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


# --- reading the packaged file ---------------------------------------------------------------------------------------


def read_front(file: BinaryIO) -> tuple[Header, tuple[list[tuple[str, float]], int], dict[str, Tensor]]:
    """Header, tokenizer (pieces with their scores, index of the unknown piece) and directory of tensors."""
    magic, version = _unpack(file, "<4sI")
    if magic != _MAGIC or version != 1:
        raise ValueError("unknown file layout")
    hidden, layers, heads, inner, vocabulary, positions, types, epsilon, block = _unpack(file, "<7ifi")
    if block != 32:
        raise ValueError("unknown block size")
    pieces, _bos, _eos, _pad, unknown, blob_length = _unpack(file, "<5iQ")
    offsets = np.frombuffer(_exactly(file, 4 * (pieces + 1)), "<u4")
    scores = np.frombuffer(_exactly(file, 4 * pieces), "<f4")
    blob = _exactly(file, blob_length)
    vocabulary_list = [
        (blob[start:end].decode("utf-8"), float(score))
        for start, end, score in zip(offsets[:-1].tolist(), offsets[1:].tolist(), scores.tolist(), strict=True)
    ]
    _count, length = _unpack(file, "<iI")
    _exactly(file, length)  # the map for normalising characters, which `write_tokenizer` states as rules
    tensors: dict[str, Tensor] = {}
    (count,) = _unpack(file, "<i")
    for _ in range(count):
        (name_length,) = _unpack(file, "<H")
        name = _exactly(file, name_length).decode("ascii")
        kind, elements, offset, _bytes = _unpack(file, "<BIQQ")
        tensors[name] = Tensor(name, kind, elements, offset)
    header = Header(hidden, layers, heads, inner, vocabulary, positions, types, epsilon)
    return header, (vocabulary_list, unknown), tensors


def _unpack(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, _exactly(file, struct.calcsize(layout)))


def _exactly(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) != length:
        raise ValueError("file ends too early")
    return data


# --- writing the folder ----------------------------------------------------------------------------------------------


def write_tokenizer(folder: Path, vocabulary: tuple[list[tuple[str, float]], int], positions: int) -> None:
    """Write the tokenizer: pieces with their scores and the index of the unknown one; a text ends at `positions`."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    pieces, unknown = vocabulary
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    # The same as the normalising map of the package's own engine: control characters go, all white space and
    # invisible joiners become a space, the rest is NFKC.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"), ""),
            normalizers.Replace(Regex("[\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    named = {piece: tokenizer.token_to_id(piece) for piece in special}
    if None in named.values():
        raise ValueError("special pieces are missing")
    tokenizer.add_special_tokens([AddedToken(piece, special=True, normalized=False) for piece in special])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[(p, named[p]) for p in ("<s>", "</s>")]
    )
    # Not `save`: a disk that is full is an OSError only where Python writes.
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), "utf-8", newline="\n")
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "clean_up_tokenization_spaces": False,
        },
    )


def tensor_names(header: Header) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """(name in the package, name in BERT, shape) of every tensor, in the order of writing."""
    hidden, inner = header.hidden, header.inner
    yield "emb.word", "embeddings.word_embeddings.weight", (header.vocabulary, hidden)
    yield "emb.pos", "embeddings.position_embeddings.weight", (header.positions, hidden)
    yield "emb.type", "embeddings.token_type_embeddings.weight", (header.types, hidden)
    yield "emb.ln.w", "embeddings.LayerNorm.weight", (hidden,)
    yield "emb.ln.b", "embeddings.LayerNorm.bias", (hidden,)
    matrices = {"fi": (inner, hidden), "fo": (hidden, inner)}
    for layer in range(header.layers):
        for short, long in _LAYER.items():
            norm = short.endswith("ln")
            matrix = (hidden,) if norm else matrices.get(short, (hidden, hidden))
            yield f"l{layer}.{short}.w", f"encoder.layer.{layer}.{long}.weight", matrix
            yield f"l{layer}.{short}.b", f"encoder.layer.{layer}.{long}.bias", matrix[:1]


def write_weights(path: Path, weights: Path, tensors: dict[str, Tensor], header: Header) -> None:
    """The tensors as a safetensors file, a piece at a time: the whole is never in memory."""
    directory: dict[str, object] = {"__metadata__": {"format": "pt"}}
    position = 0
    order: list[Tensor] = []
    for packed, name, shape in tensor_names(header):
        tensor = tensors[packed]
        length = 4 * int(np.prod(shape))
        if length != 4 * tensor.elements:
            raise ValueError(f"unexpected size of {packed}")
        directory[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [position, position + length]}
        position += length
        order.append(tensor)
    front = json.dumps(directory, separators=(",", ":")).encode("ascii")
    front += b" " * (-len(front) % 8)
    data = np.memmap(weights, dtype=np.uint8, mode="r")
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(front)) + front)
        for tensor in order:
            for values in _values(data, tensor):
                out.write(values.astype("<f4", copy=False).tobytes())


def _values(data: NDArray[np.uint8], tensor: Tensor) -> Iterator[NDArray[np.float32]]:
    stored = {0: 4 * tensor.elements, 1: tensor.elements // 32 * BLOCK.itemsize}
    if tensor.kind not in stored or tensor.offset + stored[tensor.kind] > len(data):
        raise ValueError(f"tensor {tensor.name} is of an unknown kind or cut off")
    if tensor.kind == 0:
        yield np.frombuffer(data[tensor.offset : tensor.offset + 4 * tensor.elements].tobytes(), "<f4")
        return
    blocks = data[tensor.offset : tensor.offset + stored[1]].view(BLOCK)
    for start in range(0, len(blocks), _ROWS_AT_ONCE):
        yield dequantise(blocks[start : start + _ROWS_AT_ONCE])


def dequantise(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """The weights of 4-bit `blocks`, 32 for each, in order."""
    halves = blocks["halves"]
    nibbles = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32)
    return ((nibbles - 8.0) * blocks["scale"].astype(np.float32)[:, None]).ravel()


def write_configuration(folder: Path, header: Header) -> None:
    """Write what sentence-transformers reads besides tokenizer and weights."""
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": header.hidden,
            "num_hidden_layers": header.layers,
            "num_attention_heads": header.heads,
            "intermediate_size": header.inner,
            "hidden_act": "gelu",
            "vocab_size": header.vocabulary,
            "max_position_embeddings": header.positions,
            "type_vocab_size": header.types,
            "layer_norm_eps": header.epsilon,
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "pad_token_id": 1,
            "bos_token_id": 0,
            "eos_token_id": 2,
            "torch_dtype": "float32",
        },
    )
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    _write_json(
        folder / "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
    )
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": header.hidden, "pooling_mode_mean_tokens": True},
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": header.positions, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": PREFIXES, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
