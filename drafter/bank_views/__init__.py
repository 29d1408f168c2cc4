"""What the bank shows to its user: documents to read, passages over time, who signed, what has gone stale."""
