"""Where a text denies: "niet", "geen", "onvoldoende", "zonder", "ziet af van"."""

from __future__ import annotations

import re

from answers_bank.dutch.overlap import overlaps

_DIRECT = re.compile(
    r"\b(?:niet|geen|geenszins|nooit|nimmer|niemand|nergens|niets|noch|evenmin|zonder|niet-\w+)\b",
    re.IGNORECASE,
)
# Verbs that deny what they govern. "Verboden" and "vrijwillig" deny a permission and a duty.
_IMPLIED = re.compile(
    r"\b(?:ontbreekt|ontbreken|ontbrak|ontbrak?en|onthoudt|onthoud|onthouden|(?:ziet|zie|zien)(?=(?:\s+\w+){0,5}?\s+af\b)|afgezien\s+van|af\s+te\s+zien"
    r"|weigert|weigeren|geweigerd|nalaat|nalaten|nagelaten|blijft\s+uit|uitgebleven|uitgesloten|verboden|verbiedt|verbieden|verbod|vrijwillige?|vrijblijvend"
    r"|te\s+vroeg\s+om|te\s+vroeg\s+voor|afgewezen|verworpen|gebrek\s+aan|bij\s+gebrek)\b",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    r"\b(?P<word>on(?P<rest>voldoende|mogelijk|mogelijke|bekend|bekende|duidelijk|duidelijke|veilig|veilige|wenselijk|wenselijke|juist|juiste|rechtmatig|rechtmatige"
    r"|verplicht|bevoegd|bevoegde|gewenst|gewenste|nodig|nodige|toereikend|toereikende|gelijk|gelijke|gegrond|gegronde|terecht|terechte|redelijk|redelijke|eens|gunstig"
    r"|gunstige|betrouwbaar|betrouwbare|volledig|volledige|haalbaar|haalbare|houdbaar|houdbare|toelaatbaar|toelaatbare|wettig|wettige|geldig|geldige|gewijzigd|gewijzigde"
    r"|veranderd|veranderde|beperkt|beperkte|afhankelijk|afhankelijke|gebruikelijk|gebruikelijke|effectief|uitvoerbaar|uitvoerbare|wenselijkheid|mogelijkheid|tevreden"
    r"|zorgvuldig|zorgvuldige|evenredig|evenredige|verantwoord|verantwoorde|toegankelijk|toegankelijke|zichtbaar|zichtbare|vermeld|beantwoord|bewezen|vergund))\b",
    re.IGNORECASE,
)
# Turns in which "niet" denies nothing.
_HARMLESS = re.compile(
    r"\b(?:niet\s+(?:alleen|enkel|slechts|uitsluitend)\b(?=[^.;]*\b(?:maar|ook)\b)|al\s+dan\s+niet|wel\s+of\s+niet|of\s+niet|niet\s+(?:eerder|later|meer|minder|anders|langer)\s+dan"
    r"|niet\s+zonder|zo\s+niet|voor\s+zover\s+niet|niet\s+in\s+de\s+laatste\s+plaats|zonder\s+meer|zonder\s+twijfel|zelfstandigen?\s+zonder\s+personeel|niet\s+te\s+vergeten|niets\s+aan\s+de\s+hand)\b",
    re.IGNORECASE,
)


def negations(text: str) -> list[tuple[int, int]]:
    """Spans of the words that deny, in order."""
    idle = [match.span() for match in _HARMLESS.finditer(text)]
    found = [
        match.span()
        for pattern in (_DIRECT, _IMPLIED, _PREFIXED)
        for match in pattern.finditer(text)
        if not overlaps(idle, *match.span())
    ]
    return sorted(found)
