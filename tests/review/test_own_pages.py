"""Our own pages at the desk: what is gone, who links where, and hostile words that stay words."""

from datetime import timedelta

import pytest

from mentions.destinations import Destination
from mentions.extraction.article import Link, Zone
from mentions.findings import JudgedLink, Verdict
from mentions.links import LinkKind
from mentions.own_pages.site import LinkingPage, SiteCrawl, SitePage
from mentions.store import Store
from mentions.targets import Target
from tests.review.conftest import NOW, Browser
from tests.store.building import COURIER, finding, found, outcome

LOST, STUDY = "https://quillon.example/reports/2025", "https://quillon.example/reports/2026"
HOSTILE = '"><script>alert(1)</script>\u202eevil'


@pytest.fixture(autouse=True)
def known(store: Store) -> None:
    """A page of ours that is gone and linked, and one that no other page of ours links to."""
    quillon = Target(name="Quillon Robotics", domains=("quillon.example",))
    store.register([quillon], [COURIER], NOW)
    run = store.start_run("nightly", NOW)
    store.add_found([found(1), found(2)])
    links = {1: (LOST, HOSTILE), 2: (STUDY, "the study of 2026")}
    for number, (address, anchor) in links.items():
        made = Link(address, address, address, LinkKind.WEB, anchor, (), Zone.BODY, 0, 4)
        judged = finding(Verdict.LINKED, target=quillon.name, links=(JudgedLink(made, ours=True, rel=()),))
        store.save_outcomes(run, [outcome(number, judged, at=NOW - timedelta(days=number))])
    store.save_destinations([Destination(LOST, True, NOW, LOST, 404, "not found (HTTP 404)", 1, NOW)])
    alone = SitePage(STUDY, 200, None, None, None, False, "Grippers 2026", None, 0, 0, 3, 4, ())
    home = SitePage(
        "https://quillon.example/", 200, None, None, None, False, "Quillon", 0, 1, 0, 0, 0,
        (LinkingPage(STUDY, HOSTILE, in_article=True),),
    )  # fmt: skip
    store.save_own_site(SiteCrawl(NOW, 2, 5), [home, alone])


def test_what_is_gone_comes_first_with_what_it_costs(browser: Browser) -> None:
    page = browser.get("/pages").text
    assert "1 page gone, and with it the links from 1 domain" in page
    assert page.index("reports/2025") < page.index("reports/2026")
    assert "links end on a page that no other page of yours links to" in page
    assert "read 2 pages and left 5" in page
    assert 'href="/pages" aria-current' in page or "Your pages</a>" in page


def test_one_page_says_who_links_and_what_could_stand_in(browser: Browser) -> None:
    page = browser.get("/pages/one", params={"url": LOST}).text
    assert "not found (HTTP 404)" in page
    assert f'href="{STUDY}"' in page
    assert "courier.example" in page
    assert "too few for shares" in page


def test_hostile_words_stay_words_f17(browser: Browser) -> None:
    for params in ({"url": LOST}, {"url": "https://quillon.example/"}):
        page = browser.get("/pages/one", params=params).text
        assert "<script>alert" not in page
        assert "\u202e" not in page
        assert "[U+202E]" in page


def test_an_address_that_is_not_ours_is_not_there(browser: Browser) -> None:
    assert browser.get("/pages/one", params={"url": "https://evil.test/"}).status_code == 404
    assert browser.get("/pages/one").status_code == 404
    assert browser.get("/pages/one", params={"url": "javascript:alert(1)"}).status_code == 404
