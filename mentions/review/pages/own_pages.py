"""Our own pages: are they there, who links to them, with which words, and how our own site links them."""

from typing import Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.inbound import profiles, referrers
from mentions.inbound.profiles import ENOUGH_DOMAINS
from mentions.own_pages.overview import PageStanding
from mentions.own_pages.reading import read_own_pages
from mentions.review.forms import view
from mentions.review.responses import desk_of, page
from mentions.urls import canonical_url

MOST_SHOWN: Final = 200  # pages or domains on one page of the desk; `mentions pages` and `mentions links` show all


def own_pages(request: Request) -> Response:
    """The pages of ours that others link to or that drafts ask for, those that are gone first."""
    desk = desk_of(request)
    found, site = read_own_pages(desk.store, desk.config)
    gone = [each for each in found if each.standing is PageStanding.GONE]
    return page(
        request,
        "own_pages.html",
        pages=[(each, own_page_url(each.url)) for each in found[:MOST_SHOWN]],
        more=max(0, len(found) - MOST_SHOWN),
        gone=gone,
        domains_lost=len({link.publisher for each in gone for link in each.links if link.stands}),
        isolated=[each for each in found if each.site and each.site.isolated],
        crawl=site.crawl if site else None,
    )


def own_page(request: Request) -> Response:
    """One page of ours, by its address in `url`."""
    desk, url = desk_of(request), canonical_url(request.query_params.get("url", ""))
    found, site = read_own_pages(desk.store, desk.config, linked=url)
    shown = next((each for each in found if each.url == url), None)
    if shown is None:
        raise HTTPException(404, "No page of yours with that address is known.")
    domains = referrers(shown.links)
    return page(
        request,
        "own_page.html",
        own=shown,
        crawl=site.crawl if site else None,
        domains=domains[:MOST_SHOWN],
        more=max(0, len(domains) - MOST_SHOWN),
        profile=next(iter(profiles(shown.links, desk.config.targets)), None),
        enough=ENOUGH_DOMAINS,
    )


def own_page_url(url: str) -> str:
    """The address on the desk of one page of ours."""
    return f"/pages/one?{urlencode({'url': url})}"


routes = [view("/pages", own_pages), view("/pages/one", own_page)]
