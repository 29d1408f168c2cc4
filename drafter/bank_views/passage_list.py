"""Standard passages as the screens show them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.store.annotations.passage_care import PassageCare, care_of, passage_cares

if TYPE_CHECKING:
    from answers_bank.index.standard_passages import Cluster
    from answers_bank.store.bank import Bank
    from drafter.search.values import SearchResult

_MOST = 200
_FITTING, _BEST = 8, 2
"""Results, and passages of each, in which standard passages that fit a question are looked for."""

_NAME = 70
"""Characters of the newest wording that serve as the name."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a standard passage."""

    passage: str
    """Where it stands last, as ``<passage id>@<first>-<last>``."""

    text: str
    first: datetime.date | None
    last: datetime.date | None
    times: int


@dataclass(frozen=True, slots=True)
class StandardPassage:
    """A standard passage with its wordings, newest first."""

    id: str
    name: str
    times: int
    """In how many documents it stands."""

    wordings: tuple[Wording, ...]

    passages: frozenset[str] = frozenset()
    """Ids of all passages that hold a wording of it."""

    care: PassageCare | None = None
    """Who looks after it, where somebody said so."""


def standard_passages(bank: Bank) -> tuple[StandardPassage, ...]:
    """The standard passages of the bank, most used first, with their wordings newest first."""
    from answers_bank.index.standard_passages import StandardPassages

    cares = passage_cares(bank.annotations)
    return tuple(_standard(cluster, cares) for cluster in StandardPassages.open(bank).clusters()[:_MOST])


def _standard(cluster: Cluster, cares: Mapping[str, PassageCare]) -> StandardPassage:
    newest = cluster.newest.text
    name = newest if len(newest) <= _NAME else f"{newest[:_NAME].rsplit(' ', 1)[0]} …"
    wordings = []
    for variant in cluster.variants:
        last = variant.uses[-1]
        dates = [use.date for use in variant.uses if use.date]
        wordings.append(
            Wording(
                passage=f"{last.passage}@{last.start}-{last.end}",
                text=variant.text,
                first=min(dates, default=None),
                last=max(dates, default=None),
                times=len(variant.uses),
            )
        )
    order = sorted(
        range(len(wordings)), key=lambda i: (cluster.variants[i].newest, str(wordings[i].last)), reverse=True
    )
    everywhere = frozenset(use.passage for variant in cluster.variants for use in variant.uses)
    care = care_of([variant.text for variant in cluster.variants], cares)
    return StandardPassage(cluster.id, name, cluster.documents, tuple(wordings[i] for i in order), everywhere, care)


def fitting_first(
    standards: tuple[StandardPassage, ...], results: tuple[SearchResult, ...]
) -> tuple[tuple[StandardPassage, ...], int]:
    """`standards` with those first that stand in what was found, the best found before the others; and how many."""
    places: dict[str, int] = {}
    for rank, result in enumerate(results[:_FITTING]):
        best = sorted(result.passages, key=lambda passage: passage.score, reverse=True)[:_BEST]
        for passage in best:
            places.setdefault(passage.id, rank)
    ranks = {one.id: min((places[p] for p in one.passages if p in places), default=None) for one in standards}
    fitting = sorted((one for one in standards if ranks[one.id] is not None), key=lambda one: ranks[one.id] or 0)
    return (*fitting, *(one for one in standards if ranks[one.id] is None)), len(fitting)
