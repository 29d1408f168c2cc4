"""Footnotes: marks and bodies, told apart, bound to each other and taken out of the text."""
