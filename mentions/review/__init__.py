"""The review desk: server-rendered pages in which people work through what the crawl found.

The only room with a web framework. A page reads through mentions.store, decides through the same pure functions as the
command line, and renders a template of templates/review/; nothing is decided here.
"""
