"""Contradictions inside a document and with other documents (tegenspraak).

Layers, each in its own module: sentences that are nearly those of another document; the state of one matter over time;
sources elsewhere; what a document says of itself; names in two spellings. Nothing is decided: every finding shows both
sentences with their dates and is "te controleren".
"""

from __future__ import annotations

from drafter.checks.bank_lookup import BankLookup
from drafter.checks.case import Case
from drafter.checks.consistency.fixed_terms import fixed_terms
from drafter.checks.consistency.name_variants import name_findings
from drafter.checks.consistency.named_items import key_findings
from drafter.checks.consistency.near_duplicates import near_findings
from drafter.checks.consistency.newer_sources import paper_findings, source_findings
from drafter.checks.consistency.sentence_similarity import Kin
from drafter.checks.consistency.similar_sentences import SimilarSentences
from drafter.checks.consistency.timeline import matter_findings, promised_findings
from drafter.checks.consistency.weighing import grouped, judged
from drafter.checks.consistency.within_document import between_answers, own_date, question_figures, sums
from drafter.checks.finding import Finding


def consistency(case: Case) -> list[Finding]:
    """The findings of the check, in the order of the text."""
    found = [] if case.bank is None else _with_bank(case, case.bank)
    found += [*sums(case.text), *own_date(case.text), *question_figures(case.text), *between_answers(case.text)]
    if case.document is not None:
        found += name_findings(case.text.units, case.bank)
    return [*judged(grouped(found), case.context.inference), *fixed_terms(case)]


def _with_bank(case: Case, bank: BankLookup) -> list[Finding]:
    said, kin = case.text.answering, Kin.of(bank.bank)
    similar = SimilarSentences(bank)
    if case.context.encoder is not None:
        sentences = [unit.text[start:end] for unit in said for start, end in unit.sentences]
        similar.by_meaning(sentences, case.context.encoder, kin)
    found = near_findings(said, similar, kin, bank.date)
    found += matter_findings(said, bank, kin)
    found += promised_findings(said, bank)
    found += paper_findings(case.text.units, bank)
    found += source_findings(case, bank, kin)
    found += key_findings(said, bank, kin, before=found)
    return found
