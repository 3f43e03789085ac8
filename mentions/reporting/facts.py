"""What the store tells reports and digests: counts where they are enough, single rows where their order matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentions.findings import Verdict
from mentions.own_pages.overview import PageStanding
from mentions.workflow import OpportunityState


class By(StrEnum):
    """What the figures of a report can be told apart by."""

    TARGET = "target"
    PUBLISHER = "publisher"
    TEMPLATE = "template"
    CONTACT_ROLE = "contact-role"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class NamedCount:
    """Pages that were judged for the first time in the period; one page counts once for each target it names."""

    key: str  # of the group: a target's name, a publisher's domain, "2026-11"; "" where the group says nothing of pages
    verdict: Verdict  # as it is now
    worth_a_look: bool  # it was, or is, without a link that counts: there is an opportunity
    count: int
    lapsed: bool = False  # by now its page is gone, or does not name us any more; the verdict is the last one before


@dataclass(frozen=True, slots=True)
class OpportunityCount:
    """Opportunities whose page was judged for the first time in the period."""

    key: str | None  # None: nothing is known, such as the template of what has no draft
    state: OpportunityState
    worth_asking: bool  # by its level now, or somebody was asked
    drafted: bool
    count: int


@dataclass(frozen=True, slots=True)
class Subject:
    """An opportunity to which something happened, with what it may be grouped by."""

    id: int
    target: str
    publisher: str  # domain
    group: str | None  # template of the first email or role of the contact, where a report is told apart by that
    sent_at: datetime | None  # of the last email; None: nobody was asked, or it was taken back


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of an opportunity that a report counts."""

    opportunity_id: int
    kind: str
    at: datetime
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DomainLinks:
    """How long a publisher has linked to us in its articles, as far as we saw."""

    domain: str
    first_seen_at: datetime
    last_seen_at: datetime
    stands: bool  # at the last look at one of its pages at least


@dataclass(frozen=True, slots=True)
class OwnPageLinks:
    """A page of ours, and how many pages of others link to it in their articles."""

    url: str
    stand: int  # at the last look
    gained: int  # of all ever seen, those first seen in the period
    gone: int  # seen in the period or at its beginning, and no longer there at the last look


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """A page of ours on which reclaimed links end that stand, as the last looks at it found it."""

    url: str
    links: int  # reclaimed, and standing
    standing: PageStanding
    hops: int = 0  # redirects on the way to where it ends
    why: tuple[str, ...] = ()  # what a person should know about it, in plain words


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that one report is made of."""

    named: tuple[NamedCount, ...]
    opportunities: tuple[OpportunityCount, ...]
    subjects: Mapping[int, Subject]
    happenings: tuple[Happening, ...]  # of these, of all time, in its order
    domains: tuple[DomainLinks, ...]
    own_pages: tuple[OwnPageLinks, ...]
    link_ends: tuple[LinkEnd, ...] = ()  # as they are now, whatever the period


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that a look brought to light about an opportunity."""

    opportunity_id: int
    kind: str  # a word of mentions.rechecking.Happening
    at: datetime
    detail: Mapping[str, object]
    target: str
    publisher: str  # domain
    publisher_name: str
    page_title: str | None
    page_url: str
