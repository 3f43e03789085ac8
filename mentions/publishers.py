"""Publishers as data: a site is a declaration, not code."""

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mentions.targets import Domain, Name, WebAddress

PagesPerNight = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)]]


class Politeness(BaseModel):
    """How gently a publisher is crawled. A robots.txt Crawl-delay that is longer always wins."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    delay_s: float = Field(default=1.0, ge=0.0, le=120.0)  # seconds between two requests to one host
    concurrency: int = Field(default=1, ge=1, le=8)  # requests under way at one host
    max_pages: int = Field(default=400, ge=1, le=100_000)  # pages fetched a night


class Publisher(BaseModel):
    """A site that publishes: where its new pages are announced, and what to expect of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    domain: Domain
    feeds: tuple[WebAddress, ...] = ()
    news_sitemaps: tuple[WebAddress, ...] = ()
    listings: tuple[WebAddress, ...] = ()
    listing_pattern: str | None = None  # regular expression a listing's article URLs match; None: learnt from the links
    crawl: tuple[WebAddress, ...] = ()  # where the industry spider starts; empty: the site is not crawled page by page
    language: str | None = None
    topics: tuple[Name, ...] = ()
    politeness: Politeness = Politeness()
    pages_per_night: PagesPerNight | None = None  # expected new pages; outside this range the run warns
    max_age_days: int = Field(default=30, ge=1)  # announced pages older than this are not fetched
    caveat: str | None = None  # what a person should know before writing to this publisher

    @model_validator(mode="after")
    def _has_a_source(self) -> "Publisher":
        if not (self.feeds or self.news_sitemaps or self.listings or self.crawl):
            raise ValueError(f"{self.name} has no source; give it feeds, news_sitemaps, listings or crawl")
        if self.pages_per_night and self.pages_per_night[0] > self.pages_per_night[1]:
            raise ValueError("pages_per_night is [at least, at most]; the first number is larger than the second")
        return self

    @property
    def max_age(self) -> timedelta:
        """How old an announced page may be and still be fetched."""
        return timedelta(days=self.max_age_days)
