"""Words of the screens for kinds of documents, and for their details."""

from __future__ import annotations

from answers_bank.documents import Detail, Kind

KINDS = {
    Kind.ANSWER: "antwoord",
    Kind.QUESTIONS: "vragen",
    Kind.DEFERRAL: "uitstelbericht",
    Kind.LETTER: "brief",
    Kind.ORAL: "mondeling antwoord",
    Kind.OTHER: "stuk",
}

DETAIL_WORDS = {
    Detail.DATE: "datum",
    Detail.TITLE: "onderwerp",
    Detail.SIGNER: "ondertekenaar",
    Detail.PORTFOLIO: "portefeuille",
    Detail.KIND: "soort",
}
"""The details that can be corrected, as a user reads them."""
