"""Plain records that go into and come out of the store, so that nobody outside it sees SQLAlchemy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mentions.assessments import Assessment, Contact
from mentions.findings import Finding, Verdict
from mentions.pages import PageState
from mentions.phases import Phase
from mentions.publishers import SourceKind
from mentions.signs import Signs
from mentions.workflow import OpportunityState as OpportunityState


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page from the moment it is found, before it is fetched."""

    key: str  # canonical URL (mentions.urls.canonical_url): the page's identity
    url: str  # as announced; this is what gets fetched
    publisher: str  # Publisher.domain
    source_url: str
    source_kind: SourceKind
    found_at: datetime
    title: str | None = None  # as the source announces it
    published: datetime | None = None  # as the source announces it
    depth: int = 0  # links from the start page; 0 for announced pages
    query: str | None = None  # what its source was asked for, or the row of a list


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page found and not fetched: the frontier. `etag` and `last_modified` are those of the last look, if any."""

    key: str
    url: str
    publisher: str
    depth: int = 0
    attempts: int = 0  # looks that ended in PageState.ERROR so far
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None  # as its source announces it
    due: bool = False  # known and judged, and looked at again because it has changed
    content_hash: str | None = None  # of the body at the last look, where that look read it
    expected: tuple[str, ...] = ()  # looked at again: names of the targets that it named when it became an opportunity


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What the store knows of a page by its key."""

    state: PageState | None  # None: never fetched
    looked_at: bool  # at least once, well or not
    attempts: int  # looks since the last good one
    http_status: int | None  # of the last look that says what it is; None: there was no answer
    final_url: str | None  # where it led
    targets: frozenset[str]  # names of the targets that it names, as of its last good look


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What came of one look at a page: one row of page, one check, and whatever it proved, written together."""

    key: str
    url: str
    publisher: str
    state: PageState
    looked_at: datetime
    final_url: str | None = None  # where redirects led; None: no answer
    http_status: int | None = None  # None: no answer
    reason: str | None = None  # why a state other than live, in plain words
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None  # of the body; to see that nothing changed
    unchanged: bool = False  # it is as it was at the last good look, which still holds
    body_bytes: int = 0
    title: str | None = None
    author: str | None = None
    published: datetime | None = None
    language: str | None = None
    site_name: str | None = None
    text: str | None = None  # Article.text, kept only where something was found
    findings: tuple[tuple[Finding, Assessment], ...] = ()
    signs: Signs | None = None  # what its article tells besides; None: it was not read
    noindex: bool = False  # it asks search engines not to list it
    unnamed: tuple[Finding, ...] = ()  # Analysis.unnamed: expected targets that it does not name any more
    rest: str | None = None  # its text, where it names no target any more; None: it names one, or was not read
    there: "PageOutcome | None" = None  # of a page that leads elsewhere: what was read there; None: nothing was


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding as lists and summaries show it."""

    id: int
    target: str
    target_kind: str
    verdict: Verdict
    level: str
    priority: int | None
    publisher: str  # domain
    publisher_name: str
    page_url: str
    page_title: str | None
    page_state: PageState | None
    published_at: datetime | None
    author: str | None
    language: str | None
    sentence: str | None
    matched: str | None
    zone: str | None
    reasons: tuple[str, ...]
    first_seen_at: datetime
    last_seen_at: datetime
    last_checked_at: datetime
    opportunity_id: int | None = None
    opportunity_state: OpportunityState | None = None
    links: tuple[Mapping[str, object], ...] = ()  # as in findings.as_json
    level_reasons: tuple[str, ...] = ()  # why this level, the deciding one first
    snoozed_until: datetime | None = None  # a person put the opportunity off until then
    link_found_at: datetime | None = None  # when a link of ours stood in the article; None: none was seen
    contact: Contact | None = None  # Assessment.contact of the last look; None: the page publishes nobody's address
    chosen_url: str | None = None  # the page of ours that a person wants linked; None: nobody chose
    chosen_anchor: str | None = None  # the words that a person wants to carry the link; None: nobody chose


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A rendered draft on its way into the store."""

    opportunity_id: int
    template: str  # e.g. "unlinked_brand/en"
    subject: str
    body: str
    to_name: str | None
    to_address: str | None  # None: nobody's address is published; a person finds one
    contact_source_url: str | None
    suggested_url: str
    suggested_anchor: str
    suggested_html: str
    rendered_at: datetime
    problems: tuple[str, ...] = ()  # what a person must fix before it may be approved
    follow_up: int = 0  # 0: the first email; 1: the first follow-up …
    in_reply_to: str | None = None  # Message-ID of the email a follow-up goes with; None: none, or it is not known


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it lies in the store; `revision` counts from 1, the newest is the one that counts."""

    id: int
    revision: int
    draft: NewDraft
    finding: StoredFinding
    message_id: str  # our own Message-ID, fixed when the draft is first stored
    written_by: str | None = None  # None: this program


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event of an opportunity. `actor` None: this program."""

    at: datetime
    kind: str
    actor: str | None
    detail: Mapping[str, object]


class RunState(StrEnum):
    """How a run ended."""

    RUNNING = "running"
    FINISHED = "finished"
    PARTIAL = "partial"  # some publishers failed
    UNREACHABLE = "unreachable"  # nothing could be reached
    LIMITED = "limited"  # it reached a limit of its configuration
    STOPPED = "stopped"  # a person or a signal stopped it
    DIED = "died"  # its process went away without saying so; set by the next run


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one run did. `counts` has stable, path-like keys: "pages/fetched", "pages/early", "skipped/<reason>" …"""

    id: int
    started_at: datetime
    ended_at: datetime | None
    state: RunState
    counts: Mapping[str, int] = field(default_factory=dict)
    publishers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # domain → counts
    warnings: tuple[str, ...] = ()
    kind: str = "nightly"  # which command it was
    phases: tuple[Phase, ...] = ()  # in the order they were done; none of a run that kept none


@dataclass(frozen=True, slots=True)
class SourceLook:
    """One look at a source: what the next polite request needs, and what came of this one."""

    url: str
    publisher: str | None  # domain; None: the source is nobody's own
    kind: SourceKind
    looked_at: datetime
    target: str | None = None  # whom a search is about
    query: str | None = None  # what it asks
    etag: str | None = None
    last_modified: str | None = None
    found: int = 0  # pages that it announced
    problem: str | None = None  # in plain words, where it could not be used: what the last good look said then stays


@dataclass(frozen=True, slots=True)
class SourceNews:
    """How often one source brought new pages lately."""

    url: str
    days_with_news: int  # on how many days it brought at least one
    days: int  # between the first and the last of them, both counted
    last_news_at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """What a batch of outcomes added that was not there before."""

    new_mentions: int = 0
    new_opportunities: int = 0
    looks: Mapping[str, int] = field(default_factory=dict, compare=False)  # at opportunities; see following.follow
