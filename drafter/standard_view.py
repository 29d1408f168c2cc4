"""Standard passages as the screens show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.desk import Standard, Variant

if TYPE_CHECKING:
    from answers_bank.bank import Bank
    from answers_bank.standard_passages import Cluster

_MOST = 200
_NAME = 70
"""Characters of the newest wording that serve as the name."""


def standards(bank: Bank) -> tuple[Standard, ...]:
    """The standard passages of the bank, most used first, with their wordings newest first."""
    from answers_bank.standard_passages import StandardPassages

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
    return Standard(cluster.id, name, cluster.documents, tuple(variants[i] for i in order))
