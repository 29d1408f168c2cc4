"""Web pages, also those that a word processor wrote."""
