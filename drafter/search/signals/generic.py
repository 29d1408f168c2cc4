"""What all questions have in common, for a bank that holds answers alone."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

import numpy as np

from embeddings.encoder import Vectors
from embeddings.files import write_whole
from embeddings.sums import sealed, unsealed

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from embeddings.encoder import Encoder

QUESTIONS = (
    "Bent u bekend met het bericht over dit onderwerp?",
    "Klopt het dat de regels op dit punt niet worden nageleefd?",
    "Hoe beoordeelt u deze ontwikkeling?",
    "Welke maatregelen neemt u om dit te voorkomen?",
    "Kunt u een overzicht geven van de aantallen per jaar over de afgelopen vijf jaar?",
    "Deelt u de mening dat dit onwenselijk is? Zo nee, waarom niet?",
    "Bent u bereid hierover in gesprek te gaan met gemeenten en andere betrokkenen?",
    "Wat zijn de kosten hiervan en wie betaalt die?",
    "Wanneer wordt de Kamer geïnformeerd over de uitkomsten van het onderzoek?",
    "Kunt u deze vragen afzonderlijk beantwoorden?",
    "Hoeveel meldingen en klachten zijn er binnengekomen, uitgesplitst naar regio?",
    "Wat is de stand van zaken van het wetsvoorstel?",
    "Hoe verhoudt dit zich tot Europese regelgeving?",
    "Welke gevolgen heeft dit voor ouderen en mensen met een beperking?",
    "Waarom is er gekozen voor deze aanpak en welke alternatieven zijn overwogen?",
    "Hoe wordt toezicht gehouden op de uitvoering en welke sancties zijn mogelijk?",
    "Wat is uw reactie op de zorgen van de vakbonden en werkgevers?",
    "Welke rol hebben provincies en waterschappen bij de vergunningverlening?",
    "Hoe lang zijn de wachttijden in de zorg en wat doet u om die te verkorten?",
    "Kunt u toelichten hoe de veiligheid op het spoor en op de weg wordt gewaarborgd?",
    "Hoeveel agenten zijn beschikbaar en hoe is de capaciteit van de politie verdeeld?",
    "Welke steun krijgen boeren en natuurbeheerders bij de overgang?",
    "Wat betekent dit voor leerlingen, studenten en leraren?",
    "Hoe wordt de privacy van burgers beschermd bij het verwerken van hun gegevens?",
    "Op welke wijze worden slachtoffers ondersteund?",
    "Welke afspraken zijn er met andere landen gemaakt over asiel en terugkeer?",
    "Hoe beoordeelt u de gevolgen voor het klimaat, de natuur en de luchtkwaliteit?",
    "Wat doet u tegen fraude met belastingen en toeslagen?",
    "Hoe staat het met de woningbouw en de huurprijzen?",
    "Welke gevolgen heeft de stijging van de energieprijzen voor huishoudens en bedrijven?",
    "Hoe wordt de Nederlandse defensie ingezet en welke risico's zijn er?",
    "Is er contact geweest met het bedrijf, en zo ja, wat was daarvan de uitkomst?",
    "Hoe worden kinderen online beschermd tegen schadelijke inhoud?",
    "Welke subsidies zijn verstrekt en aan welke organisaties?",
    "Kunt u aangeven hoe vaak dit middel de afgelopen jaren is ingezet?",
    "Wat is het beleid bij benoemingen en integriteit van ambtenaren?",
    "Zijn er signalen dat de kwaliteit van het drinkwater achteruitgaat?",
    "Hoe verloopt de samenwerking tussen de inspecties en het openbaar ministerie?",
    "Bent u bereid de regeling aan te passen? Zo ja, op welke termijn?",
    "Wanneer is de evaluatie van de wet gereed?",
)
"""Questions on anything, as members put them."""


def generic_vector(bank: Bank, encoder: Encoder) -> Vectors:
    """The average vector of `QUESTIONS`; kept beside the bank, since encoding them takes a second."""
    identity = encoder.identity
    digest = hashlib.sha256("\n".join([identity.name, identity.source, *QUESTIONS]).encode()).hexdigest()[:16]
    path = bank.cache_folder / f"questions-{digest}.txt" if bank.cache_folder else None
    if path is not None:
        with contextlib.suppress(OSError, ValueError):
            kept = np.frombuffer(bytes.fromhex(unsealed(path.read_bytes())), "<f4")
            if kept.shape == (identity.dimension,):
                return np.asarray(kept, dtype=np.float32)
    vector = encoder.encode_queries(QUESTIONS).mean(axis=0).astype(np.float32)
    if path is not None:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, sealed(vector.astype("<f4").tobytes().hex()))
    return np.asarray(vector, dtype=np.float32)
