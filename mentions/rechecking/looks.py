"""What one look at an article shows of a target: the best of its links, and what that proves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from mentions.destinations import Destination
from mentions.evidence import QUALIFYING
from mentions.extraction.article import Zone
from mentions.findings import Finding, JudgedLink, Verdict
from mentions.pages import PageState
from mentions.rechecking.words import Sight, Truth
from mentions.urls import canonical_url

_PROVES_NOTHING = frozenset({Verdict.UNKNOWN, Verdict.OWN_PAGE})


@dataclass(frozen=True, slots=True)
class SeenLink:
    """A link of the article as it is remembered. `url` is where it leads; `rel` its effective tokens, in order."""

    url: str
    rel: tuple[str, ...]
    anchor: str
    zone: Zone
    target_status: int | None = None  # HTTP status of that page of ours; None: not known

    def is_as(self, other: "SeenLink | None") -> bool:
        """Leads to the same page and is marked the same way? A moved or reworded anchor changes nothing for us."""
        return other is not None and (place(self.url), set(self.rel)) == (place(other.url), set(other.rel))


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the article of an opportunity. `truth` None: it could tell nothing."""

    at: datetime
    sight: Sight
    page_state: PageState
    http_status: int | None = None  # None: no answer
    reason: str | None = None  # why it could not be read
    verdict: Verdict | None = None  # None: nothing was judged, or nothing named us
    truth: Truth | None = None
    link: SeenLink | None = None  # the best link of ours in the article; None: none
    rewritten: bool = False  # hardly anything of the article's old text is left


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is known of our own pages: where a link should lead, and what answers there.

    `pages` are those that the configuration names for the target and those that our drafts asked for, in any spelling;
    `destinations` by canonical URL, as far as anybody looked.
    """

    pages: frozenset[str]
    destinations: Mapping[str, Destination]

    @classmethod
    def on(cls, pages: Collection[str], destinations: Mapping[str, Destination]) -> "Agreed":
        """These pages, whatever the spelling of their addresses."""
        return cls(frozenset(map(place, pages)), destinations)

    def holds(self, url: str) -> bool:
        """Does an address lead to an agreed page, by itself or over a redirect of ours?"""
        there = self.destinations.get(canonical_url(url))
        return place(url) in self.pages or bool(there and there.final_url and place(there.final_url) in self.pages)

    def status_of(self, url: str) -> int | None:
        """The HTTP status that was seen there last; None: nobody looked, or there was no answer."""
        there = self.destinations.get(canonical_url(url))
        return there.http_status if there else None

    def is_dead(self, url: str) -> bool:
        """Is nothing there any more, as mentions.destinations tells?"""
        there = self.destinations.get(canonical_url(url))
        return there is not None and there.is_dead


def place(url: str) -> str:
    """What two addresses of one page of ours have in common: its key without scheme and without "www."."""
    return canonical_url(url).partition("://")[2].removeprefix("www.")


def truth_of(finding: Finding, agreed: Agreed, *, noindex: bool) -> tuple[Truth | None, SeenLink | None]:
    """What a judged article proves, and by which link; (None, None) where the verdict says that nobody could look.

    A link in the article counts even where the name beside it is gone.
    """
    if finding.verdict in _PROVES_NOTHING:
        return None, None
    best = best_link(finding, agreed, noindex=noindex)
    if best is not None:
        return best
    return (Truth.NOT_NAMED if finding.verdict is Verdict.NOT_MENTIONED else Truth.UNLINKED), None


def best_link(finding: Finding, agreed: Agreed, *, noindex: bool) -> tuple[Truth, SeenLink] | None:
    """The best link of ours that stands in the article, the first of several equal ones; None: there is none."""
    found = [
        (_worth_of(judged, finding, agreed, noindex=noindex), judged)
        for judged in finding.links
        if judged.link.zone.is_article and not judged.link.hidden
    ]
    if not found:
        return None
    order = list(Truth)
    truth, judged = min(found, key=lambda entry: order.index(entry[0]))
    url = _address(judged)
    return truth, SeenLink(url, judged.rel, judged.link.anchor, judged.link.zone, agreed.status_of(url))


def still(truth: Truth, link: SeenLink, agreed: Agreed) -> tuple[Truth, SeenLink]:
    """What a link that stands unchanged is worth now: its page of ours may have gone since, or be there again."""
    link = SeenLink(link.url, link.rel, link.anchor, link.zone, agreed.status_of(link.url))
    if agreed.is_dead(link.url):
        return Truth.DEAD_TARGET, link
    if truth is not Truth.DEAD_TARGET:
        return truth, link
    return _marked(agreed.holds(link.url), followed=is_followed_by(link.rel), noindex=False), link


def is_followed_by(rel: Collection[str]) -> bool:
    """Do these effective tokens leave a link followed?"""
    return not set(QUALIFYING) & set(rel)


def _worth_of(judged: JudgedLink, finding: Finding, agreed: Agreed, *, noindex: bool) -> Truth:
    if not judged.ours:  # our profile elsewhere, or nobody knows where it leads and it bears our name
        return Truth.WRONG_PAGE if finding.verdict is Verdict.MISDIRECTED else Truth.OPAQUE
    url = _address(judged)
    if agreed.is_dead(url):
        return Truth.DEAD_TARGET
    return _marked(agreed.holds(url), followed=is_followed_by(judged.rel), noindex=noindex)


def _marked(is_agreed: bool, *, followed: bool, noindex: bool) -> Truth:
    if not is_agreed:
        return Truth.WRONG_PAGE
    if noindex:
        return Truth.NOINDEX
    return Truth.LINKED if followed else Truth.QUALIFIED


def _address(judged: JudgedLink) -> str:
    return judged.link.effective_url or judged.link.url or judged.link.href
