"""Standard passages as they are shown: every variant with what changed since the one before."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from answers_bank.dutch.time.dates import dutch_date
from answers_bank.index.standard_passages import Cluster, StandardVariant, clusters
from answers_bank.json_values import encode, fields_of
from answers_bank.store.annotations.passage_care import PassageCare, care_of, passage_cares
from answers_bank.store.bank import Bank
from drafter.word_difference import Change, word_diff
from embeddings.progress import SILENT, Progress


@dataclass(frozen=True, slots=True)
class Timeline:
    """A standard passage with its history."""

    cluster: Cluster
    differences: tuple[tuple[Change, ...] | None, ...]
    """For each variant the words that changed against the one before; None for the first."""

    care: PassageCare | None = None
    """Who looks after it, where somebody said so."""

    @property
    def json(self) -> dict[str, Any]:
        """As the command line prints it."""
        cluster = self.cluster
        return {
            "id": cluster.id,
            "documents": cluster.documents,
            "uses": cluster.uses,
            "users": list(cluster.users),
            "newest": cluster.newest.text,
            "care": care_json(self.care),
            "variants": [
                _variant(variant, difference)
                for variant, difference in zip(cluster.variants, self.differences, strict=True)
            ],
        }


def timelines(bank: Bank, least: int = 2, words: str = "", progress: Progress = SILENT) -> tuple[Timeline, ...]:
    """The standard passages of a bank with their history, the most used first.

    Args:
        bank: where to look.
        least: documents that a passage must stand in.
        words: only passages that hold all of these words (as Dutch stems) in some variant.
        progress: told how far it is.
    """
    from answers_bank.dutch.words import terms

    wanted = set(terms(words))
    cares = passage_cares(bank.annotations)
    found = []
    for cluster in clusters(bank, least, progress):
        if wanted and not any(wanted <= set(terms(variant.text)) for variant in cluster.variants):
            continue
        texts = [variant.text for variant in cluster.variants]
        changes = [word_diff(old, new) for old, new in pairwise(texts)]
        found.append(Timeline(cluster, (None, *changes), care_of(texts, cares)))
    return tuple(found)


def care_json(care: PassageCare | None) -> dict[str, Any] | None:
    """Who looks after a passage, as the command line prints it."""
    return fields_of(care, "owner note review_by") if care else None


def care_line(care: PassageCare | None, as_of: datetime.date) -> str:
    """The same in a line: "eigenaar: …, nakijken vóór 1 mei 2031 (die dag is voorbij)"; empty where nothing is said."""
    if care is None:
        return ""
    parts = [f"eigenaar: {care.owner}"] if care.owner else []
    if care.review_by:
        past = " (die dag is voorbij)" if care.is_due(as_of) else ""
        parts.append(f"nakijken vóór {dutch_date(care.review_by)}{past}")
    parts += [f"notitie: {care.note}"] if care.note else []
    return ", ".join(parts)


def _variant(variant: StandardVariant, difference: tuple[Change, ...] | None) -> dict[str, Any]:
    return {
        "text": variant.text,
        "newest": variant.newest,
        "first": encode(variant.uses[0].date),
        "last": encode(variant.uses[-1].date),
        "diff": None if difference is None else [[change.op, change.text] for change in difference],
        "uses": [fields_of(use, "passage document title date portfolio minister start end") for use in variant.uses],
    }
