"""Everything that speaks SQL: the bank, which is the truth that all caches follow."""
