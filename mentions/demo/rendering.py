"""Demo pages, feeds and sitemaps as the bytes a server sends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from functools import cached_property

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mentions.demo import traps
from mentions.demo.content import SITES_FOLDER, DemoPage, Feed, Site, announced_by, load_sites

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_TEASERS = 4


def format_day(day: date, language: str) -> str:
    """A date as a newspaper of that language prints it: 3 March 2026, 3. März 2026, 3 mars 2026, 2026年3月3日."""
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日"
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day}{'.' if language == 'de' else ''} {month} {day.year}"


@dataclass(frozen=True)
class Renderer:
    """Renders every site for one day and one port.

    Page files name sites without a port (`http://courier.example/…`); what is sent names the port, so that links
    between the sites work. `suffix` is put behind host names, for browsers that reach loopback by `*.localhost`.
    """

    port: int
    today: date
    suffix: str = ""

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(SITES_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        environment.filters |= {
            "day": format_day,
            "rfc822": format_datetime,
            "safe_html": Markup,
        }
        return environment

    @cached_property
    def _address(self) -> re.Pattern[str]:
        hosts = "|".join(re.escape(host) for host in load_sites())
        return re.compile(rf"(?<=//)({hosts})(?=[/\"'<\s])")

    def page(self, site: Site, page: DemoPage) -> bytes:
        """The bytes of a page, in its own encoding."""
        if page.trap:
            return {"deep_divs": traps.deep_divs, "huge": traps.huge}[page.trap](page.title, page.body)
        if page.template:
            text = self._environment.get_template(f"{site.host}/{page.template}").render(
                site=site,
                page=page,
                items=_items(site, page),
                published=page.published(self.today),
                dates=self._dates(site),
                teasers=_teasers(site, page),
                most_read=[found for path in site.most_read if (found := site.page(path))],
                today=self.today,
            )
        else:
            text = page.body
        return self._with_port(text).encode(page.encoding, "xmlcharrefreplace")

    def feed(self, site: Site, feed: Feed) -> bytes:
        """The bytes of a feed or sitemap that announces its pages, newest first."""
        template = self._environment.get_template(f"feeds/{feed.form}")
        pages = announced_by(site, feed)
        dates = {page.path: page.published(self.today) for page in pages}
        dates |= {page.host + page.path: page.published(self.today) for page in pages}
        newest = max(dates.values())
        text = template.render(site=site, feed=feed, pages=pages, dates=dates, newest=newest)
        return self._with_port(text).encode()

    def robots_txt(self, site: Site) -> bytes:
        """The bytes of the site's robots.txt."""
        return self._with_port(site.robots_txt).encode()

    def index(self) -> bytes:
        """A page that lists every site, for a person who opens the server without a host name."""
        template = self._environment.get_template("feeds/index")
        return self._with_port(template.render(sites=load_sites().values(), port=self.port)).encode()

    def _dates(self, site: Site) -> dict[str, datetime]:
        return {page.path: page.published(self.today) for page in site.pages}

    def _with_port(self, text: str) -> str:
        return self._address.sub(rf"\g<1>{self.suffix}:{self.port}", text)


def _items(site: Site, page: DemoPage) -> Sequence[DemoPage]:
    """What a listing shows: the whole site on its home page, a section's articles elsewhere."""
    if not page.listing:
        return ()
    return [item for item in site.announced if page.path == "/" or item.section == page.section]


def _teasers(site: Site, page: DemoPage) -> Sequence[DemoPage]:
    """Other articles of the site, its own section first: what a CMS puts under "Related"."""
    others = [other for other in site.announced if other.path != page.path and other.status == 200]
    return sorted(others, key=lambda other: other.section != page.section)[:_TEASERS]
