"""A model of a few kilobytes in the layout of the packaged one, and a program that takes it for the packaged one."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np

from embeddings.packaged import layout
from embeddings.packaged import model as packaged_model

HIDDEN, INNER, VOCABULARY, POSITIONS = 32, 64, 8, 16
TINY = "278cf3ec3088a3752987cd683183ca5f9f08473aa524c91a59c11955e66d0b7a"
TINY_UNPACKED = "ad81827a3a31bced0333331272bab48830fd776ec9e4f6d6eec7bc6b6ed673d4"
"""SHA-256 of the tiny file, and of the weights unpacked from it."""

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "▁ab"]


def blocks(count: int, seed: int) -> bytes:
    generator = np.random.default_rng(seed)
    packed = np.zeros(count // 32, layout.BLOCK)
    packed["scale"] = 0.01
    packed["halves"] = generator.integers(0, 256, (count // 32, 16))
    return packed.tobytes()


def tiny_weights() -> bytes:
    header = struct.pack("<4sI7ifi", b"E5S1", 1, HIDDEN, 1, 2, INNER, VOCABULARY, POSITIONS, 2, 1e-12, 32)
    texts = [piece.encode() for piece in PIECES]
    blob = b"".join(texts)
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes()
    scores = np.linspace(0, -8, len(PIECES), dtype="<f4").tobytes()
    tokenizer = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + offsets + scores + blob
    normalising = struct.pack("<iI", 0, 3) + b"map"
    shape_of_all = layout.Header(HIDDEN, 1, 2, INNER, VOCABULARY, POSITIONS, 2, 1e-12)
    tensors: list[tuple[bytes, int, int, bytes]] = []
    for seed, (name, _, shape) in enumerate(layout.tensor_names(shape_of_all)):
        count = int(np.prod(shape))
        if len(shape) == 2 and name not in ("emb.pos", "emb.type"):
            tensors.append((name.encode(), 1, count, blocks(count, seed)))
        else:
            tensors.append((name.encode(), 0, count, np.full(count, seed / 100, "<f4").tobytes()))
    directory_length = 4 + sum(2 + len(name) + 21 for name, *_ in tensors)
    offset = len(header) + len(tokenizer) + len(normalising) + directory_length
    directory = struct.pack("<i", len(tensors))
    for name, kind, count, data in tensors:
        directory += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", kind, count, offset, len(data))
        offset += len(data)
    return header + tokenizer + normalising + directory + b"".join(data for *_, data in tensors)


@contextmanager
def known_tiny_model(folder: Path) -> Iterator[Path]:
    """The file with its weights in `folder`, made where it is not there; inside it is the model of the package."""
    path = folder / packaged_model.WEIGHTS_FILE
    if not path.exists():
        path.write_bytes(tiny_weights())
    with (
        patch.object(packaged_model, "weights_file", lambda: path),
        patch.object(packaged_model, "KNOWN_WEIGHTS", {TINY: TINY_UNPACKED}),
        patch.object(packaged_model.importlib.metadata, "version", lambda _: "9.9"),
    ):
        yield path
