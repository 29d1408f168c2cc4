"""Filling the bank: files in, taken up, encoded."""
