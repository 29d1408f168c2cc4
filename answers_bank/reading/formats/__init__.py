"""One file a format: bytes to the extracted text and its blocks."""
