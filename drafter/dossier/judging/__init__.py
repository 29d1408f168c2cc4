"""What readers of a draft say and decide: remarks as threads, changes that came back, each to be accepted or undone."""
