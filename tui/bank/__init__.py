"""The bank on screen."""
