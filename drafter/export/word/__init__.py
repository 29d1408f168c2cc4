"""Word documents: written, and read back after they were edited."""
