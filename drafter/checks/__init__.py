"""Checks on a text: one file a check, one interface."""
