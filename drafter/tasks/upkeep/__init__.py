"""The use cases that keep a bank well."""
