"""Contradictions inside a document and with other documents (tegenspraak)."""
