"""The use cases of a shared bank."""
