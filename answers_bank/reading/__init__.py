"""Reading documents: bytes of any format to a `Document`."""

from answers_bank.reading.reader import read_bytes, read_file

__all__ = ["read_bytes", "read_file"]
