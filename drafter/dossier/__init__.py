"""Dossiers: a set of questions with the answers in progress, kept at each change."""
