"""Who, when, which number, about what: what a document says of itself."""
