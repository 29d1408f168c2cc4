"""The published JSON: drafts, reviews and verifications."""
