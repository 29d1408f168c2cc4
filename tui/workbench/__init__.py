"""The workbench: questions, the answer being written, and what may be put in it."""
