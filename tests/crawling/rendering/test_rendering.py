"""Pages drawn by scripts come through a browser, whole, and nothing else does."""

import os
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from playwright.async_api import Page

from mentions.browsers import find_browser
from mentions.budgets import Rendering
from mentions.crawling.fetch import fetch
from mentions.crawling.rendering.visit import Visit
from mentions.publishers import Publisher
from tests.crawling.harness import Crawl, config_for, crawl, hasty
from tests.crawling.rendering.conftest import PATIENCE_S
from tests.crawling.rendering.shells import TEXT, only, shell
from tests.hostile_web import Answer, Route, Web, redirect, text

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("reactor"),
    pytest.mark.service,
    pytest.mark.skipif(find_browser(None) is None, reason="no browser on this machine"),
]

BODY = TEXT.strip()


async def rendered(
    web: Web, *paths: str, rendering: Rendering | None = None, publisher: Publisher | None = None, **changes: Any
) -> Crawl:
    publishers = None if publisher is None else [publisher]
    config = config_for(web.port, publishers=publishers).model_copy(
        update={"rendering": rendering or Rendering(page_timeout_s=PATIENCE_S)}
    )
    return await crawl([web.url(path) for path in paths], config, **changes)


def reason(crawled: Crawl, url: str) -> str:
    """Why the page came unrendered."""
    [response] = crawled.pages[url]
    [flag] = response.flags
    assert flag.startswith("unrendered: ")
    return str(flag.removeprefix("unrendered: "))


def folders() -> list[Path]:
    """The folders of this process's browsers."""
    return list(Path(gettempdir()).glob(f"mentions-browser-{os.getpid()}-*"))


async def test_a_shell_comes_as_its_scripts_draw_it() -> None:
    with Web({"/shell": shell()}) as web:
        crawled = await rendered(web, "/shell")
    [response] = crawled.pages[web.url("/shell")]
    assert BODY in response.text
    assert response.flags == ["rendered"]
    assert response.url == web.url("/shell")
    assert crawled.stats["pages/rendered"] == 1


async def test_a_page_with_its_text_never_sees_a_browser() -> None:
    article = Answer(f"<title>a</title><script>1</script><p>{TEXT}</p>".encode())
    with Web({"/article": article, "/other": Answer(b"<title>short</title><p>Closed on Mondays.</p>")}) as web:
        crawled = await rendered(web, "/article", "/other")
        assert web.paths() == ["/article", "/other"]
    assert "pages/rendered" not in crawled.stats


async def test_text_that_arrives_late_is_waited_for() -> None:
    late = only(f"setTimeout(() => {{document.getElementById('root').innerHTML = '<p>{BODY}</p>'}}, 700)")
    fetched = only("fetch('/data').then(a => a.text()).then(t => document.getElementById('root').innerText = t)")
    with Web({"/late": late, "/fetched": fetched, "/data": text(BODY)}) as web:
        crawled = await rendered(web, "/late", "/fetched")
    for path in ("/late", "/fetched"):
        assert BODY in crawled.pages[web.url(path)][0].text


async def test_a_picture_that_never_comes_holds_nothing_up() -> None:
    """`load` would wait for it; the text does not."""
    endless = Answer(chunks=iter(lambda: b" ", None), content_type="text/css")
    with Web(
        {"/shell": shell(head='<link rel=stylesheet href="/endless.css" media=print>'), "/endless.css": endless}
    ) as web:
        crawled = await rendered(web, "/shell")
    assert BODY in crawled.pages[web.url("/shell")][0].text


async def test_the_browser_says_who_we_are_and_keeps_nothing() -> None:
    """F-13 for rendered pages: no cookie, no storage from one page to the next."""
    script = (
        "document.cookie = 'a=1'; const before = localStorage.seen; localStorage.seen = 1;"
        "document.body.append(document.createElement('i')); document.querySelector('i').innerText = `seen:${before}`"
    )
    with Web({"/one": shell(script), "/two": shell(script)}) as web:
        crawled = await rendered(web, "/one", "/two", CONCURRENT_REQUESTS=1)
        asked = [a for a in web.asked if a.path in {"/one", "/two"}]
    assert len(asked) == 4, "once each as it is, once each rendered"
    assert {a.headers["user-agent"] for a in asked} == {config_for(web.port).user_agent}
    assert not any("cookie" in a.headers for a in asked)
    for path in ("/one", "/two"):
        assert "seen:undefined" in crawled.pages[web.url(path)][0].text


async def test_pictures_and_fonts_are_not_asked_for() -> None:
    fonts = "@font-face {font-family: x; src: url(/font.woff)}"
    head = f"<style>{fonts} body {{font-family: x; background: url(/bg.png)}}</style>"
    with Web({"/shell": shell("document.body.append(new Image().src = '/pic.png')", head=head)}) as web:
        await rendered(web, "/shell")
        assert not {"/font.woff", "/bg.png"} & set(web.paths())


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("while (true) {}", "not done within"),
        ("while (true) alert(1)", "not done within"),
        ("onbeforeunload = () => { while (true) {} }; while (true) {}", "not done within"),
    ],
)
async def test_endless_scripts_end(script: str, words: str) -> None:
    """The page is given up, its scripts with it, and the next one comes through."""
    with Web({"/endless": only(script), "/shell": shell()}) as web:
        crawled = await rendered(web, "/endless", "/shell", rendering=Rendering(page_timeout_s=12.0))
    assert words in reason(crawled, web.url("/endless"))
    assert BODY in crawled.pages[web.url("/shell")][0].text


async def test_dialogs_popups_and_downloads_are_refused() -> None:
    script = (
        "alert('x'); confirm('y'); print(); window.open('/popup');"
        "const a = document.createElement('a'); a.href = '/file.zip'; a.download = 'f';"
        "document.body.append(a); a.click();"
    )
    answer = Answer(b"PK", content_type="application/zip", headers=(("Content-Disposition", "attachment"),))
    with Web({"/shell": shell(script), "/file.zip": answer, "/popup": shell()}) as web:
        crawled = await rendered(web, "/shell")
        assert "/popup" not in web.paths()
    assert BODY in crawled.pages[web.url("/shell")][0].text


async def test_robots_txt_is_obeyed_wherever_the_page_goes() -> None:
    routes: dict[str, Route] = {
        "/robots.txt": text("User-agent: *\nDisallow: /private\n"),
        "/frames": shell(
            "document.body.append(Object.assign(document.createElement('iframe'), {src: '/private/frame'}))"
        ),
        "/goes": shell("location.href = '/private/page'"),
        "/hops": shell("location.href = '/hop'"),
        "/hop": redirect("/private/hop"),
    }
    with Web(routes) as web:
        crawled = await rendered(web, "/frames", "/goes", "/hops")
        assert not [path for path in web.paths() if path.startswith("/private")]
    for path in ("/frames", "/goes"):
        assert BODY in crawled.pages[web.url(path)][0].text, "the page stays where it is"


async def test_a_page_that_goes_elsewhere_is_known_by_the_address_it_went_to() -> None:
    with Web({"/old": only("location.href = '/new'"), "/new": shell()}) as web:
        crawled = await rendered(web, "/old")
    [response] = crawled.pages[web.url("/old")]
    assert response.url == web.url("/new")
    assert BODY in response.text


async def test_a_script_cannot_pass_its_page_off_as_another() -> None:
    with Web({"/page": shell("history.pushState({}, '', '/somebody-elses')")}) as web:
        crawled = await rendered(web, "/page")
    assert crawled.pages[web.url("/page")][0].url == web.url("/page")


async def test_a_page_that_never_stops_going_on_is_given_up() -> None:
    routes: dict[str, Route] = {f"/{n}": only(f"location.href = '/{n + 1}'") for n in range(40)}
    with Web(routes) as web:
        crawled = await rendered(web, "/0", rendering=Rendering(page_timeout_s=5.0))
        assert len(web.paths()) < 14
    assert reason(crawled, web.url("/0"))


async def test_a_page_that_grows_without_end_is_not_taken() -> None:
    with Web({"/grows": shell("document.body.append('x'.repeat(9_000_000))"), "/shell": shell()}) as web:
        crawled = await rendered(web, "/grows", "/shell")
    assert "more than" in reason(crawled, web.url("/grows"))
    assert BODY in crawled.pages[web.url("/shell")][0].text


async def test_a_page_that_crashes_its_tab_harms_no_other() -> None:
    crash = only("let a = []; while (true) a.push(new Array(1e6).fill({}))")
    with Web({"/crash": crash, "/shell": shell()}) as web:
        crawled = await rendered(web, "/crash", "/shell", rendering=Rendering(page_timeout_s=40.0))
    assert reason(crawled, web.url("/crash"))
    assert BODY in crawled.pages[web.url("/shell")][0].text


async def test_budgets_hold_and_say_so() -> None:
    with Web({f"/{n}": shell() for n in range(4)}) as web:
        config = Rendering(max_pages_per_publisher=2, page_timeout_s=PATIENCE_S)
        crawled = await rendered(web, "/0", "/1", "/2", "/3", rendering=config)
    assert crawled.stats["pages/rendered"] == 2
    flags = sorted(crawled.pages[web.url(f"/{n}")][0].flags[0] for n in range(4))
    assert flags == ["rendered"] * 2 + ["unrendered: this publisher's 2 rendered pages are used up"] * 2


async def test_a_publisher_may_say_never_and_always() -> None:
    plain = Answer(f"<title>a</title><script>document.title = 'drawn'</script><p>{TEXT}</p>".encode())
    never = hasty("site.example").model_copy(update={"render": "never"})
    always = hasty("site.example").model_copy(update={"render": "always"})
    with Web({"/shell": shell(), "/plain": plain}) as web:
        unseen = await rendered(web, "/shell", publisher=never)
        seen = await rendered(web, "/plain", publisher=always)
    assert unseen.pages[web.url("/shell")][0].flags == []
    assert "<title>drawn</title>" in seen.pages[web.url("/plain")][0].text


async def test_a_fresh_browser_takes_over_after_so_many_pages() -> None:
    with Web({f"/{n}": shell() for n in range(5)}) as web:
        config = Rendering(pages_per_browser=2, tabs=1, page_timeout_s=PATIENCE_S)
        crawled = await rendered(web, *(f"/{n}" for n in range(5)), rendering=config)
    assert all(BODY in crawled.pages[web.url(f"/{n}")][0].text for n in range(5))
    assert crawled.stats["playwright/browser_count"] == 3


async def test_one_page_may_be_rendered_by_itself() -> None:
    """`mentions check --render`."""
    with Web({"/shell": shell()}) as web:
        page = await fetch(web.url("/shell"), config_for(web.port), render=True)
        plain = await fetch(web.url("/shell"), config_for(web.port))
    assert (page.rendered, BODY in page.body.decode()) == (True, True)
    assert (plain.rendered, plain.unrendered) == (False, None)


async def test_a_browser_that_crashes_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    settled, crash = Visit.settled, iter([True])

    async def crashing(self: Visit, page: Page) -> None:
        if next(crash, False) and page.context.browser:
            await page.context.browser.close()
        await settled(self, page)

    monkeypatch.setattr(Visit, "settled", crashing)
    with Web({"/0": shell(), "/1": shell()}) as web:
        crawled = await rendered(web, "/0", "/1", rendering=Rendering(tabs=1, page_timeout_s=PATIENCE_S))
    flags = sorted(crawled.pages[web.url(f"/{n}")][0].flags[0] for n in range(2))
    assert flags == ["rendered", "unrendered: the browser crashed"]
    assert crawled.stats["playwright/browser_count"] == 2


async def test_a_browser_that_does_not_start_is_no_crash_of_ours(tmp_path: Path) -> None:
    broken = tmp_path / "browser"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    with Web({"/0": shell(), "/1": shell()}) as web:
        crawled = await rendered(web, "/0", "/1", rendering=Rendering(browser=broken))
    assert "the browser does not start" in reason(crawled, web.url("/0")) + reason(crawled, web.url("/1"))


async def test_nothing_is_left_in_the_temporary_folder() -> None:
    with Web({"/shell": shell()}) as web:
        await rendered(web, "/shell")
    assert folders() == []
