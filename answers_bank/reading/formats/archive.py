"""Zip files from outside: read by name, with a bound on what comes out."""

from __future__ import annotations

import io
import zipfile
import zlib

from embeddings.errors import InputError

LARGEST_MEMBER = 80_000_000
"""Bytes of one unpacked member; the XML of the longest documents stays far below it."""
MOST_MEMBERS = 20_000


class Archive:
    """A zip file in memory whose members are unpacked within a bound. Raises InputError."""

    def __init__(self, data: bytes, shown: str) -> None:
        self.shown = shown
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = self._zip.namelist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError, OverflowError):
            raise self._damaged() from None
        if len(self.names) > MOST_MEMBERS:
            raise InputError(f"{shown} bevat te veel onderdelen ({len(self.names)}).", "Bewaar het document opnieuw.")
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise InputError(
                f"{shown} is met een wachtwoord beveiligd.", "Bewaar het zonder wachtwoord en lees het opnieuw."
            )

    def read(self, name: str) -> bytes | None:
        """The member `name`, None where it is absent."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as member:
                data = member.read(LARGEST_MEMBER + 1)
        except RuntimeError:
            raise InputError(
                f"{self.shown} is met een wachtwoord beveiligd.", "Bewaar het zonder wachtwoord en lees het opnieuw."
            ) from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            ValueError,
            OverflowError,
            KeyError,
        ):
            raise self._damaged() from None
        if len(data) > LARGEST_MEMBER:
            raise InputError(
                f"{self.shown} wordt uitgepakt te groot (meer dan {LARGEST_MEMBER // 1_000_000} MB).",
                "Bewaar het document opnieuw.",
            )
        return data

    def _damaged(self) -> InputError:
        return InputError(
            f"{self.shown} is beschadigd: het kan niet worden uitgepakt.", "Vraag het bestand opnieuw op."
        )
