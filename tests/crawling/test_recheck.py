"""Looking again, from the spider to the history: a small site that changes from day to day, and a clock of our own."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mentions.config import Config, load_config
from mentions.pages import PageState
from mentions.rechecking.wanted import Wanted
from mentions.rechecking.words import Sight, Truth
from mentions.store import Store, open_store
from mentions.store.records import RunSummary
from mentions.workflow import Decision, Move, OpportunityState
from spiders.news import NewsSpider
from tests.crawling.changing import HOST, Changing, at, missing, tale
from tests.crawling.newsweb import LINKED, NAMELESS, UNLINKED, query, write_config
from tests.hostile_web import Answer, Web

pytestmark = pytest.mark.asyncio(loop_scope="session")

State = OpportunityState
NOFOLLOW = LINKED.replace("<a ", '<a rel="nofollow" ')


def paywall() -> Answer:
    """A teaser without our name, and the publisher's word that the rest is for subscribers."""
    said = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    return Answer(f"<!doctype html><title>Cranes</title>{said}<article><h1>Cranes</h1><p>The harbour …</p>".encode())


def soft_404() -> Answer:
    return Answer(b"<!doctype html><title>Page not found - Courier</title><h1>Oops</h1><p>This page is gone.</p>")


@dataclass
class Office:
    """The site, its configuration, and the people who work with what is found."""

    news: Changing
    config: Config
    store: Store

    async def found(self) -> RunSummary:
        """Day 0: everything the feed announces is judged and drafted."""
        return await self.news.night(self.config, 0, spiders=(NewsSpider,), drafting=True)

    def number(self, path: str) -> int:
        """The opportunity about the article at that path."""
        sql = (
            "SELECT o.id FROM opportunity o JOIN finding f ON f.id = o.finding_id JOIN page p ON p.id = f.page_id"
            f" WHERE p.url LIKE '%{path}'"
        )
        return int(query(self.config, sql)[0][0])

    def send(self, path: str) -> int:
        """Somebody approves the draft, and sends it at noon of day 0."""
        number = self.number(path)
        self.store.edit_draft(
            number,
            subject="A link?",
            body="Dear editor",
            to_address=f"desk@{HOST}",
            to_name=None,
            by="kim",
            now=at(0.1),
        )
        self.store.decide(number, Decision(Move.APPROVE), by="kim", now=at(0.2), strict=False)
        self.store.decide(number, Decision(Move.SENT), by="kim", now=at(0.3))
        return number

    def kinds(self, number: int) -> list[str]:
        """What looks wrote into its history."""
        return [
            event.kind
            for event in reversed(self.store.what_happened(since=at(0), limit=99))
            if event.opportunity_id == number
        ]

    def page_state(self, path: str) -> str:
        return str(query(self.config, f"SELECT state FROM page WHERE url LIKE '%{path}'")[0][0])


@pytest.fixture
def office(tmp_path: Path, reactor: None) -> Iterator[Office]:
    news = Changing()
    with Web(news.routes) as web:
        path = write_config(tmp_path, web.port)
        with path.open("a", encoding="utf-8") as file:
            file.write("[looks]\nmax_a_night = 0\n")  # of our own pages, which are not served here
        config = load_config(path)
        store = open_store(config.store_url, key=config.store_key)
        yield Office(news, config, store)
        store.close()


async def test_a_link_comes_is_marked_and_goes(office: Office) -> None:
    path = office.news.page(
        "/2026/11/20/cranes-stand-still",
        {0: tale(1, UNLINKED), 2: tale(1, LINKED), 4: tale(1, NOFOLLOW), 6: tale(1, UNLINKED)},
    )
    first = await office.found()
    assert "rechecks/looks" not in +Counter(first.counts), "finding an article is not looking at it again"
    number = office.send(path)
    runs = [await office.news.night(office.config, day) for day in range(1, 9)]
    assert office.kinds(number) == ["reclaimed", "link changed", "link lost"]
    assert office.store.standing(number).state is State.NEW
    assert [look.truth for look in reversed(office.store.looks(number))] == [
        Truth.UNLINKED,  # when it was found; day 1 after the email ends on the second night
        *[Truth.LINKED] * 2,
        *[Truth.QUALIFIED] * 2,
        *[Truth.UNLINKED] * 2,
        Truth.UNLINKED,  # a day after it was lost: it may have come back by itself
    ]
    lost = runs[6].counts
    assert (lost["rechecks/looks"], lost["rechecks/link_lost"]) == (1, 1)
    assert runs[2].counts["pages/unchanged"] == 1, "a 304 is a look, and keeps the truth"
    await office.news.night(office.config, 8.5, spiders=(NewsSpider,), drafting=True)
    draft = office.store.draft_of(number)
    assert draft is not None
    assert (draft.draft.template, draft.draft.follow_up) == ("link_lost/en", 0), "asked for again, as the gate allows"
    assert office.store.standing(number).state is State.DRAFTED


async def test_what_cannot_be_seen_and_what_is_gone(office: Office) -> None:
    """G-12: paywall, block and a server that is down; a 404, an error page sent as 200, a way back to the front."""
    stories = {
        "/2026/11/20/behind-a-paywall": {0: tale(1, UNLINKED), 1: tale(1, LINKED), 3: paywall()},
        "/2026/11/20/blocked": {0: tale(2, UNLINKED), 1: tale(2, LINKED), 3: Answer(b"no", 403)},
        "/2026/11/20/server-down": {0: tale(3, UNLINKED), 1: tale(3, LINKED), 3: Answer(b"oops", 500)},
        "/2026/11/20/not-found": {0: tale(4, UNLINKED), 1: tale(4, LINKED), 3: missing()},
        "/2026/11/20/not-found-as-200": {0: tale(5, UNLINKED), 1: tale(5, LINKED), 3: soft_404()},
        "/2026/11/20/back-to-the-front": {
            0: tale(6, UNLINKED),
            1: tale(6, LINKED),
            3: Answer(b"", 302, (("Location", "/"),)),
        },
    }
    office.news.stories["/"] = lambda _: tale(9, NAMELESS)
    paths = [office.news.page(path, answers) for path, answers in stories.items()]
    await office.found()
    numbers = [office.send(path) for path in paths]
    for day in range(1, 7):
        await office.news.night(office.config, day)
    unseen, gone = numbers[:3], numbers[3:]
    for number in unseen:
        watched = office.store.watched(number)
        assert (watched.truth, watched.gone_at, office.store.standing(number).state) == (
            Truth.LINKED,
            None,
            State.RECLAIMED,
        )
        assert watched.last_good_at is not None
        assert watched.last_good_at < at(3), "the last truth, with its age"
    assert [office.kinds(number) for number in unseen] == [
        ["reclaimed", "unverifiable"],
        ["reclaimed", "unverifiable"],
        ["reclaimed"],
    ]
    assert [office.page_state(path) for path in paths[:3]] == ["paywalled", "blocked", "live"]
    assert [office.kinds(number) for number in gone] == [["reclaimed", "page gone"]] * 3
    assert [office.page_state(path) for path in paths[3:]] == [PageState.GONE.value] * 3


async def test_a_sentence_that_was_cut_and_an_article_that_was_rewritten(office: Office) -> None:
    cut = office.news.page("/2026/11/20/cut-sentence", {0: tale(1, UNLINKED), 2: tale(1, NAMELESS)})
    new = office.news.page("/2026/11/20/another-text", {0: tale(2, UNLINKED), 2: tale(7, NAMELESS)})
    nameless = 'The machines come from <a href="https://acme.example/">this maker</a>.'
    kept = office.news.page(
        "/2026/11/20/link-without-name", {0: tale(3, UNLINKED), 2: tale(3, LINKED), 4: tale(3, nameless)}
    )
    await office.found()
    numbers = [office.send(path) for path in (cut, new, kept)]
    for day in range(1, 8):
        await office.news.night(office.config, day)
    whys = [
        str(event.detail.get("why"))
        for event in office.store.what_happened(since=at(0), limit=99)
        if event.kind == "mention removed"
    ]
    assert sorted(whys) == ["article rewritten", "mention removed"]
    assert office.kinds(numbers[2]) == ["reclaimed"], "the name went, the link stands"
    assert office.store.watched(numbers[2]).truth is Truth.LINKED


async def test_an_approved_draft_whose_article_links_by_now_is_not_handed_off(office: Office) -> None:
    """G-11."""
    path = office.news.page("/2026/11/20/cranes-stand-still", {0: tale(1, UNLINKED), 1: tale(1, LINKED)})
    await office.found()
    number = office.number(path)
    office.store.edit_draft(
        number, subject="A link?", body="Dear editor", to_address=f"desk@{HOST}", to_name=None, by="kim", now=at(0.1)
    )
    office.store.decide(number, Decision(Move.APPROVE), by="kim", now=at(0.2), strict=False)
    await office.news.night(office.config, 1)
    assert office.store.to_hand_off() == []
    assert (office.kinds(number), office.store.standing(number).state) == (["linked without contact"], State.RECLAIMED)


async def test_only_what_was_asked_for(office: Office) -> None:
    paths = [office.news.page(f"/2026/11/20/story-{n}", {0: tale(n, UNLINKED)}) for n in range(3)]
    await office.found()
    numbers = [office.number(path) for path in paths]
    office.store.ask_for_look(numbers[1], by="kim", now=at(1))
    run = await office.news.night(office.config, 1.5, wanted=Wanted(asked_only=True))
    assert run.counts["rechecks/looks"] == 1
    assert office.store.asked_looks() == []
    looked = [len(office.store.looks(number)) for number in numbers]
    assert looked == [1, 2, 1]


async def test_a_second_recheck_the_same_night_asks_for_nothing(office: Office) -> None:
    office.news.page("/2026/11/20/cranes-stand-still", {0: tale(1, UNLINKED)})
    await office.found()
    first = await office.news.night(office.config, 1)
    again = await office.news.night(office.config, 1.1)
    assert (first.counts["pages/requested"], again.counts.get("pages/requested", 0)) == (1, 0)


async def test_robots_txt_holds_for_looks_too(office: Office) -> None:
    path = office.news.page("/2026/11/20/cranes-stand-still", {0: tale(1, UNLINKED)})
    await office.found()
    office.news.page("/robots.txt", {0: Answer(b"User-agent: *\nDisallow: /2026/", content_type="text/plain")})
    await office.news.night(office.config, 1)
    [last] = office.store.looks(office.number(path), limit=1)
    assert (last.sight, last.page_state, last.truth) == (Sight.HIDDEN, PageState.ROBOTS_DENIED, None)
