"""From a set of questions and a bank to a draft, see docs/concept.md."""

from drafter.assembly.assemble import assemble

__all__ = ["assemble"]
