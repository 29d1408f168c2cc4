"""Saying who looks after a standard passage, and before which day it is to be looked at."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from answers_bank.dutch.time.dates import typed_day
from answers_bank.store.annotations.passage_care import (
    CareField,
    PassageCare,
    care_annotations,
    care_of,
    passage_cares,
)
from embeddings.errors import UsageError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.index.standard_passages import Cluster
    from answers_bank.store.bank import Bank

_MOST = 500


def find_passage(bank: Bank, identifier: str, progress: Progress = SILENT) -> Cluster:
    """The standard passage with this id, or that stands in the paragraph with this id.

    Raises:
        UsageError: there is none.
    """
    from answers_bank.index.standard_passages import clusters

    found = clusters(bank, progress=progress)
    named = next((one for one in found if one.id == identifier), None)
    held = (
        one
        for one in found
        if any(identifier in (use.passage, f"{use.passage}@{use.start}") for v in one.variants for use in v.uses)
    )
    cluster = named or next(held, None)
    if cluster is None:
        raise UsageError(
            f"Geen standaardpassage met de naam {identifier}.", "Bekijk de namen met: kamerantwoord passages WOORDEN."
        )
    return cluster


def say_of_passage(
    bank: Bank, cluster: Cluster, values: Mapping[CareField, str | None], by: str, now: datetime.datetime
) -> PassageCare | None:
    """Say something of a standard passage, or take it back (None), all or nothing; what holds from now on.

    Raises:
        UsageError: a value is none.
    """
    wordings = [variant.text for variant in cluster.variants]
    known = care_of(wordings, passage_cares(bank.annotations))
    checked = {name: _checked(name, value) for name, value in values.items()}
    # What was said before stays with the wording that it was said of.
    bank.annotate(care_annotations(known.wording if known else cluster.newest.text, checked, by, now))
    return care_of(wordings, passage_cares(bank.annotations))


def _checked(name: CareField, value: str | None) -> str | None:
    if value is None:
        return None
    text = " ".join(value.split())
    if not text or len(text) > _MOST or not text.isprintable():
        raise UsageError("Die tekst is leeg, te lang of geen tekst.", f"Weghalen gaat met --terug {name.value}.")
    if name is CareField.REVIEW_BY:
        day = typed_day(text)
        if day is None:
            raise UsageError(f"‘{text}’ is geen datum.", "Schrijf een dag als 31-03-2027 of 2027-03-31.")
        return day.isoformat()
    return text
