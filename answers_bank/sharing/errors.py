"""What goes wrong between a bank and its server, as errors a user can act on; no text here ever holds a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.errors import ExitCode, KamerantwoordError

if TYPE_CHECKING:
    import psycopg


class SharingError(KamerantwoordError):
    """The shared bank refuses, or cannot be used as it is."""

    exit_code = ExitCode.BANK


class Unreachable(SharingError):  # noqa: N818  (a state that passes, not a fault)
    """The server cannot be reached now; what waits is sent later."""


class PasswordNeeded(SharingError):  # noqa: N818
    """The server asks for a password, and there is none."""


_HINTS: tuple[tuple[str, str, str], ...] = (
    ("certificate verify failed", "Het certificaat van de server is niet te vertrouwen.",
     "Vraag uw beheerder om het certificaat van de uitgever, en noem dat in het adres: ?sslrootcert=BESTAND."),
    ("does not match host name", "Het certificaat van de server is van een andere server.",
     "Gebruik de naam die in het certificaat staat, of vraag uw beheerder."),
    ("root certificate file", "Het certificaat van de uitgever is er niet.",
     "Kijk na wat er bij sslrootcert staat, of vraag uw beheerder om dat bestand."),
    ("does not support SSL", "De server versleutelt de verbinding niet.",
     "Vraag uw beheerder om TLS aan te zetten; zonder TLS gaat er niets over het netwerk."),
    ("password authentication failed", "De server kent deze naam of dit wachtwoord niet.",
     "Kijk uw naam na in het adres, en uw wachtwoord in pgpass."),
    ("no pg_hba.conf entry", "De server laat u vanaf deze machine niet toe.", "Vraag uw beheerder (pg_hba.conf)."),
    ("does not exist", "De server kent deze database of deze naam niet.", "Kijk het adres na."),
)  # fmt: skip


def translated(error: psycopg.Error) -> SharingError:
    """`error` in words for users."""
    import psycopg

    text = str(error)
    if "no password supplied" in text or "fe_sendauth" in text:
        return PasswordNeeded(
            "De server vraagt een wachtwoord.",
            "Zet het in het bestand pgpass (alleen leesbaar voor uzelf), of typ het als het commando erom vraagt.",
        )
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return SharingError(
            "U hebt op de gedeelde bank geen recht om dit te doen.",
            "Vraag een beheerder om de rol kamerantwoord_opsteller (schrijven) of kamerantwoord_lezer (lezen).",
        )
    if isinstance(error, psycopg.errors.DiskFull):
        return Unreachable("De schijf van de server is vol.", "Wat wacht, wordt later verstuurd.")
    for mark, message, hint in _HINTS:
        if mark in text:
            return SharingError(message, hint)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return Unreachable(
            "De server met de gedeelde bank is nu niet te bereiken.", "U kunt doorwerken; wat wacht, gaat later mee."
        )
    state = error.sqlstate or type(error).__name__
    return SharingError(f"De server met de gedeelde bank gaf een fout ({state}).", "Meld dit aan uw beheerder.")
