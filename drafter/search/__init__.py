"""Finding what was said before: by meaning and by word, fused, with the reason for each result."""
