"""Reuse: which sentences come from the bank, what was changed in them, what is new."""
