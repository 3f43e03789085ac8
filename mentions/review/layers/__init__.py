"""What every request passes before a page sees it, from the outside in; mentions.review.app stacks them.

headers → (gzip) → hosts → proxies → sizes → same_site → visits. Each refuses for one reason, and names it.
"""
