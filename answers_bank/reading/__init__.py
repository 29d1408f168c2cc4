"""Reading documents: bytes of any format to a `Document`.

The reader is imported when it is used: filling, which has others read for it, needs a few of its modules only.
"""

from typing import TYPE_CHECKING

from embeddings.lazy import lazy_names

if TYPE_CHECKING:
    from answers_bank.reading.reader import read_bytes as read_bytes
    from answers_bank.reading.reader import read_file as read_file
else:
    __getattr__ = lazy_names(__name__, {"answers_bank.reading.reader": "read_bytes read_file"})
