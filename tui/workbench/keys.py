"""The keys of the workbench, in the order of the last line. What each does is where `screen` says."""

from __future__ import annotations

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding("K", "choose_text", "kiezen", tooltip="kiezen tussen uw tekst en die van een ander"),
    Binding("e", "edit", "bewerken", tooltip="alinea bewerken", show=False),
    Binding("t", "write", "eigen tekst", tooltip="eigen alinea schrijven"),
    Binding("s", "next_finding(1)", "signaal", tooltip="naar het volgende signaal"),
    Binding("S", "next_finding(-1)", "vorig signaal", tooltip="naar het vorige signaal", show=False),
    Binding("h", "rewrite", "herschrijf", tooltip="voorstel bij het signaal overnemen", show=False),
    Binding("b", "intended", "bewust zo", tooltip="signaal: bewust zo", show=False),
    Binding(
        "B", "intended_everywhere", "overal bewust zo", tooltip="signaal: bewust zo in het hele dossier", show=False
    ),
    Binding("l", "next_finding(1)", "later", tooltip="signaal laten staan, naar het volgende", show=False),
    Binding("i", "toggle_info", "info", tooltip="ook signalen ter informatie, of alleen waarschuwingen", show=False),
    Binding("d", "difference", "verschil", tooltip="verschil met de bron tonen of verbergen"),
    Binding("o", "source", "bron", tooltip="de bron van de alinea helemaal lezen"),
    Binding("v", "replace", "vervang", tooltip="alinea vervangen door wat rechts gekozen is", show=False),
    Binding("delete,x", "remove", "weg", tooltip="alinea weghalen", show=False),
    Binding("alt+up,shift+up", "move(-1)", "omhoog", tooltip="alinea omhoog", show=False),
    Binding("alt+down,shift+down", "move(1)", "omlaag", tooltip="alinea omlaag", show=False),
    Binding("m", "merge", "samenvoegen", tooltip="alinea samenvoegen met de volgende", show=False),
    Binding("ctrl+k", "split", "splitsen", tooltip="alinea splitsen", show=False),
    Binding("M", "move_to", "naar vraag…", tooltip="alinea naar een andere vraag", show=False),
    Binding("k", "done", "klaar", tooltip="antwoord klaar, of toch niet"),
    Binding("n", "question(1)", "volgende", tooltip="volgende vraag", show=False),
    Binding("p", "question(-1)", "vorige", tooltip="vorige vraag", show=False),
    Binding("g", "go_to", "ga naar…", tooltip="ga naar vraag…", show=False),
    Binding("c", "combine", "samen", tooltip="vragen samen beantwoorden", show=False),
    Binding("C", "separate", "apart", tooltip="vragen weer apart beantwoorden", show=False),
    Binding("z,ctrl+z", "undo", "ongedaan", tooltip="laatste wijziging ongedaan maken"),
    Binding("Z,ctrl+y", "redo", "opnieuw", tooltip="ongedaan gemaakte wijziging opnieuw doen", show=False),
    Binding("slash", "search", "zoeken", tooltip="opnieuw zoeken met andere woorden"),
    *(
        Binding(
            f"{number},alt+{number}",
            f"match({number})",
            f"invoegen {number}",
            tooltip=f"resultaat {number} invoegen; onder het typen Alt {number}",
            show=False,
        )
        for number in range(1, 10)
    ),
    Binding("plus", "near", "mogelijk bruikbaar", tooltip="wat mogelijk bruikbaar is invoegen", show=False),
    Binding("E", "tab('eerder')", "eerder", tooltip="tab Eerder", show=False),
    Binding("P", "tab('standaard')", "standaard", tooltip="tab Standaard (passages)", show=False),
    Binding("W", "tab('signalen')", "signalen", tooltip="tab Signalen (waarschuwingen)", show=False),
    Binding("D", "tab('deelvragen')", "deelvragen", tooltip="tab Deelvragen", show=False),
    Binding("N", "tab('notities')", "notities", tooltip="tab Notities", show=False),
    Binding("right_square_bracket", "next_tab(1)", "volgende tab", show=False),
    Binding("left_square_bracket", "next_tab(-1)", "vorige tab", show=False),
    Binding("ctrl+r", "check", "controleren", tooltip="alles opnieuw controleren", show=False),
    Binding("ctrl+d", "draft_again", "opstellen", tooltip="lege antwoorden laten opstellen", show=False),
    Binding("f5", "consistency", "samenhang", tooltip="samenhang met de bank en binnen het concept", show=False),
    Binding("f7", "review", "beoordelen", show=False),
    Binding("V", "ready", "verzenden?", tooltip="klaar om te verzenden? wat nog te doen is"),
    Binding("ctrl+e", "export", "Word", tooltip="naar Word, Markdown of JSON schrijven"),
    Binding("ctrl+o", "word_edits", "uit Word", tooltip="een bewerkt Word-bestand teruglezen", show=False),
    Binding("w", "word_changes", "wat uit Word kwam", tooltip="wat uit Word kwam, alinea voor alinea", show=False),
    Binding("f6", "verify", "citaten nagaan", tooltip="elk citaat letterlijk in de bank nagaan", show=False),
    Binding("u", "deferred", "uitstel", tooltip="uitstel gemeld, of toch niet", show=False),
    Binding("G", "history", "geschiedenis", tooltip="wie wijzigde dit antwoord, en terug naar toen", show=False),
    Binding("T", "people", "samen", tooltip="het dossier delen, en mensen toewijzen", show=False),
    Binding("tab", "pane(1)", "volgend vak", show=False),
    Binding("shift+tab", "pane(-1)", "vorig vak", show=False),
    Binding("f8", "zoom", "groot", tooltip="dit vak over het hele scherm, of weer naast de andere"),
    Binding("alt+right,greater_than_sign", "wider(2)", "breder", tooltip="dit vak breder", show=False),
    Binding("alt+left,less_than_sign", "wider(-2)", "smaller", tooltip="dit vak smaller", show=False),
    Binding("escape", "back", "terug", show=False),
]

CHANGING = frozenset(
    "near match edit write rewrite intended intended_everywhere replace remove move merge split move_to done combine "
    "separate undo redo draft_again deferred check word_edits".split()
)
"""Actions that change the dossier, and so are off when it is open read-only."""

TOGETHER = frozenset(("choose_text", "history", "people"))
"""Actions that are there only where the bank follows a shared one."""
