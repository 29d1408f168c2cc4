"""Contradictions on screen."""
