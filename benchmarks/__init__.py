"""Speed and quality, one command each; each prints one JSON object."""
