"""The words of looking again."""

from enum import StrEnum
from typing import Final


class Truth(StrEnum):
    """What an article does for us, as good looks proved it. The best first: of several links the best one counts."""

    LINKED = "linked"  # a followed link in the article leads to an agreed page of ours
    QUALIFIED = "qualified"  # the same, marked nofollow, sponsored or ugc
    NOINDEX = "noindex"  # the same, on a page that asks search engines not to list it
    WRONG_PAGE = "wrong_page"  # the article links to us, but to another page than those agreed, or to our profile
    DEAD_TARGET = "dead_target"  # its link leads to a page of ours that is gone
    OPAQUE = "opaque"  # a link labelled with our name hides where it leads
    UNLINKED = "unlinked"  # the article names us, and no link of it leads to us
    NOT_NAMED = "not_named"  # the article does not name us

    @property
    def has_link(self) -> bool:
        """Does a link in the article lead to us, or seem to?"""
        return self in _LINKS

    @property
    def stands(self) -> bool:
        """Does the link lead where it was agreed to? However it is marked: reports keep that apart."""
        return self in _STANDS

    def is_better_than(self, other: "Truth") -> bool:
        """Earlier in the order above?"""
        order = list(Truth)
        return order.index(self) < order.index(other)


_STANDS: Final = frozenset({Truth.LINKED, Truth.QUALIFIED, Truth.NOINDEX})
_LINKS: Final = _STANDS | {Truth.WRONG_PAGE, Truth.DEAD_TARGET, Truth.OPAQUE}


class Sight(StrEnum):
    """What one look could see."""

    READ = "read"  # the page came and was judged
    UNCHANGED = "unchanged"  # by its word (304) or its bytes as at the last good look
    ABSENT = "absent"  # not there: 404, 410, an error page sent as 200, a redirect to the front page
    HIDDEN = "hidden"  # there, and not for us: blocked, paywalled, robots.txt, cannot be parsed
    FAILED = "failed"  # no answer to rely on: 5xx, timeout, no such host

    @property
    def is_good(self) -> bool:
        """Could the article be judged?"""
        return self in {Sight.READ, Sight.UNCHANGED}


class Happening(StrEnum):
    """What looks brought to light: the kinds of events; the words of the package say what each means and holds."""

    RECLAIMED = "reclaimed"
    LINKED_WITHOUT_CONTACT = "linked without contact"
    LINKED_ELSEWHERE = "linked elsewhere"
    LINK_CHANGED = "link changed"
    LINK_LOST = "link lost"
    LINK_BACK = "link back"
    MENTION_REMOVED = "mention removed"
    PAGE_GONE = "page gone"
    PAGE_BACK = "page back"
    UNVERIFIABLE = "unverifiable"
    LOOK_ASKED = "look asked"
