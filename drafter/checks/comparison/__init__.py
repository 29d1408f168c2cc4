"""Typed changes between two sentences: what each says (numbers, dates, names, duties …), in a form that compares."""
