"""A page that says it is a copy of another page of its site makes no second finding, and no finding is lost by it."""

from datetime import timedelta
from pathlib import Path

import pytest

from mentions.config import Config
from tests.crawling.newsweb import NAMELESS, NOW, UNLINKED, config_in, feed, night, query, rows, story
from tests.hostile_web import Answer, Route, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

DAY = timedelta(days=1)
STORY, PRINTED, AMP = "/the-cranes-stand-still", "/print/the-cranes-stand-still", "/the-cranes-stand-still/amp"


def copy_of(canonical: str, sentence: str = UNLINKED) -> Answer:
    """A story that names another address as its own."""
    head = f'<link rel="canonical" href="{canonical}"></head>'.encode()
    return Answer(story(sentence).body.replace(b"</head>", head))


def courier(announced: list[str], pages: dict[str, Route]) -> dict[str, Route]:
    return {"courier.example/feed.xml": feed(announced)} | {f"courier.example{p}": page for p, page in pages.items()}


def findings(config: Config) -> list[str]:
    """The paths of the pages with a finding that opened an opportunity, sorted."""
    found = query(
        config,
        "select p.url from opportunity o join finding f on f.id = o.finding_id join page p on p.id = f.page_id",
    )
    return sorted("/" + url.split("/", 3)[3] for (url,) in found)


def stories(web: Web) -> list[str]:
    return [path for path in web.paths("courier.example") if path.endswith(("still", "amp"))]


@pytest.mark.parametrize("announced", [[PRINTED], [PRINTED, STORY], [STORY, PRINTED, AMP], [AMP, PRINTED]])
async def test_the_finding_belongs_to_the_original_whichever_form_is_announced(
    tmp_path: Path, announced: list[str]
) -> None:
    pages: dict[str, Route] = {STORY: copy_of(STORY), PRINTED: copy_of(STORY), AMP: copy_of(STORY)}
    with Web(courier(announced, pages)) as web:
        config = config_in(tmp_path, web.port)
        run = await night(config)
        assert stories(web).count(STORY) == 1
    assert findings(config) == [STORY]
    printed = rows(config)[PRINTED]
    assert printed.state == "redirected"
    assert printed.reason is not None
    assert "a copy of http://courier.example" in printed.reason
    assert run.counts["skipped/copy"] == len(rows(config)) - 1
    assert run.counts["opportunities/new"] == 1


async def test_a_copy_of_a_page_that_is_known_asks_for_nothing_more(tmp_path: Path) -> None:
    routes = courier([STORY], {STORY: copy_of(STORY), PRINTED: copy_of(STORY), AMP: copy_of(STORY)})
    with Web(routes) as web:
        config = config_in(tmp_path, web.port)
        await night(config)
        web.asked.clear()
        web.routes["courier.example/feed.xml"] = feed([STORY, PRINTED, AMP])
        await night(config, now=NOW + timedelta(hours=1))
        assert stories(web) == [PRINTED]  # the AMP form of a known page is known by its address alone
    assert findings(config) == [STORY]


@pytest.mark.parametrize(
    "canonical",
    ["/", "/gone", "/about-something-else", "https://wire.example/the-cranes-stand-still", "/to-the-print"],
)
async def test_an_original_that_cannot_be_believed_costs_no_finding(tmp_path: Path, canonical: str) -> None:
    """The home page, a page that is gone, one that does not name us, another site, one that leads back."""
    pages: dict[str, Route] = {
        PRINTED: copy_of(canonical),
        "/about-something-else": story(NAMELESS),
        "/to-the-print": Answer(b"", 301, (("Location", PRINTED),)),
    }
    with Web(courier([PRINTED], pages)) as web:
        config = config_in(tmp_path, web.port)
        await night(config)
        assert not web.paths("wire.example")
    assert findings(config) == [PRINTED]
    assert rows(config)[PRINTED].state == "live"


async def test_two_pages_that_name_each_other_make_one_finding(tmp_path: Path) -> None:
    with Web(courier([PRINTED], {PRINTED: copy_of(STORY), STORY: copy_of(PRINTED)})) as web:
        config = config_in(tmp_path, web.port)
        await night(config)
    assert len(findings(config)) == 1
    assert sorted(row.state or "" for row in rows(config).values()) == ["live", "redirected"]


async def test_a_chain_of_copies_ends_at_its_last_page(tmp_path: Path) -> None:
    between = "/harbour/the-cranes-stand-still"
    pages: dict[str, Route] = {AMP: copy_of(between), between: copy_of(STORY), STORY: copy_of(STORY)}
    with Web(courier([AMP], pages)) as web:
        config = config_in(tmp_path, web.port)
        await night(config)
    assert findings(config) == [STORY]


async def test_g01_a_copy_whose_original_was_not_reached_waits_and_makes_one_finding_in_the_end(tmp_path: Path) -> None:
    """As after a kill: what was held was in memory alone, and its row still waits."""
    table = (
        'name = "The Courier"\ndomain = "courier.example"\nfeeds = ["http://courier.example:{port}/feed.xml"]\n'
        "politeness = {{ delay_s = 0, max_pages = {pages} }}"
    )
    with Web(courier([PRINTED], {STORY: copy_of(STORY), PRINTED: copy_of(STORY)})) as web:
        config = config_in(tmp_path, web.port, publishers=[table.format(port=web.port, pages=1)])
        await night(config)
        assert stories(web) == [PRINTED]
        assert findings(config) == []
        assert rows(config)[PRINTED].state is None
        config = config_in(tmp_path, web.port, publishers=[table.format(port=web.port, pages=10)])
        await night(config, now=NOW + DAY)
    assert findings(config) == [STORY]
    assert rows(config)[PRINTED].state == "redirected"


async def test_an_original_that_fails_tonight_is_waited_for(tmp_path: Path) -> None:
    routes = courier([PRINTED], {STORY: Answer(b"", 500), PRINTED: copy_of(STORY)})
    with Web(routes) as web:
        config = config_in(tmp_path, web.port)
        run = await night(config)
        assert findings(config) == []
        assert run.counts["pages/copies_later"] == 1
        web.routes["courier.example" + STORY] = copy_of(STORY)
        await night(config, now=NOW + DAY)
    assert findings(config) == [STORY]
