"""Publishers as data: a site is a declaration, not code."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mentions.targets import Domain, Name, WebAddress

PagesPerNight = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)]]


class SourceKind(StrEnum):
    """By which kind of source a page was found."""

    FEED = "feed"
    NEWS_SITEMAP = "news_sitemap"
    SITEMAP = "sitemap"  # a plain sitemap: addresses with the day of their last change
    LISTING = "listing"
    CRAWL = "crawl"  # a link on a page of a site that is crawled page by page
    SEARCH = "search"  # a feed of search results for one target
    GDELT = "gdelt"  # GDELT's index of news, asked for one target
    LIST = "list"  # a list of URLs given by a person
    ARCHIVE = "archive"  # a WARC file


class Politeness(BaseModel):
    """How gently a publisher is crawled. A robots.txt Crawl-delay that is longer always wins."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    delay_s: float = Field(default=1.0, ge=0.0, le=120.0)
    """Seconds between two requests to one host."""
    concurrency: int = Field(default=1, ge=1, le=8)
    """Requests under way at one host."""
    max_pages: int = Field(default=400, ge=1, le=100_000)
    """Pages fetched a night, at most."""
    max_mb: int = Field(default=500, ge=1, le=1_000_000)
    """Megabytes of pages fetched a night, at most."""
    max_minutes: int = Field(default=240, ge=1, le=1_440)
    """Minutes a night that its pages are asked for, counted from the first one, at most."""


class Publisher(BaseModel):
    """A site that publishes: where its new pages are announced, and what to expect of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: Name
    """As the publisher calls itself."""
    domain: Domain
    """Its registrable domain; the publisher's identity."""
    feeds: tuple[WebAddress, ...] = ()
    """RSS, Atom or JSON feeds."""
    news_sitemaps: tuple[WebAddress, ...] = ()
    """Google-News sitemaps, or sitemap indexes of them."""
    sitemaps: tuple[WebAddress, ...] = ()
    """Plain sitemaps, or indexes of them; read for what changed within `max_age_days`."""
    listings: tuple[WebAddress, ...] = ()
    """Pages that list new articles: a section's front, a topic page."""
    listing_pages: int = Field(default=3, ge=1, le=50)
    """Pages of one listing that are turned (page 2, "older posts") a night, as long as each shows something new."""
    listing_pattern: str | None = None
    """Regular expression that the article addresses of a listing match. Default: learnt from the page's links."""
    crawl: tuple[WebAddress, ...] = ()
    """Where the industry spider starts. Empty: the site is not walked page by page."""
    language: str | None = None
    """Language of its pages where they do not say."""
    topics: tuple[Name, ...] = ()
    """What it writes about; "press wire" marks a wire whose releases are not asked about."""
    politeness: Politeness = Politeness()
    """How gently it is crawled."""
    untrusted_certificate: bool = False
    """Fetch its pages although its certificate cannot be trusted. Someone on the way may have changed them."""
    pages_per_night: PagesPerNight | None = None
    """Expected new pages a night, [at least, at most]; outside this range the run warns."""
    max_age_days: int = Field(default=30, ge=1)
    """Announced pages older than this are not fetched."""
    render: Literal["shells", "always", "never"] = "shells"
    """Which of its pages are rendered by a browser: those whose text scripts draw, all of them, or none."""
    caveat: str | None = None
    """What a person should know before writing to this publisher."""

    def require_a_source(self) -> None:
        """Raises ValueError where nothing is declared by which pages could be found."""
        if not (self.feeds or self.news_sitemaps or self.sitemaps or self.listings or self.crawl):
            raise ValueError(
                f"{self.name} has no source; give it feeds, news_sitemaps, sitemaps, listings or crawl "
                f"(`mentions publisher add https://{self.domain}/` finds them)"
            )

    @model_validator(mode="after")
    def _makes_sense(self) -> "Publisher":
        self.require_a_source()
        if self.pages_per_night and self.pages_per_night[0] > self.pages_per_night[1]:
            raise ValueError("pages_per_night is [at least, at most]; the first number is larger than the second")
        if self.listing_pattern is not None:
            try:
                re.compile(self.listing_pattern)
            except re.error as error:
                raise ValueError(
                    f"listing_pattern {self.listing_pattern!r} is not a regular expression: {error}"
                ) from error
        return self

    @property
    def max_age(self) -> timedelta:
        """How old an announced page may be and still be fetched."""
        return timedelta(days=self.max_age_days)
