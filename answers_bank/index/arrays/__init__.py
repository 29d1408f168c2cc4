"""Caches of numpy arrays on disk: written in segments, made one by a merge in bounded memory."""
