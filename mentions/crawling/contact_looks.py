"""Contacts for articles worth asking about: read off the article's page, then off a few further pages of its site.

Each look is a request like any other: robots.txt, address guard, the host's own pace. At most five a site and month
(mentions.outreach.contacts.looking), remembered in the store, so that the next night does not ask again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from mentions.analysis import Analysis
from mentions.assessments import Contact, Level
from mentions.crawling.analysts import AnalystStumbled
from mentions.crawling.failures import trouble_of
from mentions.crawling.job import Job
from mentions.crawling.ledger import Clock
from mentions.crawling.responses import page_from
from mentions.outreach.contacts import FoundContact, Lead, PageContacts, Subject, ranked
from mentions.outreach.contacts.looking import next_lead
from mentions.pages import Page
from mentions.publishers import Publisher
from mentions.store import Store
from mentions.urls import host_of, registrable_domain

WAIT_S: Final = 60.0  # that an article waits for one further page; a site that lets wait longer is asked next month

Ask = Callable[[str], Awaitable[Response]]
Count = Callable[[str, str, int], None]  # key, publisher, times
Read = Callable[[Page, Publisher, Lead | None], Awaitable[tuple[PageContacts, Subject]]]


class ContactLooks:
    """Finds contacts for one crawler. One publisher is looked at by one article at a time: its budget is shared."""

    def __init__(self, store: Store, read: Read, ask: Ask, clock: Clock, count: Count) -> None:
        self._store, self._read, self._ask, self._clock, self._count = store, read, ask, clock, count
        self._turn: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._tasks: set[asyncio.Future[Any]] = set()  # kept, or asyncio may forget what nobody waits for any more

    async def for_article(
        self,
        page: Page,
        publisher: Publisher,
        *,
        seen_at: datetime,
        look_further: bool,
        published: tuple[PageContacts, Subject] | None = None,
    ) -> tuple[FoundContact, ...]:
        """Who may be asked about the article, the best first; everything found is in the store by then.

        `look_further` False: no other page is asked for. `published`: what the page says, where it was read already.
        Raises StoreError.
        """
        found, subject = published or await self._read(page, publisher, None)
        domain = publisher.domain
        async with self._turn[domain]:
            self._save(domain, found, seen_at)
            known = self._known(domain)
            while look_further and (lead := next_lead(self._leads(domain), known, subject)):
                await self._look(lead, publisher)
                known = self._known(domain)
        return ranked(known, subject)

    def _known(self, domain: str) -> list[FoundContact]:
        return [stored.contact for stored in self._store.contacts_of(domain)]

    def _leads(self, domain: str) -> Sequence[Lead]:
        return self._store.leads_left(domain, self._clock())

    def _save(self, domain: str, found: PageContacts, seen_at: datetime) -> None:
        if found.contacts or found.leads:
            self._count("contacts/new", domain, self._store.save_published(domain, found, seen_at))

    async def _look(self, lead: Lead, publisher: Publisher) -> None:
        """One further page. Whatever goes wrong is that page's matter, and noted."""
        problem, found = await self._contacts_at(lead, publisher)
        if problem is None:
            self._save(publisher.domain, found, self._clock())
        self._count("contacts/pages" if problem is None else "contacts/pages_failed", publisher.domain, 1)
        self._store.save_contact_look(
            publisher.domain,
            lead.url,
            now=self._clock(),
            problem=problem,
            contacts_found=None if problem else len(found.contacts),
        )

    async def _contacts_at(self, lead: Lead, publisher: Publisher) -> tuple[str | None, PageContacts]:
        task = asyncio.ensure_future(self._ask(lead.url))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        try:
            async with asyncio.timeout(WAIT_S):
                response = await asyncio.shield(task)
        except TimeoutError:
            return f"it did not answer within {WAIT_S:.0f} seconds", PageContacts()
        except Exception as error:  # noqa: BLE001  # whatever kept it from us has a plain word in trouble_of
            return trouble_of(error).reason, PageContacts()
        if not 200 <= response.status < 300:
            return f"the site answered {response.status}", PageContacts()
        if registrable_domain(host_of(response.url)) != registrable_domain(host_of(lead.url)):
            return "it leads to another site", PageContacts()
        try:
            found, _ = await self._read(page_from(response, self._clock()), publisher, lead)
        except AnalystStumbled as error:
            return f"a mistake of ours: {error.kind}", PageContacts()
        return None, found

    def _done(self, task: "asyncio.Future[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # asked for, so that asyncio does not complain about one that nobody waited for


def with_contact(analysis: Analysis, best: FoundContact | None) -> Analysis:
    """The analysis whose findings worth asking about go to `best`; as it is where nobody has an address."""
    if best is None or best.address is None:
        return analysis
    contact = Contact(best.address, best.name, best.source_url, best.why)
    findings = tuple(
        (finding, assessment if assessment.level is Level.SKIP else replace(assessment, contact=contact))
        for finding, assessment in analysis.findings
    )
    return replace(analysis, findings=findings)


def asking(crawler: Crawler) -> Ask:
    """How this crawler asks for a page: every middleware of the crawl stands in the way."""

    async def ask(url: str) -> Response:
        request = Request(url, callback=NO_CALLBACK, dont_filter=True)
        response: Response = await crawler.engine.download_async(request)
        return response

    return ask


class JobContacts:
    """The contacts of one crawler within its run."""

    def __init__(self, job: Job, crawler: Crawler) -> None:
        self._job = job
        self._looks = ContactLooks(job.store, job.analysts.contacts, asking(crawler), job.clock, self._count)

    def _count(self, key: str, publisher: str, times: int) -> None:
        self._job.ledger.count(key, publisher, times=times)

    async def found(self, page: Page, publisher: Publisher, analysis: Analysis) -> Analysis:
        """The analysis with the best contact that is known for its article; counted in the run."""
        live = page.fetched_at is None or page.fetched_at >= self._job.started_at  # else out of an archive
        contacts = await self._looks.for_article(
            page,
            publisher,
            seen_at=page.fetched_at or self._job.clock(),
            look_further=live and publisher.domain in self._job.visited,
            published=analysis.published,
        )
        return with_contact(analysis, next((contact for contact in contacts if contact.address), None))
