"""Contacts of one article's publisher looked for now, under the same rules and the same monthly budget as at night."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess

from mentions.config import Config
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.contact_looks import ContactLooks, asking
from mentions.crawling.exploring import QUIET
from mentions.crawling.failures import trouble_of
from mentions.crawling.ledger import Clock
from mentions.crawling.responses import page_from
from mentions.exceptions import FetchError, UnparsablePage
from mentions.outreach.contacts import FoundContact, Lead, PageContacts, Subject
from mentions.outreach.contacts.reading import read_contacts
from mentions.pages import Page
from mentions.publishers import Publisher
from mentions.searching import UndeclaredPublisher
from mentions.store import Store


@dataclass(slots=True)
class Looked:
    """What came of it."""

    contacts: tuple[FoundContact, ...] = ()  # who may be asked about the article now, the best first
    counts: dict[str, int] = field(default_factory=dict)  # as in a run
    problem: str | None = None  # why the article itself could not be read

    def count(self, key: str, publisher: str, times: int) -> None:
        """One more of `key`; there is one publisher only."""
        del publisher
        self.counts[key] = self.counts.get(key, 0) + times

    def or_error(self, url: str) -> "Looked":
        """Raises FetchError with a plain reason where the article could not be read."""
        if self.problem is not None:
            raise FetchError(f"{url}: {self.problem}")
        return self


class ContactSpider(Spider):
    """Reads the article again, and then a few pages of its site. Everything is asked for in place."""

    name = "contacts"

    def __init__(self, url: str, publisher: str, config: Config, store: Store, clock: Clock, looked: Looked) -> None:
        super().__init__()
        self._url, self._config, self._store, self._clock, self._looked = url, config, store, clock, looked
        self._publisher = config.publisher(publisher) or UndeclaredPublisher.at(publisher, config.elsewhere)

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy begins here; no request is handed over."""
        ask = asking(self.crawler)
        looks = ContactLooks(self._store, self._read, ask, self._clock, self._looked.count)
        try:
            response = await ask(self._url)
        except Exception as error:  # noqa: BLE001  # whatever kept it from us has a plain word in trouble_of
            self._looked.problem = trouble_of(error).reason
            return
        if not 200 <= response.status < 300:
            self._looked.problem = f"the site answered {response.status}"
            return
        page = page_from(response, self._clock())
        self._looked.contacts = await looks.for_article(page, self._publisher, seen_at=self._clock(), look_further=True)
        return
        yield  # makes this an asynchronous generator, as Scrapy wants it

    async def _read(self, page: Page, publisher: Publisher, lead: Lead | None) -> tuple[PageContacts, Subject]:
        ours = frozenset(domain for target in self._config.targets for domain in target.domains)
        try:
            return read_contacts(page, ours=ours, publisher=publisher, lead=lead)
        except UnparsablePage:
            return PageContacts(), Subject(page.url, None)


def look_for_contacts(url: str, publisher: str, config: Config, store: Store, *, clock: Clock) -> Looked:
    """Reads the article at `url` again, and as many further pages of its site as the month's budget leaves.

    Once a process: Twisted's reactor cannot be started again. Raises FetchError where the article cannot be read.
    """
    looked = Looked()
    process = AsyncCrawlerProcess(crawl_settings(config, QUIET))
    process.crawl(ContactSpider, url=url, publisher=publisher, config=config, store=store, clock=clock, looked=looked)
    process.start()
    return looked.or_error(url)
