"""How well search finds, beside BM25, TF-IDF and LSA from their own libraries, on a register (JSONL).

    python -m benchmarks.quality register.jsonl [--limit 300] [--words] [--model NAME] [--vectors BANK]

Two tasks: a question to its own answer, the bank holding answers alone; and a question to the earlier answers that
were in fact repeated. All in one run on the same texts; `ratio` is MRR@10 against bm25s. Then the errors of "no source"
in banks of several sizes drawn from the register. Each text is encoded once; with a bank that was filled from the same
register none of the answers is, and a run takes some minutes.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from answers_bank.dutch.words import terms
from answers_bank.index.meaning import MeaningIndex
from answers_bank.store.bank import Bank
from benchmarks.no_source import bank_of, errors
from benchmarks.remembering import Remembering, raw_cosines
from benchmarks.retrieval import Record, Task, first_right, measures, own_answers, plain_words, records, reused
from drafter.search.searcher import Searcher
from drafter.search.values import Mode, SearchQuery
from embeddings.encoder import Encoder

DEPTH = 50
Ranker = Callable[[Task], Sequence[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path)
    parser.add_argument("--limit", type=int, default=300, help="queries of each task at most")
    parser.add_argument("--words", action="store_true", help="leave out what needs a language model")
    parser.add_argument("--model", default=None, help="another model, by folder or name")
    parser.add_argument("--vectors", type=Path, default=None, help="a bank filled from this register, for its vectors")
    options = parser.parse_args()
    rows = records(options.register)
    encoder: Remembering | None = None
    if not options.words:
        from embeddings.models import load_encoder

        with Bank.open(options.vectors, read_only=True) if options.vectors else nullcontext(None) as filled:
            encoder = Remembering(load_encoder(options.model), filled)
    answers = [{**row, "question": None, "title": None} for row in rows]
    tasks = own_answers(rows, options.limit)
    report = {
        "records": len(rows),
        "question to own answer": _task(answers, tasks, encoder),
        "what was repeated": _task(rows, reused(rows, options.limit), encoder),
        "no source": errors(answers, tasks, encoder),
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))


def _task(rows: Sequence[Record], tasks: Sequence[Task], encoder: Encoder | None) -> dict[str, object]:
    results: dict[str, dict[str, float]] = {}
    for label, ranker in _baselines(rows, min((task.before for task in tasks if task.before), default=None)):
        results[label] = measures([first_right(ranker(task), task.wanted) for task in tasks])
    with bank_of(rows, encoder) as bank:
        searcher = Searcher(bank, encoder)
        if encoder is not None:
            ranker = _model_alone(bank, encoder)
            results["the model alone, best piece"] = measures([first_right(ranker(t), t.wanted) for t in tasks])
        for mode in Mode if encoder else (Mode.WORDS,):
            queries = [
                SearchQuery(
                    task.text,
                    20,
                    mode,
                    datetime.date.fromisoformat(task.before) if task.before else None,
                    task.portfolio,
                )
                for task in tasks
            ]
            found = [[result.document for result in results_] for results_ in searcher.search_many(queries)]
            ranks = [first_right(names, task.wanted) for names, task in zip(found, tasks, strict=True)]
            results[f"kamerantwoord, {mode.value}"] = measures(ranks)
    base = results["BM25 (bm25s)"]["mrr@10"]
    return {name: {**values, "ratio": round(values["mrr@10"] / max(base, 1e-9), 3)} for name, values in results.items()}


def _model_alone(bank: Bank, encoder: Encoder) -> Ranker:
    """By the highest cosine of any piece of a document, as the model gives it."""
    index = MeaningIndex.open(bank)
    assert index is not None
    documents = {summary.key: summary for summary in bank.documents()}
    keys = np.array(sorted(documents))
    owners = np.searchsorted(keys, index.documents)
    vectors = index.vectors()
    days = np.array([str(documents[key].date or "") for key in keys.tolist()])

    def ranked(task: Task) -> list[str]:
        scores = raw_cosines(vectors, owners, encoder.encode_queries([task.text])[0], len(keys))
        if task.before:
            scores = np.where(days < task.before, scores, -np.inf)
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return [documents[int(keys[n])].id for n in best if np.isfinite(scores[n])]

    return ranked


def _baselines(rows: Sequence[Record], until: str | None) -> Iterator[tuple[str, Ranker]]:
    """The baselines. What TF-IDF and LSA learn, they learn from what is dated before `until`: LSA that has seen the
    answer to a question knows which words go with it."""
    import bm25s
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    names = [row["id"] for row in rows]
    dates = np.array([row["date"] for row in rows])
    texts = [" ".join(filter(None, (row.get("title"), row.get("question"), row["answer"]))) for row in rows]

    def ranked(scores: np.ndarray, task: Task) -> list[str]:
        if task.before:
            scores = np.where(dates < task.before, scores, -np.inf)
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return [names[n] for n in best if np.isfinite(scores[n])]

    for label, split in (("BM25 (bm25s)", plain_words), ("BM25 with Dutch stems (bm25s)", terms)):
        index = bm25s.BM25()
        index.index([split(text) for text in texts], show_progress=False)
        yield label, lambda task, index=index, split=split: ranked(index.get_scores(split(task.text)), task)  # type: ignore[misc]
    vectorizer = TfidfVectorizer(analyzer=plain_words, sublinear_tf=True, min_df=2)
    earlier = [text for text, row in zip(texts, rows, strict=True) if until is None or row["date"] < until]
    learnt = vectorizer.fit_transform(earlier)
    matrix = vectorizer.transform(texts)
    yield (
        "TF-IDF (scikit-learn)",
        lambda task: ranked((matrix @ vectorizer.transform([task.text]).T).toarray()[:, 0], task),
    )
    svd = TruncatedSVD(min(300, min(learnt.shape) - 1), random_state=0).fit(learnt)
    reduced = normalize(svd.transform(matrix))
    yield (
        "LSA 300 (scikit-learn)",
        lambda task: ranked(reduced @ normalize(svd.transform(vectorizer.transform([task.text])))[0], task),
    )


if __name__ == "__main__":
    main()
