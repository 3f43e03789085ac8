"""What is known of one opportunity, whole: the records that a person judges a find by. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mentions.assessments import Part
from mentions.extraction.article import Zone
from mentions.findings import LinkDistance, Verdict
from mentions.matching.mention import Decision, Method
from mentions.pages import PageState
from mentions.publishers import SourceKind
from mentions.store.records import HistoryEntry, OpportunityState, StoredDraft, StoredFinding
from mentions.workflow import Standing


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The page. None wherever it does not say."""

    url: str  # as announced
    final_url: str | None
    title: str | None
    author: str | None
    published_at: datetime | None
    announced_at: datetime | None
    language: str | None
    site_name: str | None
    canonical: str | None
    credit: str | None  # whom the text names as its source
    state: PageState | None
    reason: str | None  # why a state other than live
    http_status: int | None
    body_bytes: int
    found_at: datetime
    source_url: str | None
    source_kind: SourceKind | None
    source_query: str | None
    last_looked_at: datetime | None
    last_good_at: datetime | None
    last_error: str | None  # of the last look; None: it was good
    links_out: int | None  # of the article, to other sites; None: it was not read
    links_followed: int | None
    text: str | None  # None: it is not kept


@dataclass(frozen=True, slots=True)
class SeenMention:
    """A mention as the store keeps it. `there`: the last look that could judge still found it."""

    alias: str
    matched: str
    start: int  # offsets into PageFacts.text
    end: int
    zone: Zone
    sentence: str
    similarity: float  # 0 … 1
    method: Method
    sense: Decision
    sense_score: float  # 0: surely not us … 1: surely us
    sense_reasons: tuple[str, ...]
    distance: LinkDistance
    there: bool
    first_seen_at: datetime
    last_seen_at: datetime
    person_sense: Decision | None = None  # None: no person has said
    person_sense_by: str | None = None


@dataclass(frozen=True, slots=True)
class SeenLink:
    """A link to us, or one that seems to be. `there`: the last look that could judge still found it."""

    url: str
    effective_url: str | None  # None: it leads to no web page
    rel: tuple[str, ...]
    zone: Zone
    anchor: str
    ours: bool
    hidden: bool
    there: bool
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class PastLook:
    """One look at the page. `changed`: its bytes differ from those of the look before; None: nothing to compare."""

    looked_at: datetime
    state: PageState
    http_status: int | None
    reason: str | None
    content_hash: str | None
    changed: bool | None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another page that tells the same story; `opportunity_id` where we could ask there as well."""

    url: str
    title: str | None
    publisher: str  # domain
    publisher_name: str
    published_at: datetime | None
    opportunity_id: int | None
    state: OpportunityState | None


@dataclass(frozen=True, slots=True)
class EarlierEmail:
    """The newest email about another opportunity, to the same person or the same publisher."""

    opportunity_id: int
    subject: str
    state: OpportunityState
    verdict: Verdict
    target: str
    page_title: str | None
    page_url: str
    to_address: str | None
    sent_at: datetime | None
    rendered_at: datetime


@dataclass(frozen=True, slots=True)
class PublisherFacts:
    """What we know of how a publisher links, and of what came of asking there."""

    domain: str
    name: str
    caveat: str | None  # from the configuration: what to know before writing
    pages_read: int
    pages_linking: int  # of those: with a link to another site in the article
    pages_followed: int  # of those: with a followed one
    pages_linking_us: int
    states: Mapping[OpportunityState, int]  # the publisher's other opportunities, by where they stand
    sent: int  # of those: an email was sent
    disavowed: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one opportunity, as it was stored at one moment."""

    opportunity_id: int
    finding: StoredFinding
    standing: Standing
    page: PageFacts
    parts: tuple[Part, ...]  # the priority's arithmetic
    mentions: tuple[SeenMention, ...]  # in page order, those that are there first
    links: tuple[SeenLink, ...]  # likewise
    looks: tuple[PastLook, ...]  # the newest first
    looks_made: int  # of which `looks` are the newest
    copies: tuple[Copy, ...]
    publisher: PublisherFacts
    at_publisher: tuple[EarlierEmail, ...]  # about other opportunities, those under way first, then the newest
    to_person: tuple[EarlierEmail, ...]  # likewise, to the newest draft's address
    revisions: tuple[StoredDraft, ...]  # every text of the email and its follow-ups, the newest first
    history: tuple[HistoryEntry, ...]  # oldest first

    @property
    def draft(self) -> StoredDraft | None:
        """The text that counts; None: there is none yet."""
        return self.revisions[0] if self.revisions else None

    @property
    def thread(self) -> tuple[StoredDraft, ...]:
        """The emails that came before the newest one, each as it was at the end, the first email first."""
        ends: dict[int, StoredDraft] = {}
        for draft in self.revisions:
            ends.setdefault(draft.draft.follow_up, draft)
        return tuple(ends[number] for number in sorted(ends))[:-1]

    @property
    def template_text(self) -> StoredDraft | None:
        """What the template gave for the newest email, where a person changed it since; None: it stands as it is."""
        newest = self.draft
        if newest is None or newest.written_by is None:
            return None
        same = (d for d in self.revisions if d.draft.follow_up == newest.draft.follow_up and d.written_by is None)
        return next(same, None)
