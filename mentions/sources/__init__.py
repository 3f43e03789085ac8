"""How pages are found: pure readers of feeds, sitemaps, listings, searches and lists. Bytes in, announced pages out."""

from mentions.sources.announced import Announced
from mentions.sources.declared import gdelt_of, searches_of, sources_of
from mentions.sources.reading import Reading, Source, read_source

__all__ = ["Announced", "Reading", "Source", "gdelt_of", "read_source", "searches_of", "sources_of"]
