"""Drafts and reviews as one self-contained page."""
