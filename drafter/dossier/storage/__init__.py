"""A dossier on disk: its file, its lock, its steps and their parts."""
