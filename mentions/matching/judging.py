"""Article → Matches: every candidate with its zone, its sentence and its sense."""

from mentions.extraction.article import Article
from mentions.matching.mention import Candidate, Decision, Matches, Mention
from mentions.matching.senses import sense_of
from mentions.matching.sentences import sentence_span
from mentions.matching.watchlist import Watchlist


def match_article(article: Article, watchlist: Watchlist) -> Matches:
    """Every candidate of the article in page order: mentions (us, or unsure), and those that mean something else."""
    candidates = watchlist.candidates(article.text)
    mentions = [_mention(article, candidate) for candidate in candidates]
    return Matches(
        mentions=tuple(m for m in mentions if m.sense.decision is not Decision.NOT_US),
        rejected=tuple(m for m in mentions if m.sense.decision is Decision.NOT_US),
    )


def _mention(article: Article, candidate: Candidate) -> Mention:
    block = article.block_at(candidate.start)
    first, last = sentence_span(article.text, candidate.start, candidate.end, block.start, block.end)
    return Mention(
        target=candidate.target,
        alias=candidate.alias,
        matched=article.text[candidate.start : candidate.end],
        start=candidate.start,
        end=candidate.end,
        zone=block.zone,
        sentence=article.text[first:last],
        similarity=candidate.similarity,
        method=candidate.method,
        sense=sense_of(article, candidate),
    )
