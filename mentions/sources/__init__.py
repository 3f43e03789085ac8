"""How pages are found: pure readers of feeds, sitemaps and listings. Bytes in, announced pages out."""

from mentions.sources.announced import Announced
from mentions.sources.reading import Reading, Source, read_source, sources_of

__all__ = ["Announced", "Reading", "Source", "read_source", "sources_of"]
