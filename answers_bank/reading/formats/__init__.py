"""One file a format: bytes to the extracted text and its blocks."""

DOCUMENT_SUFFIXES = ("xml", "html", "htm", "docx", "odt", "doc", "rtf", "txt", "pdf")
"""Endings of files that are documents, from the form that tells most of one publication to the one that tells least."""

LARGEST = 100_000_000
"""Bytes of a file; no set of answers comes near it."""
