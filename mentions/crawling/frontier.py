"""What to fetch next: pages found and not yet fetched, publisher by publisher, within each publisher's budget.

The store is the frontier: a page is written down before it is asked for, so a run that dies loses nothing, and the
next one takes up where it stopped. What this class remembers besides is only which pages this run already asked for.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain

from mentions.copies_of_pages import plain_forms
from mentions.crawling.traps import MAX_DEPTH, TrapGuard
from mentions.publishers import Publisher, SourceKind
from mentions.sources import Announced, Reading, Source
from mentions.sources.anchors import is_page, slug_score
from mentions.sources.listings import PageLink
from mentions.store import Store
from mentions.store.keys import page_key
from mentions.store.records import FoundPage, WaitingPage
from mentions.urls import canonical_url, host_of, registrable_domain

MAX_NEW_PER_SOURCE = 2_000  # pages one source may add in a night; an archive sitemap fills up over several nights
MAX_FOUND_PER_PAGE_OF_BUDGET = 10  # a crawled site may add this many times its budget a night, and no more
MAX_SITEMAPS = 20  # that a publisher's indexes may add in a night, newest first
MAX_INDEX_DEPTH = 2  # an index in an index, and no deeper; loops end here

MAX_COUNTED = 1_000  # pages left for another night; more is "many"

LOOKED_THROUGH = 500  # pages beyond a budget among which the best are looked for
CHANGED_SHARE = 4  # at most one in so many pages of a budget goes to known pages that have changed
CLOCKS_DIFFER = timedelta(hours=26)  # a date further in the future than any time zone is a mistake

_AT_ONCE = 16  # pages of one publisher waiting in Scrapy's queue; the rest waits in the store
_REFILL_AT = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What became of what a source or page announced."""

    new: int = 0  # written down now
    known: int = 0  # known from an earlier run
    too_old: int = 0  # older than Publisher.max_age_days
    no_page: int = 0  # pictures, sound, documents
    over: int = 0  # more than one night may add
    changed: int = 0  # of the known ones, those that have changed since our last look


@dataclass(slots=True)
class _Desk:
    """One publisher's part of a run."""

    publisher: Publisher
    traps: TrapGuard
    queue: deque[WaitingPage] = field(default_factory=deque)
    taken: set[str] = field(default_factory=set)  # keys asked for in this run
    under_way: dict[str, WaitingPage] = field(default_factory=dict)  # taken, and not answered yet
    stale: bool = True  # the store may hold pages that the queue does not
    found: int = 0  # pages added by following links
    announced: set[str] = field(default_factory=set)  # keys that were new in this run; a second source may name them
    sitemaps: set[str] = field(default_factory=set)
    naming: dict[str, bool] = field(default_factory=dict)  # by title: does it hold a name of ours?
    changed: int = 0  # known pages that became due in this run
    received_bytes: int = 0
    began_at: datetime | None = None  # when the first page was asked for
    spent: bool = False  # nothing more is asked for in this run
    again_at: datetime | None = None  # when the first known page was asked for again
    again_spent: bool = False  # likewise

    @property
    def left(self) -> int:
        return 0 if self.spent else self.pages_left

    @property
    def pages_left(self) -> int:
        return max(0, self.publisher.politeness.max_pages - len(self.taken))

    def look_at_budget(self, now: datetime) -> None:
        """Notes when bytes or minutes are spent; pages are counted by `left`."""
        self.began_at = self.began_at or now
        self.spent = self.spent or self._is_spent(self.began_at, now)

    def look_at_budget_again(self, now: datetime) -> None:
        """The same while known pages are looked at: their minutes count by themselves, pages and bytes together."""
        self.again_at = self.again_at or now
        self.again_spent = self.again_spent or self._is_spent(self.again_at, now)

    def _is_spent(self, since: datetime, now: datetime) -> bool:
        manners = self.publisher.politeness
        minutes = (now - since).total_seconds() / 60
        return self.received_bytes >= manners.max_mb * 1_000_000 or minutes >= manners.max_minutes


class Frontier:
    """The pages of a run. Not thread-safe; one for all spiders of a process."""

    def __init__(
        self,
        store: Store,
        publishers: Iterable[Publisher],
        *,
        started_at: datetime,
        names_us: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`names_us`: does a title hold a name of ours? Pages with such titles are asked for first."""
        self._store, self._started_at, self._names_us = store, started_at, names_us
        self._desks = {p.domain: _Desk(p, TrapGuard(year=started_at.year)) for p in publishers}

    def admit(self, publisher: Publisher) -> None:
        """A publisher that nobody declared, on whose site a page was found. Any number of times."""
        if publisher.domain not in self._desks:
            self._desks[publisher.domain] = _Desk(publisher, TrapGuard(year=self._started_at.year))

    def announced(self, source: Source, pages: Sequence[Announced], *, now: datetime) -> Found:
        """Writes down what a source announces, newest first; returns once it is stored."""
        desk = self._desks[source.publisher]
        oldest = now - desk.publisher.max_age
        readable = [page for page in pages if is_page(page.url)]
        given = source.kind in {SourceKind.LIST, SourceKind.ARCHIVE}  # by a person, who knows how old they are
        fresh = [page for page in readable if given or page.dated is None or page.dated >= oldest]
        by_key = {canonical_url(page.url): page for page in reversed(fresh)}
        known = self._known(by_key)
        unknown = [(key, page) for key, page in reversed(by_key.items()) if key not in known]
        unknown.sort(key=lambda entry: entry[1].dated or now, reverse=True)
        chosen = [found_page(key, source.publisher, page, source, now) for key, page in unknown[:MAX_NEW_PER_SOURCE]]
        new = self._add(desk, chosen)
        changed = self._make_due(desk, {key: page for key, page in by_key.items() if key in known}, now)
        known_before = len(known - desk.announced)
        desk.announced.update(page.key for page in chosen)
        return Found(
            new=new,
            known=known_before,
            too_old=len(readable) - len(fresh),
            no_page=len(pages) - len(readable),
            over=len(unknown) - len(chosen),
            changed=changed,
        )

    def _known(self, keys: Mapping[str, Announced]) -> set[str]:
        """Those of the keys that are written down, and AMP and mobile forms of pages that are, or are among them."""
        forms = {key: plain_forms(key) for key in keys}
        known = self._store.known([*keys, *chain.from_iterable(forms.values())])
        there = known | keys.keys()
        return {key for key in keys if key in known or any(form in there for form in forms[key])}

    def look_first(self, copy: WaitingPage, original: str, *, now: datetime) -> None:
        """The page of which `copy` says it is a copy is the next one to be asked for, unless it is under way."""
        desk, key = self._desks[copy.publisher], canonical_url(original)
        self._store.add_found([FoundPage(key, original, copy.publisher, copy.url, SourceKind.CRAWL, now)])
        known = page_key(key)
        if known in desk.taken:
            return
        if desk.stale:
            self._reload(desk)
        rest = [page for page in desk.queue if page.key != known]
        desk.queue = deque([WaitingPage(known, original, copy.publisher), *rest])

    def write_down(self, pages: Sequence[FoundPage]) -> int:
        """Writes down pages of many admitted publishers together; returns how many were new."""
        for page in pages:
            desk = self._desks[page.publisher]
            desk.announced.add(page.key)
            desk.stale = True
        return self._store.add_found(pages) if pages else 0

    def _make_due(self, desk: _Desk, known: Mapping[str, Announced], now: datetime) -> int:
        """Known pages that have changed since our last good look are due for another one, the last changed first.

        At most a part of the budget: some sites date every page with the moment of the request.
        """
        dated = {key: page.modified for key, page in known.items() if page.modified and key not in desk.taken}
        looks = self._store.last_good_looks(dated)
        newer = [(dated[key], key) for key, at in looks.items() if at < dated[key] <= now + CLOCKS_DIFFER]
        room = max(0, desk.publisher.politeness.max_pages // CHANGED_SHARE - desk.changed)
        due = [key for _, key in sorted(newer, reverse=True)[:room]]
        if due:
            self._store.make_due(due, now)
            desk.changed += len(due)
            desk.stale = True
        return len(due)

    def follows(self, publisher: str, depth: int) -> bool:
        """Are the links of a page `depth` links away from the start worth reading at all?"""
        desk = self._desks[publisher]
        return bool(desk.publisher.crawl) and depth < MAX_DEPTH and self._room(desk) > 0

    def linked(self, publisher: str, links: Iterable[PageLink], *, source_url: str, depth: int, now: datetime) -> Found:
        """Writes down the links of a page of a crawled site that are worth following. `depth` is that page's own."""
        desk = self._desks[publisher]
        starts = {canonical_url(url) for url in desk.publisher.crawl}
        room = self._room(desk)
        wanted = desk.traps.worth_following(links, depth=depth)
        pages = [
            FoundPage(
                key=key,
                url=link.url,
                publisher=publisher,
                source_url=source_url,
                source_kind=SourceKind.CRAWL,
                found_at=now,
                title=link.title,
                depth=depth + 1,
            )
            for link in wanted
            if (key := canonical_url(link.url)) not in starts
        ]
        new = self._add(desk, pages[:room])
        desk.found += new
        return Found(new=new, over=len(pages[room:]))  # every page links to the same others: no news

    def start_page(self, source: Source, url: str, *, now: datetime) -> WaitingPage | None:
        """A start page of a crawled site as a page to judge; None for a front page, which only leads to others.

        Front pages change by the hour and hold nothing but teasers: nobody can be asked for a link there.
        """
        if slug_score(url) <= -1.0:
            return None
        desk, key = self._desks[source.publisher], canonical_url(url)
        page = FoundPage(key, url, source.publisher, source.url, source.kind, now)
        self._add(desk, [page])
        asked = WaitingPage(key, url, source.publisher)
        desk.taken.add(key)
        desk.under_way[key] = asked
        return asked

    def take(self, publisher: str, *, now: datetime) -> list[WaitingPage]:
        """The pages to ask for now: best first, none twice in a run, none beyond the budget, few enough to re-order.

        To be called whenever one of the publisher's pages or sources is settled; empty as long as enough are under way.
        """
        desk = self._desks[publisher]
        if len(desk.under_way) > _REFILL_AT:
            return []
        desk.look_at_budget(now)
        if not desk.left:
            return []
        if desk.stale:
            self._reload(desk)
        count = min(_AT_ONCE - len(desk.under_way), desk.left, len(desk.queue))
        taken = [desk.queue.popleft() for _ in range(count)]
        desk.taken.update(page.key for page in taken)
        desk.under_way.update((page.key, page) for page in taken)
        return taken

    def take_again(self, publisher: str, due: deque[WaitingPage], *, now: datetime) -> list[WaitingPage]:
        """As `take`, of known pages to be looked at again, which it takes out of `due`; none twice in a run."""
        desk = self._desks[publisher]
        if len(desk.under_way) > _REFILL_AT:
            return []
        desk.look_at_budget_again(now)
        room = 0 if desk.again_spent else min(_AT_ONCE - len(desk.under_way), desk.pages_left)
        taken: list[WaitingPage] = []
        while due and len(taken) < room:
            page = due.popleft()
            if page.key not in desk.taken:
                desk.taken.add(page.key)
                desk.under_way[page.key] = page
                taken.append(page)
        return taken

    def budget(self, publisher: str) -> int:
        """How many pages of a publisher one run may ask for."""
        return self._desks[publisher].publisher.politeness.max_pages

    def received(self, publisher: str, body_bytes: int) -> None:
        """A page of that size came; it counts towards the publisher's budget."""
        self._desks[publisher].received_bytes += body_bytes

    def settle(self, page: WaitingPage) -> None:
        """A page, taken before, has its answer."""
        self._desks[page.publisher].under_way.pop(page.key, None)

    def unanswered(self, publisher: str) -> list[WaitingPage]:
        """Pages taken that have no answer yet."""
        return list(self._desks[publisher].under_way.values())

    def sitemaps_of(self, source: Source, reading: Reading, *, now: datetime) -> list[Source]:
        """The sitemaps of an index that are read tonight: newest first, none twice, none that lies still for long."""
        desk = self._desks[source.publisher]
        if source.depth >= MAX_INDEX_DEPTH:
            return []
        oldest = now - desk.publisher.max_age
        entries = [entry for entry in reading.sitemaps if entry.modified is None or entry.modified >= oldest]
        entries.sort(key=lambda entry: entry.modified or now, reverse=True)
        chosen = []
        for entry in entries:
            declared = (*desk.publisher.news_sitemaps, *desk.publisher.sitemaps)
            known = entry.url in desk.sitemaps or entry.url in declared
            if not known and len(desk.sitemaps) < MAX_SITEMAPS:
                desk.sitemaps.add(entry.url)
                chosen.append(replace(source, url=entry.url, depth=source.depth + 1))
        return chosen

    def waiting_beyond_budget(self, publisher: str) -> int:
        """Pages that wait in the store because the budget of this run is spent, counted up to MAX_COUNTED."""
        desk = self._desks[publisher]
        if desk.left > 0:
            return 0
        waiting = self._store.waiting(publisher, len(desk.taken) + MAX_COUNTED, now=self._started_at)
        return min(MAX_COUNTED, sum(page.key not in desk.taken for page in waiting))

    @staticmethod
    def _room(desk: _Desk) -> int:
        return max(0, desk.publisher.politeness.max_pages * MAX_FOUND_PER_PAGE_OF_BUDGET - desk.found)

    def _add(self, desk: _Desk, pages: Sequence[FoundPage]) -> int:
        if not pages:
            return 0
        new = self._store.add_found(pages)
        desk.stale = desk.stale or new > 0
        return new

    def _reload(self, desk: _Desk) -> None:
        # Pages asked for in this run may still wait for their outcome to be written; they must not hide others.
        limit = desk.left + len(desk.taken) + LOOKED_THROUGH
        waiting = self._store.waiting(desk.publisher.domain, limit, now=self._started_at)
        pages = ranked(page for page in waiting if page.key not in desk.taken)
        desk.queue = deque(sorted(pages, key=lambda page: page.due or not self._is_named(desk, page.title)))
        desk.stale = False

    def _is_named(self, desk: _Desk, title: str | None) -> bool:
        if not title:
            return False
        known = desk.naming.get(title)
        if known is None:
            known = desk.naming[title] = self._names_us(title)
        return known


def found_page(key: str, domain: str, page: Announced, source: Source, now: datetime) -> FoundPage:
    """What is written down of a page that a source announced, under a publisher's domain."""
    return FoundPage(
        key=key,
        url=page.url,
        publisher=domain,
        source_url=source.url,
        source_kind=source.kind,
        found_at=now,
        title=page.title,
        published=page.published,
        query=source.query,
    )


def ranked(pages: Iterable[WaitingPage]) -> list[WaitingPage]:
    """Announced pages in the store's order, then the pages found by following links, article-looking ones first."""
    return sorted(pages, key=lambda page: (page.depth > 0, -slug_score(page.url) if page.depth else 0.0, page.depth))


def publisher_of(url: str, publishers: Iterable[Publisher], *, asked: str) -> str:
    """The domain of the publisher on whose site `url` stands.

    The declared one (the longest that fits), else `asked`, the publisher that announced the page, where the page is
    under the same registrable domain; else that of the site itself, which nobody declared: feeds link to others' pages,
    and an editor must not be asked about a page of somebody else.
    """
    host = host_of(url)
    fitting = [
        (name, publisher.domain)
        for publisher in publishers
        if host.endswith(name := publisher.domain.partition("/")[0]) and host.removesuffix(name)[-1:] in {"", "."}
    ]
    if fitting:
        return max(fitting, key=lambda entry: len(entry[0]))[1]
    site = registrable_domain(host)
    return asked if site == registrable_domain(asked.partition("/")[0]) else site
