"""Referring domains: every site that links to us, in one line each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentions.inbound.links import InboundLink, Standing


@dataclass(frozen=True, slots=True)
class Referrer:
    """One site, by what its pages hold."""

    domain: str
    name: str
    pages: int  # with a link that stands
    followed: int  # of these pages, with a followed link in the article
    in_article: int  # of these pages, with a link in the article
    missing: int  # links that the last look did not see
    lost: int
    first_seen_at: datetime  # of the oldest link, lost ones included
    last_seen_at: datetime
    links: tuple[InboundLink, ...] = ()  # those that stand first, then by page; (): only counted


def referrers(links: Iterable[InboundLink]) -> list[Referrer]:
    """The referring domains, those with the most linking pages first."""
    by_domain: defaultdict[str, list[InboundLink]] = defaultdict(list)
    for link in links:
        by_domain[link.publisher].append(link)
    found = [_referrer(domain, held) for domain, held in by_domain.items()]
    return sorted(found, key=lambda referrer: (-referrer.pages, -referrer.followed, referrer.domain))


def _referrer(domain: str, links: Sequence[InboundLink]) -> Referrer:
    standing = [link for link in links if link.stands]
    in_article = [link for link in standing if link.zone.is_article]
    return Referrer(
        domain=domain,
        name=links[0].publisher_name,
        pages=len({link.page_url for link in standing}),
        followed=len({link.page_url for link in in_article if link.followed}),
        in_article=len({link.page_url for link in in_article}),
        missing=sum(link.standing is Standing.MISSING for link in links),
        lost=sum(link.standing is Standing.LOST for link in links),
        first_seen_at=min(link.first_seen_at for link in links),
        last_seen_at=max(link.last_seen_at for link in links),
        links=tuple(sorted(links, key=lambda link: (not link.stands, link.page_url, link.url, link.anchor))),
    )
