"""Caches beside the bank that are searched: words, repeated text, standard passages, meaning."""
