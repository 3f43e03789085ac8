"""How much a finding is worth asking about: 0 … 100 points, every one accounted for.

The weights are a judgement, not a measurement: relevance (is it us, and how much is the piece about us) can outweigh
everything else together, because a weak mention in a fresh piece is still a weak mention.
"""

from datetime import datetime, timedelta
from typing import Final

from mentions.assessments import Part
from mentions.extraction.article import Article, Zone
from mentions.findings import Finding, Verdict
from mentions.matching.mention import Mention, Method
from mentions.targets import Kind, Target

RELEVANCE: Final = 52
PLACE: Final = 14
FRESHNESS: Final = 14
EASE: Final = 10
KIND: Final = 6
SPELLING: Final = 4

EARLY_SHARE: Final = 0.3  # of the article's characters: what stands in it is what an article is about

# Up to so many days old: so many points. Editors mend what is still being read.
_FRESHNESS: Final = ((7, 14), (30, 11), (90, 8), (180, 5))
_OLD: Final = 2
_UNDATED: Final = 5

_EASE: Final = {
    Verdict.BARE_URL: (10, "our address stands there already and only needs to be made a link"),
    Verdict.MISDIRECTED: (8, "a link to us stands there already and only needs another address"),
    Verdict.UNLINKED: (7, "nothing on the page links to us"),
    Verdict.OUTSIDE: (4, "the page links to us already, outside the article"),
}
_KIND: Final = {
    Kind.REPORT: (6, "readers of a figure want its source"),
    Kind.PRODUCT: (4, "readers can see the product for themselves"),
    Kind.BRAND: (3, "readers can see who we are"),
}
_ZONES: Final = {Zone.QUOTE: (6, "in a quotation"), Zone.CAPTION: (4, "in a caption")}


def parts_of(
    finding: Finding, mentions: tuple[Mention, ...], target: Target, now: datetime, article: Article | None
) -> tuple[Part, ...]:
    """The arithmetic for a finding somebody might ask about; `mentions` are those in the article, at least one."""
    return (
        _relevance(mentions),
        _place(mentions, article),
        _freshness(finding.published, now),
        _row("ease", EASE, *_EASE.get(finding.verdict, (0, "there is nothing to ask for"))),
        _row("kind", KIND, *_KIND[target.kind]),
        _spelling(mentions),
    )


def _row(name: str, out_of: int, points: int, why: str) -> Part:
    return Part(name, points, out_of, why)


def _relevance(mentions: tuple[Mention, ...]) -> Part:
    """How sure we are that it is us, times how much of the piece is about us."""
    sure = max(mention.sense.score for mention in mentions)
    in_headline = any(mention.zone is Zone.HEADLINE for mention in mentions)
    count = len(mentions)
    if in_headline:
        share, how_much = 1.0, "the headline names us"
    elif count >= 3:
        share, how_much = 0.9, f"the article names us {count} times"
    elif count == 2:
        share, how_much = 0.75, "the article names us twice"
    else:
        share, how_much = 0.6, "the article names us once"
    return Part("relevance", round(RELEVANCE * sure * share), RELEVANCE, f"{how_much}; {sure:.0%} sure that it is us")


def _place(mentions: tuple[Mention, ...], article: Article | None) -> Part:
    if any(mention.zone is Zone.HEADLINE for mention in mentions):
        return Part("place", PLACE, PLACE, "in the headline")
    in_body = [mention for mention in mentions if mention.zone is Zone.BODY]
    if in_body and article is not None and _share_before(article, in_body[0].start) <= EARLY_SHARE:
        return Part("place", 12, PLACE, "early in the text")
    if in_body:
        return Part("place", 8, PLACE, "in the text")
    points, where = max(_ZONES.get(mention.zone, (0, "outside the text")) for mention in mentions)
    return Part("place", points, PLACE, where)


def _share_before(article: Article, offset: int) -> float:
    """Which share of the article's own characters stands before `offset`; 0.0 at its start."""
    lengths = [(min(b.end, offset) - b.start, b.end - b.start) for b in article.blocks if b.zone.is_article]
    total = sum(length for _, length in lengths)
    return sum(max(before, 0) for before, _ in lengths) / total if total else 0.0


def _freshness(published: datetime | None, now: datetime) -> Part:
    if published is None:
        return Part("freshness", _UNDATED, FRESHNESS, "the article carries no date")
    days = max(now - published, timedelta()).days
    points = next((points for limit, points in _FRESHNESS if days <= limit), _OLD)
    when = "today" if days == 0 else f"{days} day{'s' if days > 1 else ''} ago"
    return Part("freshness", points, FRESHNESS, f"published {when}")


def _spelling(mentions: tuple[Mention, ...]) -> Part:
    best = max(mentions, key=lambda mention: mention.similarity)
    if best.method is not Method.FUZZY:
        return Part("spelling", SPELLING, SPELLING, f'written as "{best.matched}"')
    points = round(SPELLING * max(0.0, best.similarity - 0.5))
    return Part("spelling", points, SPELLING, f'written as "{best.matched}", read as "{best.alias}"')
