"""Options of the commands that put a dossier on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from drafter.export.options import ExportOptions

F = TypeVar("F", bound=Callable[..., object])

_PLACES = ("footnotes", "comments", "annex", "none")


def word_options(function: F) -> F:
    """`--track-changes`, `--provenance` and `--template`, given as `track_changes`, `provenance` and `template`."""
    function = click.option(
        "--template",
        metavar="SJABLOON",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Word: gebruik de stijlen en de opmaak van dit .docx- of .dotx-bestand.",
    )(function)
    function = click.option(
        "--provenance",
        "provenance",
        multiple=True,
        type=click.Choice(_PLACES),
        help="Waar de bronnen staan: voetnoten, opmerkingen, de bijlage Herkomst, of nergens. Mag vaker dan eens. "
        "Zonder deze optie: footnotes.",
    )(function)
    return click.option(
        "--track-changes",
        is_flag=True,
        help="Word: toon wat aan overgenomen tekst is veranderd als bijgehouden wijzigingen.",
    )(function)


def export_options(track_changes: bool, provenance: Sequence[str], template: Path | None) -> ExportOptions:
    """The options as the export takes them."""
    from drafter.export.options import ExportOptions, Provenance

    if not provenance:
        return ExportOptions(track_changes=track_changes, template=template)
    places = frozenset(Provenance(place) for place in provenance if place != "none")
    return ExportOptions(provenance=places, track_changes=track_changes, template=template)
