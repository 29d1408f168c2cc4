"""`verify`: every quotation of a draft against the bank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import say, write_json
from embeddings.errors import ExitCode

if TYPE_CHECKING:
    from drafter.export.verify import EditedBlock


@click.command(cls=DutchCommand, short_help="Controleert elk citaat van een concept tegen de bank.")
@click.argument("file", metavar="CONCEPT.json", type=click.Path(path_type=Path))
@bank_option
@json_option
def command(file: Path, bank_folder: Path | None, as_json: bool) -> int:
    """Bewijs van elke alinea in een concept dat zij in de bank staat, tot op de letter.

    Van een bewerkte alinea is alleen de bron bewezen. Per zin staat erbij of zij zo in die bron staat; de zinnen
    waarvoor dat niet geldt, moet u zelf nagaan.

    CONCEPT.json is gemaakt met: kamerantwoord draft … -o CONCEPT.json. Eindigt met code 1 als een citaat niet klopt.
    """
    from drafter.export.json.verification import verification_json
    from drafter.export.verify import verify_file
    from drafter.headings import questions_reference
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        found = verify_file(file, workspace.bank())
    if as_json:
        write_json(verification_json(found))
    else:
        say(f"{found.verified} citaten kloppen, {len(found.failed)} niet. Eigen tekst: {found.own} alinea's.")
        _show_edited(found.edited)
        for failure in found.failed:
            say(f"! {questions_reference(failure.numbers)}, alinea {failure.block}: {failure.message}")
        for document in found.changed:
            say(f"Let op: {document} is in de bank veranderd sinds het concept is gemaakt.")
    return ExitCode.FINDINGS if found.failed else ExitCode.OK


def _show_edited(edited: Sequence[EditedBlock]) -> None:
    """What is proved of paragraphs that were edited, and which of their sentences are not."""
    from drafter.headings import questions_reference

    if not edited:
        return
    proved = sum(len(block.proved) for block in edited)
    count = proved + sum(len(block.unproved) for block in edited)
    say(f"Daarvan bewerkt: {len(edited)}. Hun bron klopt; {proved} van hun {count} zinnen staan zo in die bron.")
    if proved < count:
        say("Niet bewezen:")
    for block in edited:
        for sentence in block.unproved:
            say(f"~ {questions_reference(block.numbers)}, alinea {block.block}: {sentence}")
