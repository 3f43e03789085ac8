"""The queue page: what it shows, its links, its forms, and strangers' words in it (C-01 … C-10)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest

from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.pages import UNSEEN, PageState
from mentions.review.desk import Desk
from mentions.review.marking import Marked, marked, spoken
from mentions.review.queue_links import back_to_queue, next_after
from mentions.review.visitors import Visitor
from mentions.roles import Role
from mentions.store import Store
from mentions.store.records import OpportunityState, RunState
from mentions.workflow import Decision, Move
from tests.review.conftest import NOW, Browser
from tests.review.harmless import ALL, HOSTILE, harmful
from tests.store.finds import add_find, tables

ADA = Visitor("ada", Role.REVIEWER)


@pytest.fixture
def finds(store: Store, desk: Desk) -> Store:
    """Five finds, of which three wait."""
    with tables(desk.config.store_url) as connection:
        add_find(connection, 1, priority=80, title="Cranes at night", address="desk@courier.example")
        add_find(connection, 2, priority=90, title="Small harbours", verdict=Verdict.OUTSIDE, level=Level.HOLD)
        add_find(connection, 3, priority=70, target="Orbit", publisher="atlas.example", publisher_name="The Atlas")
        add_find(connection, 4, state=OpportunityState.SENT, sent_at=NOW)
        add_find(connection, 5, snoozed_until=NOW + timedelta(days=3))
    return store


def order(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<tr role="row" data-key-row id="find-(\d+)"', html)]


def links(html: str) -> Iterator[str]:
    return (unescape(found) for found in re.findall(r'href="([^"]*)"', html))


def test_the_queue_shows_what_waits_the_most_worth_first(finds: Store, browser: Browser) -> None:
    answer = browser.get("/opportunities")
    assert answer.status_code == 200
    assert order(answer.text) == [2, 1, 3]
    assert "<title>3 finds waiting for you" in answer.text
    assert "<mark>Acme Robotics</mark> builds them." in answer.text
    assert 'new <span class="tally">3</span>' in answer.text
    assert 'outside <span class="tally">1</span>' in answer.text


def test_a_row_says_why_a_person_decides_first(store: Store, desk: Desk, browser: Browser) -> None:
    with tables(desk.config.store_url) as connection:
        add_find(connection, 1, level=Level.HOLD, level_reasons=["it may be <b>bad news</b>", "and an old one"])
        add_find(connection, 2, level=Level.ASK_AFTER_FIX)
        add_find(connection, 3)
    html = browser.get("/opportunities").text
    assert "about Acme Robotics · a person decides first: <bdi>it may be &lt;b&gt;bad news&lt;/b&gt;</bdi></p>" in html
    assert "about Acme Robotics · ask after a fix of ours</p>" in html
    assert "about Acme Robotics</p>" in html


@pytest.mark.parametrize("state", PageState)
def test_a_row_says_that_its_verdict_is_older_than_what_hides_the_page(
    store: Store, desk: Desk, browser: Browser, state: PageState
) -> None:
    with tables(desk.config.store_url) as connection:
        add_find(connection, 1, page_state=state)
    html = browser.get("/opportunities").text
    words = UNSEEN.get(state)
    assert ("; judged as it was on" in html) == (words is not None)
    assert words is None or f"{words[:1].upper()}{words[1:]}; judged as it was on" in html


def test_filters_stand_in_the_address_and_on_chips_that_take_them_away(finds: Store, browser: Browser) -> None:
    html = browser.get("/opportunities?target=Orbit&text=robots").text
    assert order(html) == [3]
    assert "/opportunities?target=Orbit" in links(html), "without the words"
    assert "/opportunities?text=robots" in links(html), "without the target"
    assert '<option value="Orbit" selected>' in html
    assert 'name="text" value="robots"' in html


def test_a_find_is_opened_with_the_queue_it_came_from(finds: Store, browser: Browser, desk: Desk) -> None:
    html = browser.get("/opportunities?sort=newest&text=robots").text
    opened = next(link for link in links(html) if link.startswith("/opportunities/3?"))
    assert opened.startswith("/opportunities/3?text=robots&sort=newest&at=")
    query = opened.partition("?")[2]
    assert order(browser.get(back_to_queue(query)).text)[0] == 3, "back at the find"


def test_save_and_next_goes_through_the_queue_and_ends(finds: Store, browser: Browser, desk: Desk) -> None:
    html = browser.get("/opportunities").text
    url = next(link for link in links(html) if link.startswith("/opportunities/2"))
    seen = []
    while url:
        number = int(re.findall(r"\d+", url)[0])
        seen.append(number)
        desk.store.decide(number, Decision(Move.IGNORE, reason="not news"), by="ada", now=NOW)
        url = next_after(desk, ADA, url.partition("?")[2], number) or ""
    assert seen == [2, 1, 3], "each once, though each left the queue when it was decided"


def test_the_next_find_of_one_that_was_opened_by_its_address(finds: Store, desk: Desk) -> None:
    assert (next_after(desk, ADA, "", 2) or "").startswith("/opportunities/1?at=80")
    assert (next_after(desk, ADA, "sort=nonsense&at=~", 4) or "").startswith("/opportunities/2?at=90")


def test_a_page_ends_where_the_next_begins(store: Store, browser: Browser, desk: Desk) -> None:
    with tables(desk.config.store_url) as connection:
        for number in range(1, 121):
            add_find(connection, number, priority=number % 7, title=f"Find {number}")
    seen: list[int] = []
    url: str | None = "/opportunities?text=find"
    while url:
        html = browser.get(url).text
        seen += order(html)
        later = re.search(r'rel="next" href="([^"]*)"', html)
        url = unescape(later[1]) if later else None
    assert len(seen) == 120
    assert sorted(seen) == list(range(1, 121))
    earlier = re.search(r'rel="prev" href="([^"]*)"', html)
    assert earlier
    assert order(browser.get(unescape(earlier[1])).text) == seen[50:100]


@pytest.mark.parametrize("query", ["verdict=lovely", "after=1;2", "sort=random()", "state=%00", "contact=2"])
def test_a_filter_that_cannot_be_is_refused_in_plain_words(browser: Browser, query: str) -> None:
    answer = browser.get(f"/opportunities?{query}")
    assert answer.status_code == 400
    assert "opportunities" in answer.text


def test_nothing_waits_tells_what_the_last_run_did(store: Store, browser: Browser) -> None:
    run = store.start_run("nightly", NOW - timedelta(hours=5))
    store.finish_run(run, RunState.FINISHED, NOW, {"pages/fetched": 1204, "pages/judged": 1}, {}, [])
    html = " ".join(browser.get("/opportunities").text.split())
    assert "Nothing to review" in html
    assert "read 1,204 pages; 1 page of them named you" in html


def test_an_empty_store_says_what_brings_finds(browser: Browser) -> None:
    assert "Nothing was found yet" in browser.get("/opportunities").text


def test_filters_that_fit_nothing_can_be_taken_away(finds: Store, browser: Browser) -> None:
    html = browser.get("/opportunities?target=Orbit&verdict=outside").text
    assert "No find matches these filters" in html
    assert {"/opportunities?verdict=outside", "/opportunities?target=Orbit"} <= set(links(html))


def test_a_view_is_kept_shown_and_removed(finds: Store, browser: Browser) -> None:
    kept = browser.submit("/views", {"query": "target=Orbit&sort=newest", "name": "Orbit", "shared": "1"})
    assert (kept.status_code, kept.headers["location"]) == (303, "/opportunities?target=Orbit&sort=newest")
    html = browser.get("/opportunities").text
    assert "/opportunities?target=Orbit&sort=newest" in links(html)
    number = re.findall(r'action="/views/(\d+)/remove"', html)[0]
    assert browser.submit(f"/views/{number}/remove").status_code == 303
    assert f"/views/{number}/remove" not in browser.get("/opportunities").text


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "x" * 61}, {"name": "ok", "query": "verdict=lovely"}])
def test_a_view_that_cannot_be_is_refused(browser: Browser, fields: dict[str, str]) -> None:
    assert browser.submit("/views", {"query": "", **fields}).status_code == 400


def test_strangers_words_are_words(store: Store, browser: Browser, desk: Desk) -> None:
    """C-01 … C-06, C-08, C-09: in headline, sentence, name, publisher, target, view and search."""
    with tables(desk.config.store_url) as connection:
        add_find(
            connection,
            1,
            title=ALL,
            sentence=f"{ALL} Acme",
            matched="Acme",
            publisher_name=ALL,
            target=ALL,
            language='en" onload="x',
            assigned_to=None,
        )
        add_find(connection, 2, title=HOSTILE["bidi"], sentence=ALL, matched=HOSTILE["quote"])
    store.save_view(HOSTILE["element"], "state=any", by="ada", shared=True, now=NOW)
    for path in ("/opportunities", "/opportunities?text=%3Cscript%3E", "/opportunities?target=%22%3E%3Cimg"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert harmful(answer.text) == []
    assert "[U+202E]" in browser.get("/opportunities").text, "what turns the reading direction is made visible"


@pytest.mark.parametrize(
    ("text", "name", "parts"),
    [
        ("We like Acme.", "Acme", Marked("We like ", "Acme", ".")),
        ("Acmeology by Acme", "Acme", Marked("Acmeology by ", "Acme", "")),
        ("ACME wins", "Acme", Marked("", "ACME", " wins")),
        ("Acmes all over", "Acme", Marked("", "Acme", "s all over")),
        ("Nobody", "Acme", Marked("Nobody", "", "")),
        (None, "Acme", Marked("", "", "")),
        ("A (b", "(b", Marked("A ", "(b", "")),
    ],
)
def test_the_name_is_marked_where_it_stands_as_a_word(text: str | None, name: str, parts: Marked) -> None:
    assert marked(text, name) == parts


@pytest.mark.parametrize(
    ("written", "read"), [("en", "en"), ("de_AT", "de-at"), (None, None), ("english!", None), ('en" x', None)]
)
def test_a_language_is_said_only_where_it_is_one(written: str | None, read: str | None) -> None:
    assert spoken(written) == read
