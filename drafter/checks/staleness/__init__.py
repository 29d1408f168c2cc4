"""What in a text may no longer be true (verouderde feiten)."""
