"""Texts and vectors in any number, for benchmarks that need more than there is."""

from __future__ import annotations

import datetime
import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.encoder import ModelIdentity, Vectors
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress

_PORTFOLIOS = [f"Ministerie nummer {n}" for n in range(1, 15)]
_SYLLABLES = "wa ter ve ning be lei da mo len ge bou wing zo den ka der in spec tie re gel ba ron sta ge mee".split()


class FastEncoder:
    """An encoder that costs nothing: a vector drawn from the text's own checksum, near a centre that texts share.

    Real vectors lie in clusters, and an approximate index is as good as its clusters: so do these.
    """

    def __init__(self, dimension: int = 384, centres: int = 2000) -> None:
        self.identity = ModelIdentity("synthetic", f"benchmark {dimension} {centres}", dimension)
        generator = np.random.default_rng(7)
        # What e5 does: all texts lie in one direction, and differ little in the rest.
        self._centres = generator.standard_normal((centres, dimension), dtype=np.float32) * 0.5
        self._centres[:, 0] += 20

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors near those of the same texts as passages."""
        return self._encode(texts, 1)

    def encode_passages(self, texts: Sequence[str], progress: Progress = SILENT) -> Vectors:
        """Vectors of the texts."""
        if progress.cancelled():
            raise Cancelled
        progress.advance(len(texts))
        return self._encode(texts, 0)

    def _encode(self, texts: Sequence[str], extra: int) -> Vectors:
        seeds = [zlib.crc32(text.encode("utf-8", "replace")) for text in texts]
        vectors = self._centres[[seed % len(self._centres) for seed in seeds]].copy()
        for row, seed in zip(vectors, seeds, strict=True):
            row += 0.5 * np.random.default_rng(seed + extra).standard_normal(len(row), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def sentences(source: Path | None, made: int = 20_000) -> list[str]:
    """Sentences of a register (JSONL) as material; without one, so many made-up ones."""
    if source is None:
        generator = np.random.default_rng(3)
        words = ["".join(generator.choice(_SYLLABLES, generator.integers(1, 4))) for _ in range(made)]
        weights = 1 / np.arange(2, len(words) + 2)
        drawn = generator.choice(words, (made, 18), p=weights / weights.sum())
        return [" ".join(row).capitalize() + "." for row in drawn]
    opener = gzip.open if source.suffix == ".gz" else open
    found: list[str] = []
    with opener(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            found += re.split(r"(?<=[a-z][.?!])\s*(?=[A-Z])", json.loads(line)["answer"])
    return [sentence for sentence in dict.fromkeys(found) if 40 <= len(sentence) <= 400]


REPEATED = 0.1
"""Share of sentences that stand in the material word for word: about what ministries repeat."""


def records(count: int, material: Sequence[str], seed: int = 0, paragraphs: int = 4) -> Iterator[dict[str, Any]]:
    """Records of a register: each a question and an answer of some paragraphs, put together from real sentences.

    Most sentences have a third of their words replaced by other words of the material: there are far fewer sentences in
    it than a large bank holds, and what is repeated everywhere is like no bank.
    """
    generator = np.random.default_rng(seed)
    words = [word for sentence in material[:5000] for word in sentence.split()]

    def varied(sentence: str) -> str:
        if generator.random() < REPEATED:
            return sentence
        parts = sentence.split()
        for place in generator.integers(0, len(parts), max(len(parts) // 3, 1)):
            parts[place] = words[int(generator.integers(0, len(words)))]
        return " ".join(parts)

    start = datetime.date(2008, 1, 1)
    for number in range(count):
        chosen = generator.integers(0, len(material), 2 + 3 * paragraphs)
        drawn = [varied(material[int(i)]) for i in chosen]
        # A number of its own keeps most texts distinct, as they are in life.
        yield {
            "id": f"r{seed}-{number}",
            "date": (start + datetime.timedelta(days=int(generator.integers(0, 6500)))).isoformat(),
            "title": drawn[0][:80],
            "question": f"{drawn[1]} Hoe luidt punt {number}?",
            "answer": "\n".join(
                f"{' '.join(drawn[2 + 3 * p : 5 + 3 * p])} Dit betreft onderdeel {number * paragraphs + p}."
                for p in range(paragraphs)
            ),
            "portfolio": _PORTFOLIOS[int(generator.integers(0, len(_PORTFOLIOS)))],
        }
