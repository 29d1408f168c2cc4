"""Finding what was said before: by meaning and by word, fused, with the reason for each result."""

from typing import TYPE_CHECKING

from drafter.search.values import FoundPassage, Mode, SearchQuery, SearchResult

if TYPE_CHECKING:
    from drafter.search.searcher import Searcher

__all__ = ["FoundPassage", "Mode", "SearchQuery", "SearchResult", "Searcher"]


def __getattr__(name: str) -> object:
    # The engine needs numpy and the bank; the values that screens show do not.
    if name == "Searcher":
        from drafter.search.searcher import Searcher

        return Searcher
    raise AttributeError(name)
