"""Standard passages as the screens show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.backend.protocol import Standard, Variant

if TYPE_CHECKING:
    from answers_bank.index.standard_passages import Cluster
    from answers_bank.store.bank import Bank
    from drafter.search.values import SearchResult

_MOST = 200
_FITTING, _BEST = 8, 2
"""Results, and passages of each, in which standard passages that fit a question are looked for."""

_NAME = 70
"""Characters of the newest wording that serve as the name."""


def standards(bank: Bank) -> tuple[Standard, ...]:
    """The standard passages of the bank, most used first, with their wordings newest first."""
    from answers_bank.index.standard_passages import StandardPassages

    return tuple(_standard(cluster) for cluster in StandardPassages.open(bank).clusters()[:_MOST])


def _standard(cluster: Cluster) -> Standard:
    newest = cluster.newest.text
    name = newest if len(newest) <= _NAME else f"{newest[:_NAME].rsplit(' ', 1)[0]} …"
    variants = []
    for variant in cluster.variants:
        last = variant.uses[-1]
        dates = [use.date for use in variant.uses if use.date]
        variants.append(
            Variant(
                passage=f"{last.passage}@{last.start}-{last.end}",
                text=variant.text,
                first=min(dates, default=None),
                last=max(dates, default=None),
                times=len(variant.uses),
                title=last.title,
            )
        )
    order = sorted(
        range(len(variants)), key=lambda i: (cluster.variants[i].newest, str(variants[i].last)), reverse=True
    )
    everywhere = frozenset(use.passage for variant in cluster.variants for use in variant.uses)
    return Standard(cluster.id, name, cluster.documents, tuple(variants[i] for i in order), everywhere)


def fitting_first(
    standards: tuple[Standard, ...], results: tuple[SearchResult, ...]
) -> tuple[tuple[Standard, ...], int]:
    """`standards` with those first that stand in what was found, the best found before the others; and how many."""
    places: dict[str, int] = {}
    for rank, result in enumerate(results[:_FITTING]):
        best = sorted(result.passages, key=lambda passage: passage.score, reverse=True)[:_BEST]
        for passage in best:
            places.setdefault(passage.id, rank)
    ranks = {one.id: min((places[p] for p in one.passages if p in places), default=None) for one in standards}
    fitting = sorted((one for one in standards if ranks[one.id] is not None), key=lambda one: ranks[one.id] or 0)
    return (*fitting, *(one for one in standards if ranks[one.id] is None)), len(fitting)
