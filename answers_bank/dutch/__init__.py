"""The Dutch language, once for the whole program: sentences, words, numbers, names, citations, time."""
