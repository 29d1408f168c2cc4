"""The start: drafts in progress, and question sets that wait."""
