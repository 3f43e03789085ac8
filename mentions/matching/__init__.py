"""Article → mentions: where our names stand on a page, in every ordinary dress, and whether they mean us."""

from mentions.matching.judging import match_article
from mentions.matching.watchlist import Watchlist, compile_watchlist

__all__ = ["Watchlist", "compile_watchlist", "match_article"]
