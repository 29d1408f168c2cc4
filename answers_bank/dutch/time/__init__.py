"""Dutch administrative time: its grammar, what it resolves to, and the parliamentary calendar."""
