"""Contradictions inside a document and with other documents (tegenspraak).

Four layers, each in its own module: sentences that are nearly those of another document; the state of one matter over
time; what a document says of itself (sums, question against answer); names and terms in two spellings. Nothing is
decided: every finding shows both sentences with their dates and is "te controleren".
"""

from __future__ import annotations

from collections.abc import Iterable

from drafter.checks.consistency.candidates import Candidates
from drafter.checks.consistency.claims import article_findings
from drafter.checks.consistency.figures_inside import inside_findings
from drafter.checks.consistency.grouping import grouped
from drafter.checks.consistency.inference import judged
from drafter.checks.consistency.name_variants import name_findings
from drafter.checks.consistency.named_items import key_findings
from drafter.checks.consistency.near_duplicates import near_findings
from drafter.checks.consistency.newer_sources import carried, source_findings
from drafter.checks.consistency.papers import paper_findings
from drafter.checks.consistency.promised_letters import promised_findings
from drafter.checks.consistency.sentence_similarity import Kin
from drafter.checks.consistency.within_document import within_findings
from drafter.checks.consistency.work_status import matter_findings
from drafter.checks.finding import Context, Finding, Subject
from drafter.checks.staleness.check import own_documents
from drafter.checks.text import Zone, units_of


class Consistency:
    """The consistency check."""

    name = "consistency"

    def run(self, subject: Subject, context: Context) -> Iterable[Finding]:
        """Findings in the order of the text."""
        units = units_of(subject)
        said = [unit for unit in units if unit.zone in (Zone.ANSWER, Zone.SECTION)]
        own = own_documents(subject, context)
        found: list[Finding] = []
        if context.bank is not None:
            kin = Kin.of(context.bank)
            candidates = Candidates(context.bank, own)
            if context.encoder is not None:
                sentences = [unit.text[start:end] for unit in said for start, end in unit.sentences]
                candidates.by_meaning(sentences, context.encoder, kin)
            found += near_findings(said, candidates, kin, subject.date)
            found += matter_findings(said, context.bank, own, subject.date, kin)
            found += promised_findings(said, context.bank, own, subject.date)
            found += paper_findings(units, context.bank, own, subject.date)
            found += source_findings(units, subject.document, context.bank, subject.date, kin, own)
            found += key_findings(said, context.bank, own, subject.date, kin, before=found)
        found += inside_findings(units, subject.date)
        found += within_findings(said)
        if subject.document is not None:
            found += article_findings(units, carried(subject.document))
            found += name_findings(units, context.bank, own)
        return judged(grouped(found), context.inference)
