"""The demo's sites as files: `sites/<host>/site.toml`, its templates, and one file per page with a TOML head."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

SITES_FOLDER = Path(__file__).parent / "sites"
_FENCE = "+++\n"


class Photo(BaseModel):
    """A picture as a content management system stores it; `name` chooses the drawing (see pictures.py)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    alt: str = ""
    caption: str = ""  # HTML
    credit: str = ""


class Comment(BaseModel):
    """What a reader wrote under an article, or a post of a forum thread. `text` is HTML."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str
    text: str
    signature: str = ""  # HTML


class DemoPage(BaseModel):
    """One page of a demo site: what it says, and how its server answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    path: str  # with query, as it stands in links
    title: str
    body: str = ""  # HTML, the article without its frame
    standfirst: str = ""
    kicker: str = ""
    author: str = ""
    author_bio: str = ""  # HTML
    section: str = ""
    days: int = 2  # published so many days before today
    minute: int = 480  # … at this minute of the day, UTC
    photo: Photo | None = None
    comments: tuple[Comment, ...] = ()
    tags: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()  # parts of the frame that only some pages of a site show
    announced: bool = True  # stands in the feeds, sitemaps and listings of its site
    robots: str = ""  # content of the robots meta tag
    template: str = "page.html"  # of the site's folder; "": the body is the whole page
    listing: bool = False  # shows what the site announces instead of an article
    status: int = 200
    location: str = ""  # where a redirect leads
    headers: Mapping[str, str] = {}
    content_type: str = "text/html; charset=utf-8"  # as declared, which may be wrong
    encoding: str = "utf-8"  # of the bytes
    delay_s: float = 0.0  # seconds before the answer
    trap: Literal["", "deep_divs", "huge"] = ""  # bytes made by traps.py instead of the template

    def published(self, today: date) -> datetime:
        """When the page says it was published, aware UTC; always before `today`, so that no clock matters."""
        return datetime.combine(today - timedelta(days=self.days), time(tzinfo=UTC)) + timedelta(minutes=self.minute)


class Feed(BaseModel):
    """Where a site announces its pages, and in which form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    form: Literal["rss", "atom", "news_sitemap", "sitemap_index", "sitemap", "alerts", "news_index", "not_a_feed"]
    pages: tuple[str, ...] = ()  # host and path of what a search service announces; empty: the site's own pages


class Section(BaseModel):
    """A part of a site with a listing of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    path: str


class Site(BaseModel):
    """One demo site. `pages` holds articles and listings; feeds and robots.txt are answered besides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    name: str
    language: str
    tagline: str = ""
    home_title: str = ""
    sections: tuple[Section, ...] = ()
    feeds: tuple[Feed, ...] = ()
    most_read: tuple[str, ...] = ()  # paths
    robots_txt: str = ""
    pages: tuple[DemoPage, ...] = ()
    static: Mapping[str, str] = {}  # scripts and what they fetch, by path

    @property
    def announced(self) -> tuple[DemoPage, ...]:
        """The articles that feeds and listings show, newest first."""
        return tuple(sorted((p for p in self.pages if p.announced), key=lambda p: (p.days, -p.minute)))

    def page(self, path: str) -> DemoPage | None:
        """The page at a path with query, None where the site has none."""
        return next((p for p in self.pages if p.path == path), None)


def announced_by(site: Site, feed: Feed) -> tuple[DemoPage, ...]:
    """The pages that a feed of the site announces: its own, or, of a search service, those of others."""
    if not feed.pages:
        return site.announced
    sites = load_sites()
    places = [place.partition("/") for place in feed.pages]
    return tuple(page for host, _, path in places if (page := sites[host].page(f"/{path}")))


@cache
def load_sites() -> Mapping[str, Site]:
    """Every demo site by host name, in alphabetical order."""
    folders = sorted(path.parent for path in SITES_FOLDER.glob("*/site.toml"))
    return {folder.name: _load_site(folder) for folder in folders}


def _load_site(folder: Path) -> Site:
    host = folder.name
    site = Site.model_validate({"host": host, **tomllib.loads((folder / "site.toml").read_text("utf-8"))})
    articles = [_load_page(host, path) for path in sorted((folder / "pages").glob("*.html"))]
    home = Section(name=site.home_title or site.name, path="/")
    listings = [
        DemoPage(host=host, path=part.path, title=part.name, section=part.name, announced=False, listing=True)
        for part in (home, *site.sections)
        if not any(page.path == part.path for page in articles)
    ]
    robots_txt = folder / "robots.txt"
    return site.model_copy(
        update={
            "pages": (*articles, *listings),
            "static": {f"/static/{path.name}": path.read_text("utf-8") for path in (folder / "static").glob("*")},
            "robots_txt": robots_txt.read_text("utf-8") if robots_txt.exists() else "",
        }
    )


def _load_page(host: str, path: Path) -> DemoPage:
    """A page file: `+++`, TOML, `+++`, the article's HTML."""
    _, head, body = path.read_text("utf-8").split(_FENCE, 2)
    return DemoPage.model_validate({"host": host, "body": body, **tomllib.loads(head)})
