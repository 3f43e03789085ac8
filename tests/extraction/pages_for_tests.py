"""A page of our own invention, with everything around an article that real pages have."""

from mentions.extraction import read_article
from mentions.extraction.article import Article, Zone
from mentions.pages import Page

URL = "https://courier.example/technology/2026/03/14/robots-in-the-harbour"

_PARAGRAPHS = (
    (
        "The harbour of Port Lindow has put forty new machines to work this week, and the people who used to lash the "
        "containers by hand are learning to tell them where to go."
    ),
    (
        "Acme Robotics built the arms, which lift a steel box in eleven seconds, turn it, and set it down on a truck "
        "that nobody drives. It took three winters, a strike and a change of mayors."
    ),
    (
        "“We were afraid of them, then bored by them, and now we shout at them as we did at each other,” says "
        "Ines Falk, who has run the night shift since 2009. She has kept her gloves, she says, in case."
    ),
    (
        "By the end of the year the port wants to move a third more boxes with the same number of people, which the "
        "union calls a promise and the port authority calls a plan."
    ),
)


def page_html(body: str = "", *, head: str = "", after: str = "", paragraphs: tuple[str, ...] = _PARAGRAPHS) -> bytes:
    """An article page; `body` stands after its second paragraph, `after` behind the article."""
    text = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Robots in the harbour | The
          Daily Courier</title>
    {head}</head><body class="single-post">
    <header class="site-header"><div class="logo"><a href="/">The Daily Courier</a></div>
    <nav class="main-menu"><ul><li><a href="/politics">Politics</a></li><li><a href="/tech">Technology</a></li>
    <li><a href="/brands/acme">Acme</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
    <main><article class="article"><header class="article-header"><h1>Robots take the night shift in the harbour</h1>
    <div class="byline">By <a href="/authors/jane-doe">Jane Doe</a>, Senior Reporter</div>
    <time datetime="2026-03-14T07:30:00+01:00">14 March 2026</time></header>
    <div class="article-body">{"".join(text[:2])}{body}{"".join(text[2:])}</div></article>{after}</main>
    <aside class="sidebar"><h3>Most read</h3><ul><li><a href="/a">Ten cheeses Acme staff would die for</a></li>
    <li><a href="/b">Why the tram is late again</a></li><li><a href="/c">Mayor denies everything</a></li></ul></aside>
    <footer class="site-footer"><p>© 2026 The Daily Courier. All rights reserved.</p><ul><li><a
      href="/imprint">Imprint</a></li>
    <li><a href="/privacy">Privacy policy</a></li></ul></footer></body></html>""".encode()


def read(body: bytes | str, url: str = URL, **headers: str) -> Article:
    """The article of these bytes."""
    data = body.encode() if isinstance(body, str) else body
    return read_article(Page(url, data, headers={name.replace("_", "-"): value for name, value in headers.items()}))


def zone_of(article: Article, words: str) -> Zone:
    """The zone in which `words` stand; they must stand on the page once."""
    assert article.text.count(words) == 1, f"{words!r} stands {article.text.count(words)} times in {article.text!r}"
    return article.zone_at(article.text.index(words))
