"""Where documents come from besides files: official sources, an existing register."""
