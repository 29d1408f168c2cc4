"""Parsing XML and HTML from outside: no network, no entities, no huge trees."""

from __future__ import annotations

from typing import Any

from embeddings.errors import InputError


def parse_xml(data: bytes, shown: str, part: str = "") -> Any:
    """The root element of `data`; raises InputError where it is no well-formed XML."""
    from lxml import etree

    if b"<!ENTITY" in data[:200_000]:
        raise InputError(
            f"{shown} bevat XML-entiteiten en wordt om veiligheid niet gelezen.", "Vraag een gewone versie op."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        where = f" ({part})" if part else ""
        raise InputError(f"{shown} is beschadigd: de XML{where} klopt niet.", "Vraag het bestand opnieuw op.") from None
    if root is None:
        raise InputError(f"{shown} is leeg.", "Kijk of het juiste bestand is gekozen.")
    return root


def local(element: Any) -> str:
    """The element's name without its namespace; empty for a comment or instruction."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
