"""From a set of questions and a bank to a draft, see docs/concept.md."""
