"""One link from somebody's page to a page of ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from mentions.extraction.article import Zone
from mentions.links import is_ours
from mentions.targets import Target

# https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links
QUALIFIERS: Final = frozenset({"nofollow", "sponsored", "ugc"})


class Standing(StrEnum):
    """Is the link still there?"""

    STANDS = "stands"  # the last look that could tell saw it
    MISSING = "missing"  # the last look that could tell did not; one look is no proof
    LOST = "lost"  # two looks a day apart did not, or its page is gone


@dataclass(frozen=True, slots=True)
class InboundLink:
    """A link of ours on a crawled page, as the looks at that page saw it."""

    page_url: str
    page_title: str | None  # None: the page has none
    publisher: str  # registrable domain
    publisher_name: str
    url: str  # the page of ours, as canonical URL
    anchor: str  # as crawled: shown, never obeyed; "" for a picture without words
    rel: tuple[str, ...]  # effective tokens, page-wide robots rules included
    zone: Zone
    first_seen_at: datetime
    last_seen_at: datetime
    standing: Standing

    @property
    def followed(self) -> bool:
        """Does it carry none of nofollow, sponsored and ugc?"""
        return not QUALIFIERS.intersection(self.rel)

    @property
    def stands(self) -> bool:
        """Did the last look that could tell see it?"""
        return self.standing is Standing.STANDS


def from_others(links: Iterable[InboundLink], targets: Sequence[Target]) -> list[InboundLink]:
    """Those that lead to a page of ours from a page that is not: profiles at social networks are no page of ours."""
    return [link for link in links if is_page_of(link.url, targets) and not is_page_of(link.page_url, targets)]


def is_page_of(url: str, targets: Sequence[Target]) -> bool:
    """Is this address a page of one of the targets?"""
    return any(is_ours(url, target) for target in targets)
