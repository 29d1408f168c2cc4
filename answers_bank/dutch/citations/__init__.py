"""Official references in Dutch prose: papers of the Chambers, identifiers, gazettes, case law, acts and articles."""
