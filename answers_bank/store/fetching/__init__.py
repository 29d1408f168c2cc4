"""What was fetched from the official sources, and how far each list was read."""
