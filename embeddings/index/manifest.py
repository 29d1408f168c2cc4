"""What the files of an index hold, in a file that is replaced last: what it does not name does not exist."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from embeddings.encoder import ModelIdentity
from embeddings.files import write_whole
from embeddings.sums import Sum, sealed, unsealed

MANIFEST_NAME = "manifest.json"
_FORMAT = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the files hold."""

    model: ModelIdentity
    owner: str
    """Whose vectors they are: an index of another owner counts as absent."""

    stamp: str = ""
    """Part of the files' names; a new one when rows are rewritten."""

    rows: int = 0
    labels: int = 0
    """Integers beside each row."""

    removed: str = ""
    """Name of the file of rows that do not count; empty when all count."""

    index: str = ""
    """Name of the FAISS file; empty while all rows are compared."""

    indexed: int = 0
    """Rows that the FAISS file holds; later ones are compared one by one."""

    visited: int = 0
    """Lists of the inverted file that are visited, as measured."""

    sums: dict[str, Sum] = field(default_factory=dict)
    """Of each file, by its name: what of it counts, and the checksum of that."""

    details: dict[str, Any] = field(default_factory=dict)
    """What the owner wants to remember; JSON values."""

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest in `folder`.

        Raises:
            OSError, ValueError, KeyError, TypeError, AttributeError: it is absent, damaged or of another format.
        """
        data = json.loads(unsealed((folder / MANIFEST_NAME).read_bytes()))
        if data.pop("format") != _FORMAT:
            raise ValueError("another format")
        sums = {name: (size, crc) for name, (size, crc) in data.pop("sums").items()}
        return cls(model=ModelIdentity(**data.pop("model")), sums=sums, **data)

    def write(self, folder: Path) -> None:
        """Put it in `folder`, on disk."""
        data = {"format": _FORMAT, **asdict(self)}
        write_whole(folder / MANIFEST_NAME, sealed(json.dumps(data, indent=1)))
