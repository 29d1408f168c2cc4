"""Questions that a line can answer, files, help, errors, all commands."""
