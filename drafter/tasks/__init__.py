"""The use cases, one module each, shared by the command line and the screens."""
