"""The link cases of the design, each on a whole page, judged from bytes to verdict."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from mentions.analysis import analyse
from mentions.findings import Finding, LinkDistance, Verdict
from mentions.matching import Watchlist, compile_watchlist
from mentions.pages import Page
from mentions.targets import Target

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TARGET = Target(
    name="Acmetrics",
    domains=("acmetrics.example", "maker.example/acmetrics", "zähler.example"),
    profiles=("https://www.linkedin.com/company/acmetrics",),
)
FILLER = (
    "The robots of the north are counted every autumn, and every autumn there are a few more of them than before.",
    "Nobody knows why, although the people who count them have several theories, none of them quite convincing.",
    "In the harbour, where the first of them were put to work, the foreman shrugs and goes back to his lists.",
    "What is certain is that they need oil, and that the price of oil has not fallen since the last count.",
)


@dataclass(frozen=True)
class Case:
    """What stands where on the page, and what must come of it."""

    verdict: Verdict
    story: str = "<p>This year Acmetrics counted them for the first time, and found rather more than expected.</p>"
    after: str = ""
    head: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    distance: LinkDistance | None = None


def story(link: str) -> str:
    return f"<p>This year Acmetrics counted them for the first time, says {link}, and found more than expected.</p>"


def to(href: str, words: str = "the report") -> str:
    return story(f'<a href="{href}">{words}</a>')


US = "https://acmetrics.example/count"
LINK = f'<a href="{US}">Acmetrics</a>'
REFERENCES = f'<h2>References</h2><ol><li><a href="{US}">Robots counted</a>, 2026</li><li>Robot Weekly 12</li></ol>'
TABLE = f"<table><tr><th>Firm</th><th>Robots</th></tr><tr><td>{LINK}</td><td>1,204</td></tr></table>"
AREA = f'<img src="m.png" usemap="#m" alt="Map"><map name="m"><area href="{US}" alt="Count" shape="default"></map>'
FIGURE = (
    f'<figure><img src="r.jpg" alt="A robot"><figcaption>A robot in the harbour. Figures: {LINK}</figcaption></figure>'
)
SHARE = "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Facmetrics.example%2Fcount"
WRAPPED = "https://go.example/?url=https%3A%2F%2Fgo.example%2F%3Furl%3Dhttps%253A%252F%252Facmetrics.example"

NOTE = f'<li id="fn1"><p>Robots counted, <a href="{US}">annual table</a>.</p></li>'
FOOTNOTES = f'<section class="footnotes"><ol>{NOTE}</ol></section>'
QUOTATION = f"<blockquote><p>Whoever counts robots should read what {LINK} found in the harbour.</p></blockquote>"
ANSWER = f"<p>The count was made by {LINK}, with the help of the harbour, and will be made again next year.</p>"
FOLDED = f"<details><summary>Who counted the robots?</summary>{ANSWER}</details>"
ENTRIES = (
    f"<ol><li><p><strong>1. The crane.</strong> It lifts what {LINK} weighed, and it never sleeps, says he.</p></li>"
    "<li><p><strong>2. The welder.</strong> It works at night, when nobody has to look at it.</p></li></ol>"
)
CREDITED = f'<figure><img src="r.jpg" alt=""><figcaption>A robot at work. Photo: {LINK}</figcaption></figure>'


def wrapped(url: str, *, times: int) -> str:
    """`url` behind so many redirectors that show their target."""
    for _ in range(times):
        url = f"https://go.example/?url={quote(url, safe='')}"
    return url


CASES = {
    # in the article
    "around the name": Case(
        Verdict.LINKED, f"<p>This year {LINK} counted them for the first time, and found more than expected.</p>",
        distance=LinkDistance.INSIDE,
    ),
    "on a neighbouring word": Case(Verdict.LINKED, to(US), distance=LinkDistance.SENTENCE),
    "in the same paragraph": Case(
        Verdict.LINKED,
        f'<p>This year Acmetrics counted them for the first time. The figures <a href="{US}">are public</a> now.</p>',
        distance=LinkDistance.PARAGRAPH,
    ),
    "on another occurrence": Case(
        Verdict.LINKED,
        f"<p>This year Acmetrics counted them first.</p><p>{FILLER[0]}</p><p>According to {LINK}, there are more.</p>",
    ),
    "in a reference list": Case(Verdict.LINKED, Case.story + REFERENCES, distance=LinkDistance.ELSEWHERE),
    "in a caption": Case(Verdict.LINKED, Case.story + FIGURE),
    "on an image with alt": Case(Verdict.LINKED, story(f'<a href="{US}"><img src="c.png" alt="The count"></a>')),
    "in an area": Case(Verdict.LINKED, story(AREA)),
    "in a table": Case(Verdict.LINKED, Case.story + TABLE),
    "in a footnote": Case(Verdict.LINKED, Case.story + FOOTNOTES),
    "in a quotation": Case(Verdict.LINKED, Case.story + QUOTATION),
    "in a folded answer": Case(Verdict.LINKED, Case.story + FOLDED),
    "in an entry of a list article": Case(Verdict.LINKED, Case.story + ENTRIES),
    # outside of it
    "in the byline": Case(Verdict.OUTSIDE, f'<p class="byline">By Jane Doe, {LINK}</p>' + Case.story),
    "in a photo credit": Case(Verdict.OUTSIDE, Case.story + CREDITED),
    "in a call to follow": Case(Verdict.OUTSIDE, after=f'<p>Follow us on <a href="{US}">Acmetrics</a>!</p>'),
    "in the navigation": Case(Verdict.OUTSIDE, head=f'<nav><ul><li>{LINK}</li><li>News</li></ul></nav>'),
    "in the footer": Case(Verdict.OUTSIDE, after=f"<footer><p>© Courier · {LINK} · Imprint</p></footer>"),
    "in related links": Case(
        Verdict.OUTSIDE,
        after=f'<aside class="related"><h3>Related</h3><ul><li><a href="{US}">Acmetrics counts robots</a></li>'
        '<li><a href="/b">Oil prices rise</a></li><li><a href="/c">Harbour to grow</a></li></ul></aside>',
    ),
    "in comments": Case(
        Verdict.OUTSIDE,
        after='<section id="comments" class="comments"><h3>2 comments</h3>'
        f'<div class="comment"><p>Well said, see {LINK}!</p></div>'
        '<div class="comment"><p>I do not think so at all.</p></div></section>',
    ),
    "in the author's bio": Case(
        Verdict.OUTSIDE,
        after=f'<div class="author-bio"><p>Jane Doe is a reporter at the Courier; she wrote for {LINK}.</p></div>',
    ),
    "in a share bar": Case(Verdict.UNLINKED, after=f'<div class="share"><a href="{SHARE}">Facebook</a></div>'),
    # no links
    "share button in the text": Case(Verdict.UNLINKED, to(SHARE, "share")),
    "hidden": Case(Verdict.UNLINKED, story(f'<a href="{US}" style="display:none">a</a> the foreman')),
    "hidden by attribute": Case(Verdict.UNLINKED, story(f'<span hidden><a href="{US}">a</a></span> the foreman')),
    "in a comment of the source": Case(Verdict.UNLINKED, story(f"<!-- {LINK} --> the foreman")),
    "in a script": Case(Verdict.UNLINKED, story(f"the foreman<script>var a = '{LINK}'</script>")),
    "javascript": Case(Verdict.UNLINKED, to(f"javascript:open('{US}')")),
    "mailto": Case(Verdict.UNLINKED, to("mailto:press@acmetrics.example")),
    "empty": Case(Verdict.UNLINKED, to("")),
    "without href": Case(Verdict.UNLINKED, story("<a name='x'>the report</a>")),
    "fragment only": Case(Verdict.UNLINKED, to("#acmetrics")),
    "telephone": Case(Verdict.UNLINKED, to("tel:+441234567")),
    "data": Case(Verdict.UNLINKED, to("data:text/html,https://acmetrics.example/")),
    "sent by an app": Case(Verdict.UNLINKED, to("whatsapp://send?text=https://acmetrics.example/")),
    "hidden from everybody's eyes": Case(Verdict.UNLINKED, story(f'<a href="{US}" aria-hidden="true">a</a> he')),
    "hidden by a class": Case(Verdict.UNLINKED, story(f'<i class="visually-hidden"><a href="{US}">a</a></i> he')),
    "javascript in comments": Case(
        Verdict.UNLINKED,
        after='<section id="comments" class="comments"><h3>1 comment</h3><div class="comment"><p>Well said, see'
        f""" <a href="javascript:open('{US}')">Acmetrics</a>!</p></div></section>""",
    ),
    # spellings of the address
    "protocol-relative": Case(Verdict.LINKED, to("//acmetrics.example/count")),
    "relative with base": Case(Verdict.LINKED, to("count"), head='<base href="https://www.acmetrics.example/">'),
    "relative without base": Case(Verdict.UNLINKED, to("count")),
    "unicode host": Case(Verdict.LINKED, to("https://www.ZÄHLER.example/")),
    "punycode host": Case(Verdict.LINKED, to("https://xn--zhler-gra.example/")),
    "percent-encoded": Case(Verdict.LINKED, to("https://acmetrics%2Eexample/c%6Funt")),
    "entities": Case(Verdict.LINKED, to("https&#58;//acmetrics.example/?a=1&amp;b=2")),
    "port and user info": Case(Verdict.LINKED, to("https://jane:pw@acmetrics.example:8443/")),
    "upper-case host": Case(Verdict.LINKED, to("HTTPS://WWW.ACMETRICS.EXAMPLE/Count")),
    "trailing dot": Case(Verdict.LINKED, to("https://acmetrics.example./")),
    "protocol-relative base": Case(Verdict.LINKED, to("count"), head='<base href="//acmetrics.example/a/">'),
    "absolute in spite of base": Case(Verdict.LINKED, to(US), head='<base href="https://other.example/">'),
    "relative base": Case(Verdict.UNLINKED, to("count"), head='<base href="/acmetrics.example/">'),
    "base of somebody else": Case(Verdict.UNLINKED, to("/acmetrics"), head='<base href="https://other.example/">'),
    "fragment of our page": Case(Verdict.LINKED, to("https://acmetrics.example/#count")),
    "backslashes": Case(Verdict.LINKED, to("https:\\\\acmetrics.example\\count")),
    "one slash": Case(Verdict.LINKED, to("https:/acmetrics.example/count")),
    "broken over lines": Case(Verdict.LINKED, to("\n  https://acmetrics.example/\ncount ")),
    # whose?
    "subdomain": Case(Verdict.LINKED, to("https://blog.eu.acmetrics.example/")),
    "other name with ours in it": Case(Verdict.UNLINKED, to("https://notacmetrics.example/")),
    "our name as a subdomain": Case(Verdict.UNLINKED, to("https://acmetrics.example.evil.test/")),
    "our address in a path": Case(Verdict.UNLINKED, to("https://evil.test/https://acmetrics.example/")),
    "our address as user info": Case(Verdict.UNLINKED, to("https://acmetrics.example@evil.test/")),
    "path-limited domain": Case(Verdict.LINKED, to("https://www.maker.example/acmetrics/2026")),
    "beside the path-limited domain": Case(Verdict.UNLINKED, to("https://www.maker.example/acmetrics-old")),
    "our profile": Case(Verdict.MISDIRECTED, to("https://www.linkedin.com/company/acmetrics/")),
    # elsewhere first
    "redirector": Case(Verdict.LINKED, to("https://www.google.com/url?q=https://acmetrics.example/&amp;sa=D")),
    "redirector in a redirector": Case(Verdict.LINKED, to(WRAPPED)),
    "three redirectors": Case(Verdict.LINKED, to(wrapped(US, times=3))),
    "four redirectors": Case(Verdict.UNLINKED, to(wrapped(US, times=4))),
    "redirector to a share button": Case(Verdict.UNLINKED, to(wrapped(SHARE, times=1))),
    "redirector away from us": Case(Verdict.LINKED, to("https://acmetrics.example/leave?topic=https")),
    "login that comes back": Case(Verdict.UNLINKED, to("https://other.example/login?target=https://acmetrics.example/")),
    "opaque with our name": Case(Verdict.LINKED, '<p>Now <a href="https://bit.ly/3xYz">Acmetrics</a> counts them.</p>'),
    "opaque with other words": Case(Verdict.UNLINKED, to("https://bit.ly/3xYz")),
    "archived copy": Case(Verdict.UNLINKED, to("https://web.archive.org/web/2026/https://acmetrics.example/")),
    # followed?
    "nofollow": Case(Verdict.QUALIFIED, story(f'<a href="{US}" rel="nofollow">the report</a>')),
    "rel in capitals, several": Case(Verdict.QUALIFIED, story(f'<a href="{US}" rel="NoOpener  NOFOLLOW">it</a>')),
    "ugc": Case(Verdict.QUALIFIED, story(f'<a href="{US}" rel="ugc">the report</a>')),
    "sponsored": Case(Verdict.QUALIFIED, story(f'<a href="{US}" rel="sponsored noopener">the report</a>')),
    "noopener only": Case(Verdict.LINKED, story(f'<a href="{US}" rel="noopener noreferrer">the report</a>')),
    "robots meta": Case(Verdict.QUALIFIED, to(US), head='<meta name="robots" content="index, NOFOLLOW">'),
    "robots meta for one robot": Case(Verdict.LINKED, to(US), head='<meta name="otherbot" content="nofollow">'),
    "followed beside nofollow": Case(
        Verdict.LINKED, story(f'<a href="{US}" rel="nofollow">it</a>, <a href="{US}">it</a>')
    ),
    "nofollow inside, followed outside": Case(
        Verdict.QUALIFIED,
        story(f'<a href="{US}" rel="nofollow">it</a>'),
        after=f"<footer><p>© Courier · {LINK}</p></footer>",
    ),
    "header for one robot": Case(Verdict.LINKED, to(US), headers={"x-robots-tag": "otherbot: nofollow"}),
    "header stricter than meta": Case(
        Verdict.QUALIFIED, to(US), head='<meta name="robots" content="follow">', headers={"x-robots-tag": "nofollow"}
    ),
    "robots meta none": Case(Verdict.QUALIFIED, to(US), head='<meta name="ROBOTS" content="none">'),
    "header": Case(Verdict.QUALIFIED, to(US), headers={"x-robots-tag": "noindex, nofollow"}),
    "header none": Case(Verdict.QUALIFIED, to(US), headers={"x-robots-tag": "none"}),
    "canonical elsewhere": Case(Verdict.LINKED, to(US), head='<link rel="canonical" href="https://wire.example/1">'),
    # in print
    "address as text": Case(Verdict.BARE_URL, story("acmetrics.example/count")),
    "whole address as text": Case(Verdict.BARE_URL, story("https://www.acmetrics.example")),
    "mail address as text": Case(Verdict.UNLINKED, story("press@acmetrics.example")),
}  # fmt: skip


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    return compile_watchlist([TARGET])


def judged(case: Case, watchlist: Watchlist) -> Finding:
    meta, nav = (case.head, "") if not case.head.startswith("<nav") else ("", case.head)
    text = "".join(f"<p>{words}</p>" for words in FILLER[:2]) + case.story + "".join(f"<p>{w}</p>" for w in FILLER[2:])
    html = f"""<!doctype html><html lang="en"><head><title>Robots counted - The Courier</title>{meta}</head>
    <body><header><a href="/">The Courier</a></header>{nav}<main><article><h1>Robots counted</h1>
    {text}</article>{case.after}</main></body></html>"""
    headers = {"content-type": "text/html; charset=utf-8", **case.headers}
    page = Page("https://courier.example/story", html.encode(), headers=headers)
    ((finding, _),) = analyse(page, watchlist, now=NOW).findings
    return finding


@pytest.mark.parametrize("name", CASES)
def test_a_link_is_judged_as_the_design_says(name: str, watchlist: Watchlist) -> None:
    case = CASES[name]
    finding = judged(case, watchlist)
    assert finding.verdict is case.verdict, finding
    assert finding.reasons
    if case.distance:
        assert finding.mentions[0].distance is case.distance


def test_a_teaser_card_inside_the_article_is_not_the_article(watchlist: Watchlist) -> None:
    card = f"""<div class="teaser related-card"><a href="{US}"><img src="t.jpg" alt="">
    <h3>Acmetrics opens an office</h3><span>Read more</span></a></div>"""
    assert judged(Case(Verdict.OUTSIDE, Case.story + card), watchlist).verdict is Verdict.OUTSIDE
