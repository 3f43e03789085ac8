"""What decides besides the page itself whether to ask: the team's rules, and what is known from other pages and days.

Plain data. `opportunities.weighed` applies it; `mentions.store.known` fills `Known` from the database.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from mentions.urls import ascii_host
from mentions.workflow import OpportunityState


@dataclass(frozen=True, slots=True)
class Rules:
    """When an article is not asked about, as the configuration says."""

    max_age_days: int = 365
    person_again_after_days: int = 90
    publisher_again_after_days: int = 14
    pages_to_judge_links: int = 10
    own_sites: frozenset[str] = frozenset()  # domains of all our targets, and sister sites
    competitors: frozenset[str] = frozenset()  # domains
    wires: frozenset[str] = frozenset()  # domains of publishers that the configuration calls press wires
    ask_qualified: bool = False  # links marked nofollow or ugc are asked about, too


NO_RULES: Final = Rules()


class Asking(BaseModel):
    """Whom not to ask, and what helps to choose whom to ask first."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    competitors: tuple[str, ...] = ()
    """Domains of competitors: their pages are never asked about."""
    sister_sites: tuple[str, ...] = ()
    """Domains that belong to our house and are no target's: a sister company, a shop, an employee's blog."""
    person_again_after_days: int = Field(default=90, ge=0)
    """Somebody who was asked less than so many days ago is not asked again, about whatever article."""
    publisher_again_after_days: int = Field(default=14, ge=0)
    """Nor is anybody else at the same publisher within so many days. 0: only the person counts."""
    ask_qualified: bool = False
    """Ask about links to us that are marked nofollow or ugc. Paid ones (sponsored) are never asked about.

    How a publisher marks its links is its own choice, and most that mark one mark all: normally nobody is asked.
    """
    pages_to_judge_links: int = Field(default=10, ge=3)
    """So many of a publisher's articles must have been read before "it does not link out" is believed.

    Articles that may name us are read; all others are only looked through for names.
    """
    authority_file: str | None = None
    """CSV file with the columns domain and score (0 to 100), relative to the configuration file."""

    def rules(self, *, max_age_days: int, own_domains: Collection[str], wires: Collection[str] = ()) -> Rules:
        """The rules; `own_domains` are those of all our targets, and may name a path."""
        own = (*self.sister_sites, *(domain for domain in own_domains if "/" not in domain))
        return Rules(
            max_age_days=max_age_days,
            person_again_after_days=self.person_again_after_days,
            publisher_again_after_days=self.publisher_again_after_days,
            pages_to_judge_links=self.pages_to_judge_links,
            ask_qualified=self.ask_qualified,
            own_sites=_domains(own),
            competitors=_domains(self.competitors),
            wires=_domains(wires),
        )


def _domains(names: Collection[str]) -> frozenset[str]:
    return frozenset(host for name in names if (host := ascii_host(name.strip().lower()).removeprefix("www.")))


def listed(host: str, domains: Collection[str]) -> bool:
    """Is the host one of the domains, or below one?"""
    labels = host.split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))


@dataclass(frozen=True, slots=True)
class LinkHabit:
    """How a publisher links out of its articles, counted on those that were read. 0 <= followed <= linking <= pages."""

    pages: int
    linking: int  # articles with a link to another site
    followed: int  # articles with such a link that is followed


@dataclass(frozen=True, slots=True)
class EarlierAsk:
    """The last time somebody there was asked. Holds no address: reasons are kept after a contact is erased."""

    at: datetime
    about: str  # the page's title, or its address
    same_person: bool


@dataclass(frozen=True, slots=True)
class CopyOf:
    """The origin of a story that this page tells too."""

    url: str
    publisher: str
    why: str  # how we know which one is the origin
    wire: bool = False  # the origin is a press wire: nobody wrote this for readers


@dataclass(frozen=True, slots=True)
class Moved:
    """The other address of an article that moved, which has an opportunity of its own."""

    url: str
    state: OpportunityState  # of that opportunity


# Nothing was decided about these; what a person did about one of them counts for more.
_UNDECIDED: Final = frozenset({OpportunityState.NEW, OpportunityState.DRAFTED})


def gives_way(mine: OpportunityState, other: OpportunityState, *, is_old: bool) -> bool:
    """Which of two opportunities about one article is asked about: does the first give way to the other?

    The one that people took further stays; of equal ones that under the new address. `is_old`: mine is the old address.
    """
    return (_taken(mine), not is_old) < (_taken(other), is_old)


def _taken(state: OpportunityState) -> int:
    return 0 if state in _UNDECIDED else 1 if state is OpportunityState.APPROVED else 2


@dataclass(frozen=True, slots=True)
class Authority:
    """An imported score of a publisher, 0 … 100, and the file it stands in."""

    score: float
    source: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom we could write to. `named`: the author's own address; `form`: only a contact form."""

    named: bool = False
    address: bool = False
    form: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What other pages and days tell about a finding. None everywhere: not known, which decides nothing."""

    links: LinkHabit | None = None
    asked: EarlierAsk | None = None
    copy_of: CopyOf | None = None
    moved: Moved | None = None
    suppressed: str | None = None  # why nobody there may be written to
    pages_linking: int | None = None  # other pages of the publisher that link to us, followed
    authority: Authority | None = None
    reach: Reach | None = None
    author_gone: str | None = None  # how we know that the author left
