"""From new questions to a draft that can be defended: search, assembly, checks, reuse, export, command line."""
