"""Finding what was said before: by meaning and by word, fused, with the reason for each result."""

from drafter.search.searcher import Searcher
from drafter.search.values import Filters, FoundPassage, Mode, SearchQuery, SearchResult

__all__ = ["Filters", "FoundPassage", "Mode", "SearchQuery", "SearchResult", "Searcher"]
