"""What was answered before: reading documents, keeping them, finding them back.

What a script needs can be imported from here, and is loaded when it is used.
"""

from typing import TYPE_CHECKING

from embeddings.lazy import lazy_names

if TYPE_CHECKING:
    from answers_bank.documents import Document as Document
    from answers_bank.documents import Kind as Kind
    from answers_bank.filling.filling import ingest as ingest
    from answers_bank.reading.reader import read_bytes as read_bytes
    from answers_bank.reading.reader import read_file as read_file
    from answers_bank.store.bank import Bank as Bank
    from answers_bank.store.stored import Filters as Filters
    from answers_bank.store.stored import StoredPassage as StoredPassage
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "answers_bank.documents": "Document Kind",
            "answers_bank.filling.filling": "ingest",
            "answers_bank.reading.reader": "read_bytes read_file",
            "answers_bank.store.bank": "Bank",
            "answers_bank.store.stored": "Filters StoredPassage",
        },
    )
