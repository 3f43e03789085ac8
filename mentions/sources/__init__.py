"""How pages are found: pure readers of feeds, sitemaps and listings. Bytes in, announced pages out."""
