"""Page → Article: guard, charset, one parse, zones, links, metadata."""

from mentions.extraction.charset import decode
from mentions.extraction.guard import check_bytes
from mentions.extraction.reading import read_article, read_article_if

__all__ = ["check_bytes", "decode", "read_article", "read_article_if"]
