"""How much a finding is worth asking about: 0 … 100 points, every one accounted for.

The weights are a judgement, not a measurement: relevance (is it us, and how much is the piece about us) can outweigh
everything else together, because a weak mention in a fresh piece is still a weak mention. One step of relevance (named
twice, not once) is worth more than the whole of authority.

`parts_of` reckons with the page alone; `with_known` puts what other pages tell in the place of what was not known.
"""

from datetime import datetime, timedelta
from typing import Final

from mentions.asking import Authority, Known, LinkHabit, Reach
from mentions.assessments import Contact, Part
from mentions.extraction.article import Article, Zone
from mentions.findings import Finding, Verdict
from mentions.matching.mention import Mention, Method
from mentions.targets import Kind, Target

RELEVANCE: Final = 52
PLACE: Final = 11
FRESHNESS: Final = 11
EASE: Final = 7
KIND: Final = 3
SPELLING: Final = 2
LINKS: Final = 4
CONTACT: Final = 4
NEW_DOMAIN: Final = 2
AUTHORITY: Final = 4

EARLY_SHARE: Final = 0.3  # of the article's characters: what stands in it is what an article is about

# Up to so many days old: so many points. Editors mend what is still being read.
_FRESHNESS: Final = ((7, 11), (30, 9), (90, 6), (180, 4))
_OLD: Final = 2
_UNDATED: Final = 4

_EASE: Final = {
    Verdict.BARE_URL: (7, "our address stands there already and only needs to be made a link"),
    Verdict.MISDIRECTED: (6, "a link to us stands there already and only needs another address"),
    Verdict.UNLINKED: (5, "nothing on the page links to us"),
    Verdict.OUTSIDE: (3, "the page links to us already, outside the article"),
    Verdict.QUALIFIED: (1, "the link is there and only marked"),
}
_KIND: Final = {
    Kind.REPORT: (3, "readers of a figure want its source"),
    Kind.PRODUCT: (2, "readers can see the product for themselves"),
    Kind.BRAND: (1, "readers can see who we are"),
}
_ZONES: Final = {Zone.QUOTE: (5, "in a quotation"), Zone.CAPTION: (3, "in a caption")}


def parts_of(
    finding: Finding,
    mentions: tuple[Mention, ...],
    target: Target,
    now: datetime,
    article: Article | None,
    contact: Contact | None = None,
) -> tuple[Part, ...]:
    """The arithmetic for a finding somebody might ask about; `mentions` are those in the article, at least one."""
    return (
        _relevance(mentions),
        _place(mentions, article),
        _freshness(finding.published, now),
        _row("ease", EASE, *_EASE.get(finding.verdict, (0, "there is nothing to ask for"))),
        _row("kind", KIND, *_KIND[target.kind]),
        _spelling(mentions),
        _contact(_reach_of(contact)),
        _links(None, enough=0),
        _new_domain(None),
        _authority(None),
    )


def with_known(parts: tuple[Part, ...], known: Known, *, enough_pages: int) -> tuple[Part, ...]:
    """The arithmetic with what other pages tell; parts of which nothing is known stay as they are."""
    told = {
        "contact": _contact(known.reach) if known.reach else None,
        "links": _links(known.links, enough=enough_pages) if known.links else None,
        "new domain": _new_domain(known.pages_linking) if known.pages_linking is not None else None,
        "authority": _authority(known.authority) if known.authority else None,
    }
    return tuple(told.get(part.name) or part for part in parts)


def _reach_of(contact: Contact | None) -> Reach:
    return Reach(address=contact is not None, named=contact is not None and contact.name is not None)


def _contact(reach: Reach) -> Part:
    if reach.named:
        return Part("contact", CONTACT, CONTACT, "the author's own address is published")
    if reach.address:
        return Part("contact", 3, CONTACT, "an address of the editors is published")
    if reach.form:
        return Part("contact", 2, CONTACT, "only a contact form is published")
    return Part("contact", 0, CONTACT, "no address was found so far")


def _links(habit: LinkHabit | None, *, enough: int) -> Part:
    """Half of its articles with a followed link out is as good as all: not every article has something to link to."""
    if habit is None or habit.pages < enough:
        return Part("links", LINKS // 2, LINKS, "too few of its articles were read to know how it links out")
    points = round(LINKS * min(1.0, 2 * habit.followed / habit.pages))
    return Part("links", points, LINKS, f"{habit.followed} of its {habit.pages} articles read have followed links out")


def _new_domain(pages_linking: int | None) -> Part:
    if pages_linking is None:
        return Part("new domain", NEW_DOMAIN // 2, NEW_DOMAIN, "not known whether other pages of the site link to us")
    if pages_linking == 0:
        return Part("new domain", NEW_DOMAIN, NEW_DOMAIN, "no other page of the site is known to link to us")
    pages = "another page" if pages_linking == 1 else f"{pages_linking} other pages"
    return Part("new domain", 0, NEW_DOMAIN, f"{pages} of the site link{'s' * (pages_linking == 1)} to us already")


def _authority(authority: Authority | None) -> Part:
    if authority is None:
        return Part("authority", AUTHORITY // 2, AUTHORITY, "no score was imported for the site")
    score = min(max(authority.score, 0.0), 100.0)
    return Part("authority", round(AUTHORITY * score / 100), AUTHORITY, f"{score:g} of 100 in {authority.source}")


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
        return Part("place", 9, PLACE, "early in the text")
    if in_body:
        return Part("place", 6, PLACE, "in the text")
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
