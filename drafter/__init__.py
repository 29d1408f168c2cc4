"""From new questions to a draft that can be defended: search, assembly, checks, reuse, export, command line.

What a script needs can be imported from here, and is loaded when it is used.
"""

from typing import TYPE_CHECKING

from embeddings.lazy import lazy_names

if TYPE_CHECKING:
    from drafter.assembly.assemble import assemble as assemble
    from drafter.checks import check_document as check_document
    from drafter.checks.finding import Context as Context
    from drafter.checks.finding import Finding as Finding
    from drafter.dossier.store import DossierStore as DossierStore
    from drafter.dossier.value import Dossier as Dossier
    from drafter.export import ExportOptions as ExportOptions
    from drafter.export import export_dossier as export_dossier
    from drafter.export import export_review as export_review
    from drafter.export.verify import verify_file as verify_file
    from drafter.reuse.reviewer import Reviewer as Reviewer
    from drafter.reuse.values import Review as Review
    from drafter.search.searcher import Searcher as Searcher
    from drafter.search.values import Mode as Mode
    from drafter.search.values import SearchQuery as SearchQuery
    from drafter.search.values import SearchResult as SearchResult
    from drafter.tasks.check import check_file as check_file
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "drafter.assembly.assemble": "assemble",
            "drafter.checks": "check_document",
            "drafter.checks.finding": "Context Finding",
            "drafter.dossier.store": "DossierStore",
            "drafter.dossier.value": "Dossier",
            "drafter.export": "ExportOptions export_dossier export_review",
            "drafter.export.verify": "verify_file",
            "drafter.reuse.reviewer": "Reviewer",
            "drafter.reuse.values": "Review",
            "drafter.search.searcher": "Searcher",
            "drafter.search.values": "Mode SearchQuery SearchResult",
            "drafter.tasks.check": "check_file",
        },
    )
