"""docs/signalen.md, made from the rules: `python -m drafter.checks.rules_page > docs/signalen.md`."""

from __future__ import annotations

from drafter.checks.finding import Grade, Severity
from drafter.checks.rules import rules_of

_CHECKS = {
    "staleness": ("Verouderd", "Wat waar was toen het stuk werd geschreven, en nu misschien niet meer."),
    "citations": ("Vindplaatsen", "Kamerstukken, Aanhangsel, artikelen en titels."),
    "coverage": ("Dekking", "Of op alles wat is gevraagd ook is geantwoord."),
    "consistency": (
        "Tegenspraak",
        "Of het stuk zichzelf of een ander stuk tegenspreekt. Steeds “te controleren”: u beslist.",
    ),
}
_SEVERITIES = {Severity.WARNING: "waarschuwing", Severity.INFO: "informatie"}
_GRADES = {
    Grade.EXPIRED: "voorbij",
    Grade.UNCERTAIN: "onzeker",
    Grade.ADAPT: "altijd aanpassen bij hergebruik",
}

_HEAD = """# Signalen

Wat `kamerantwoord check`, een concept en de schermen kunnen zeggen over een tekst. Elk signaal heeft een kenmerk,
zoals `staleness/promise`, en een van twee niveaus. Een *waarschuwing* krijgt wat bij hergebruik een lezer verkeerd
inlicht of wat hij niet kan begrijpen: dat bekijkt u voordat de tekst de deur uit gaat. *Informatie* is een blik waard
en telt nergens mee: u ziet haar met `check --all` en `draft --all`, en in JSON (`severity`).

Het ergste staat bovenaan: geen antwoord en tegenspraak, dan wat zeker voorbij is of verkeerd verwijst, dan wat een
nieuwe lezer niet begrijpt, dan wat veranderd kan zijn. Staan dezelfde woorden er vaker, dan ziet u ze één keer, met al
hun plaatsen.

Tijd in een tekst telt vanaf de datum van het stuk; of iets voorbij is, hangt af van de peildatum (`--as-of`). Is
het stuk op de peildatum hoogstens twee weken oud, dan spreekt het over zijn eigen heden: dan is alleen een
waarschuwing wat zeker voorbij is.

Een verouderingssignaal heeft een van drie graden: *voorbij* (het moment of de termijn is verstreken), *onzeker*
(kan veranderd zijn) en *altijd aanpassen* (klopt in het oude stuk, maar nooit zomaar in een nieuw).

Bij elk signaal staat een verzonnen tekst waarbij het verschijnt en een waarbij het zwijgt. Waar niets anders staat,
is het stuk van 10 maart 2025 en de peildatum 1 juni 2026. Vinden twee signalen dezelfde woorden, dan blijft het
eerste van deze lijst over.

## Uitzetten

- Voor altijd: in `instellingen.yaml`, onder `signalen: uit: [staleness/link, citations/style]`. Een hele controle
  gaat uit met haar naam alleen.
- Voor één keer: `kamerantwoord check --off staleness/link BESTAND`.
- Op één passage van een concept: markeer het signaal als “bewust zo”; dat blijft in het dossier staan.

"""

_TAIL = """## Een eigen model voor tegenspraak

De signalen over tegenspraak werken met regels. Misschien hebt u een taalmodel dat paren van zinnen beoordeelt: een
cross-encoder voor inferentie, met de labels “contradiction” en “entailment”. Zet dan de map in `instellingen.yaml`
onder `signalen: tegenspraakmodel:`. Het model wordt alleen uit die map gelezen. Het bepaalt hoe luid een signaal is,
nooit of het er is. Getallen, datums en termijnen legt het programma er niet aan voor. Er wordt geen model meegeleverd.

`kamerantwoord check --meaning` zoekt ook op betekenis naar zinnen die elkaar tegen kunnen spreken. Dat duurt enkele
seconden langer.

## Vaste termen

Een lijst met termen en hoe u ze schrijft, is een bestand dat u in `instellingen.yaml` noemt onder `signalen: termen:`
(op het scherm: F9, Vaste termen). Yaml heeft op elke regel `term: schrijf zo`, csv twee kolommen (met `;` of `,`):

```
molen eigenaren: moleneigenaren
kids: kinderen
Internet: internet
```

`check --all` en de schermen (**i** toont wat ter informatie is) noemen elke plaats, met wat u kunt schrijven;
**h** neemt dat over. Alleen eigen tekst wordt bekeken, ook wat in een overgenomen alinea is bijgeschreven. Een term die
alleen in hoofdletters verschilt, wordt precies zo gezocht; andere met en zonder hoofdletter.

## Registers

Wat de bank niet kan weten, staat in registers met datums en een bron: namen van ministeries, kabinetten,
bewindspersonen en terugkerende publicaties. Zet eigen registers in een map en noem die in `instellingen.yaml` onder
`signalen: registers:`. Uw ingangen van een naam vervangen al die van ons met die naam. Een onbekende sleutel of een
ontbrekende bron wordt geweigerd, met de plaats erbij.

| bestand | verplicht | mag |
|---|---|---|
| `ministeries.yaml` | `name`, `short`, `from`, `source` | `until`, `next` (lijst van opvolgers) |
| `kabinetten.yaml` | `name`, `from`, `source` | `until` (zonder: tot het volgende begint) |
| `bewindspersonen.yaml` | `name`, `office`, `portfolio`, `from`, `source` | `until`, `surname` |
| `publicaties.yaml` | `name`, `every` (maanden ertussen), `source` | `also` (namen), `months`, `editions` (dagen) |

In alle vier mogen ook `read` (wat de bron zegt), `note` en `known` (laatste dag waarover de ingang iets weet) staan.

Onze lijsten van kabinetten en bewindspersonen zijn nagezien tot en met 25 september 2026; over stukken van daarna
zeggen zij niets. Zet een nieuw kabinet in uw eigen `kabinetten.yaml`, een nieuwe bewindspersoon in
`bewindspersonen.yaml`.

Wie er nu tekent voor een portefeuille, welke uitgave de nieuwste is, of een toezegging is ingelost en of een onderwerp
naar een ander is verhuisd, leert het programma uit uw bank. Spreken bank en register elkaar tegen, dan wint de bank.
"""


def page() -> str:
    """The page in Markdown."""
    parts = [_HEAD]
    for check, (title, about) in _CHECKS.items():
        parts.append(f"## {title}\n\n{about}\n\n")
        for rule in rules_of(check):
            grade = f", {_GRADES[rule.grade]}" if rule.grade else ""
            parts.append(f"### `{rule.id}` – {rule.title}\n\n*{_SEVERITIES[rule.severity]}{grade}*\n\n{rule.help}\n\n")
            parts.append(f"- Wel: {rule.speaks[0].shown}\n- Niet: {rule.silent[0].shown}\n\n")
    parts.append(_TAIL)
    return "".join(parts)


if __name__ == "__main__":
    print(page(), end="")
