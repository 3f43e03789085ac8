"""Is it us? Evidence about one candidate, combined into a score and a decision."""

from mentions.extraction.article import Article
from mentions.matching.mention import Candidate, Decision, Sense


def sense_of(article: Article, candidate: Candidate) -> Sense:
    """What a candidate of this article means."""
    written = article.text[candidate.start : candidate.end]
    return Sense(Decision.US, 0.9, (f'"{written}" is spelt as our name',))
