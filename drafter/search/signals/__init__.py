"""What speaks for an earlier answer: its meaning, its letters, who gave it, how often it was used again."""
