"""The address of a shared bank: what may stand in it, and how safe the way there must be.

Over a network the connection is encrypted and the server proves its name (`sslmode=verify-full`); on this machine
itself that is not asked. A password never stands in an address: libpq finds it in pgpass or in a service file.
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answers_bank.sharing.errors import SharingError

_SECRET = ("password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret")
_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Address:
    """Where a shared bank is."""

    text: str
    """As the user wrote it."""

    parameters: dict[str, Any]
    """For libpq."""

    local: bool
    """Whether every host that it names is this machine itself."""

    @property
    def shown(self) -> str:
        """For people: host and database."""
        if "service" in self.parameters:
            return f"dienst {self.parameters['service']}"
        return f"{self.parameters.get('host') or 'deze machine'}/{self.parameters.get('dbname', '')}"


def parse(text: str) -> Address:
    """The address that a user wrote: "postgresql://naam@server/database", or "service=naam".

    Raises:
        SharingError: it cannot be read, holds a password, or asks for a way that is not safe.
    """
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        found: dict[str, Any] = conninfo_to_dict(text.strip())
    except psycopg.Error:
        raise SharingError(
            "Dit is geen adres van een gedeelde bank.", "Schrijf het zo: postgresql://naam@server/database"
        ) from None  # the reason repeats what was typed
    if any(name in found for name in _SECRET):
        raise SharingError(
            "In het adres staat een wachtwoord. Er is niets bewaard.",
            "Laat het weg: zet het in pgpass, of typ het als erom wordt gevraagd. Wat u typte kan in de geschiedenis "
            "van uw terminal staan: kies een nieuw wachtwoord.",
        )
    hosts = str(found.get("hostaddr") or found.get("host") or "").split(",")
    local = "service" not in found and all(is_local(host) for host in hosts)
    if local and os.environ.get("PGHOSTADDR", "") and not is_local(os.environ["PGHOSTADDR"]):
        raise SharingError("De omgevingsvariabele PGHOSTADDR leidt naar een andere machine.", "Haal haar weg.")
    if not local:
        if found.get("sslmode", "verify-full") != "verify-full":
            raise SharingError(
                f"sslmode={found['sslmode']} is over een netwerk niet veilig genoeg.",
                "Laat het weg: het programma vraagt altijd verify-full.",
            )
        found["sslmode"] = "verify-full"
        if "sslrootcert" not in found and not (Path.home() / ".postgresql" / "root.crt").is_file():
            found["sslrootcert"] = "system"
    found.setdefault("connect_timeout", _SECONDS)
    return Address(text.strip(), found, local)


def is_local(host: str) -> bool:
    """Whether a host, as libpq takes it, is this machine itself."""
    if host in ("", "localhost") or host.startswith(("/", "@")):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
