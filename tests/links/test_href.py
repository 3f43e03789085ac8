"""Where an href leads: every spelling a browser understands, redirectors, sharers, nothing at all."""

import base64
from urllib.parse import quote

import pytest

from mentions.links import LinkKind, read_href

BASE = "https://news.example/tech/story.html"
US = "https://acme.example/robots"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://acme.example/robots", US),
        ("  https://acme.example/robots\n", US),
        ("https://acme.example\t/rob\nots", US),
        ("//acme.example/robots", US),
        ("https:/acme.example/robots", US),
        ("https:\\\\acme.example/robots", US),
        ("HTTPS://acme.example/robots", US),
        ("/about", "https://news.example/about"),
        ("about", "https://news.example/tech/about"),
        ("?page=2", "https://news.example/tech/story.html?page=2"),
        ("https://acme.example/robots#prices", US + "#prices"),
    ],
)
def test_an_href_is_read_as_a_browser_reads_it(href: str, url: str) -> None:
    target = read_href(href, BASE)
    assert (target.kind, target.url, target.effective_url) == (LinkKind.WEB, url, url)


def test_relative_hrefs_follow_the_base_of_the_page() -> None:
    assert read_href("robots", "https://acme.example/").url == US


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("", LinkKind.NOWHERE),
        ("   ", LinkKind.NOWHERE),
        ("#", LinkKind.NOWHERE),
        ("#acme", LinkKind.NOWHERE),
        ("https://news.example/tech/story.html#acme", LinkKind.NOWHERE),
        ("javascript:location='https://acme.example'", LinkKind.NOWHERE),
        (" java\tscript:void(0)", LinkKind.NOWHERE),
        ("data:text/html,https://acme.example", LinkKind.NOWHERE),
        ("tel:+491234", LinkKind.NOWHERE),
        ("https://", LinkKind.NOWHERE),
        ("https://[acme", LinkKind.NOWHERE),
        ("https://acme.example:99999/", LinkKind.NOWHERE),
        ("mailto:press@acme.example", LinkKind.MAIL),
        ("MAILTO:press@acme.example?subject=https://acme.example", LinkKind.MAIL),
        ("whatsapp://send?text=https://acme.example", LinkKind.SHARE),
    ],
)
def test_what_leads_to_no_web_page_says_so(href: str, kind: LinkKind) -> None:
    target = read_href(href, BASE)
    assert (target.kind, target.url, target.effective_url) == (kind, None, None)


@pytest.mark.parametrize(
    "href",
    [
        "https://www.google.com/url?q=https://acme.example/robots&sa=D",
        "https://www.google.de/url?sa=t&url=https%3A%2F%2Facme.example%2Frobots",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Facme.example%2Frobots&h=AT0",
        "https://out.reddit.com/t3_1?url=https%3A%2F%2Facme.example%2Frobots&token=x",
        "https://go.skimresources.com?id=1&xs=1&url=https://acme.example/robots&sref=https://news.example/",
        "https://www.awin1.com/cread.php?awinmid=1&p=https%3A%2F%2Facme.example%2Frobots",
        "https://click.linksynergy.com/deeplink?id=1&murl=https%3A%2F%2Facme.example%2Frobots",
        "https://prf.hn/click/camref:1/destination:https%3A%2F%2Facme.example%2Frobots",
        "https://www.anrdoezrs.net/links/1/type/dlg/https://acme.example/robots",
        "https://acme.pxf.io/c/1/2/3?u=https%3A%2F%2Facme.example%2Frobots",
        "https://ad.example/;?https://acme.example/robots",
        "https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Facme.example%2Frobots",
        "https://duckduckgo.com/l/?uddg=https%3A%2F%2Facme.example%2Frobots",
        "https://eu1.safelinks.protection.outlook.com/?url=https%3A%2F%2Facme.example%2Frobots&data=1",
        "https://urldefense.com/v3/__https://acme.example/robots__;!!abc",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__acme.example_robots&d=1",
        "https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3a%2f%2facme.example%2frobots/RK=2/RS=x-",
        "https://www.google.com/amp/s/acme.example/robots",
        "https://acme-example.cdn.ampproject.org/c/s/acme.example/robots",
        "https://www.bing.com/ck/a?u=a1" + base64.urlsafe_b64encode(US.encode()).decode().rstrip("="),
        "https://news.example/out?target=" + base64.b64encode(US.encode()).decode(),
        "/out?url=https://acme.example/robots",
        "/redirect.php?to=//acme.example/robots",
        "https://track.example/a?URL=https%253A%252F%252Facme.example%252Frobots",
    ],
)
def test_a_redirector_that_shows_its_target_is_unwrapped(href: str) -> None:
    target = read_href(href, BASE)
    assert (target.kind, target.effective_url) == (LinkKind.WEB, US)
    assert target.url != US


def _wrapped(url: str, times: int) -> str:
    for _ in range(times):
        url = "https://go.example/?url=" + quote(url, safe="")
    return url


def test_redirectors_are_unwrapped_three_deep_and_no_deeper() -> None:
    assert read_href(_wrapped(US, 3), BASE).effective_url == US
    assert read_href(_wrapped(US, 4), BASE).effective_url == _wrapped(US, 1)


@pytest.mark.parametrize(
    "href",
    [
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Facme.example",
        "https://twitter.com/intent/tweet?url=https://acme.example&text=Acme",
        "https://twitter.com/share?url=https://acme.example",
        "https://x.com/intent/post?text=Acme&url=https://acme.example",
        "https://www.linkedin.com/shareArticle?mini=true&url=https://acme.example",
        "https://www.linkedin.com/sharing/share-offsite/?url=https://acme.example",
        "https://www.pinterest.co.uk/pin/create/button/?url=https://acme.example",
        "https://api.whatsapp.com/send?text=https://acme.example",
        "https://t.me/share/url?url=https://acme.example",
        "https://www.reddit.com/submit?url=https://acme.example",
        "https://www.tumblr.com/widgets/share/tool?canonicalUrl=https://acme.example",
        "https://news.ycombinator.com/submitlink?u=https://acme.example",
        "https://b.hatena.ne.jp/add?url=https://acme.example",
        "https://social-plugins.line.me/lineit/share?url=https://acme.example",
        "https://service.weibo.com/share/share.php?url=https://acme.example",
        "https://www.xing.com/spi/shares/new?url=https://acme.example",
        "https://bsky.app/intent/compose?text=https://acme.example",
        "https://chat.openai.com/?q=Summarise%20https://acme.example",
        "https://acme.example/login?redirect_to=https%3A%2F%2Facme.example%2Frobots",
        "https://news.example/signin?target=https://acme.example/",
    ],
)
def test_a_sharer_that_carries_our_address_is_no_link_to_it(href: str) -> None:
    target = read_href(href, BASE)
    assert (target.kind, target.effective_url) == (LinkKind.SHARE, None)


@pytest.mark.parametrize(
    "href",
    [
        "https://bit.ly/3abc",
        "https://t.co/AbC",
        "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2",
        "https://shareasale.com/r.cfm?b=1&u=2&m=3",
        "/go/acme",
        "/out/link/77516/2/?merchant=Acme",
        "/recommends/acme/",
        "/reviews/out/link/7/?merchant=Acme",
    ],
)
def test_what_hides_its_target_is_opaque(href: str) -> None:
    target = read_href(href, BASE)
    assert (target.kind, target.effective_url) == (LinkKind.OPAQUE, None)
    assert target.url


@pytest.mark.parametrize(
    "href",
    [
        "https://translate.google.com/translate?u=https://acme.example",
        "https://web.archive.org/web/2020/https://acme.example/",
        "https://validator.w3.org/check?uri=https://acme.example",
        "https://www.google.com/search?q=https://acme.example",
        "https://shop.example/item?ref=https://acme.example",
        "https://other.example/go/acme",
        "/go",
        "/go/",
        "/games/go/rules",
        "/guide/recommends/",
    ],
)
def test_an_address_that_is_only_carried_along_is_no_target(href: str) -> None:
    target = read_href(href, BASE)
    assert target.kind is LinkKind.WEB
    assert target.effective_url == target.url
