"""Reviewing: a text with the source of each sentence beside it."""
