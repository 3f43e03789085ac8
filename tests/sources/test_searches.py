"""Feeds of search results: what stands behind the wrappers."""

from mentions.sources.searches import read_search, unwrapped, without_marks

ALERTS = "https://www.google.com/alerts/feeds/1/2"


def test_google_alerts() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Google Alert - Acme</title><entry>
      <id>tag:google.com,2013:googlealerts/feed:1</id>
      <title type="html">&lt;b&gt;Acme&lt;/b&gt; Robotics &amp;amp; friends</title>
      <link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://one.example/story%3Fid%3D1&amp;ct=ga&amp;usg=x"/>
      <published>2026-11-20T08:00:00Z</published></entry>
      <entry><title>See all</title><link href="https://www.google.com/search?q=acme"/></entry></feed>"""
    (page,) = read_search(body, ALERTS)
    assert page.url == "https://one.example/story?id=1"
    assert page.title == "Acme Robotics & friends"
    assert page.published is not None


def test_bing_wraps_with_escapes() -> None:
    wrapped = (
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&tid=1&url=https%3a%2f%2fone.example%2fa%3fb%3d1&c=2&mkt=en"
    )
    assert unwrapped(wrapped) == "https://one.example/a?b=1"


def test_a_wrapper_in_a_wrapper() -> None:
    inner = "https%3A%2F%2Ft.example%2Fclick%3Furl%3Dhttps%253A%252F%252Fone.example%252Fa"
    assert unwrapped(f"https://www.google.com/url?q={inner}") == "https://one.example/a"


def test_an_article_that_carries_an_address_is_no_wrapper() -> None:
    """A page about another page stays what it is."""
    article = "https://one.example/news/whose-link-is-it?url=https://two.example/"
    assert unwrapped(article) == article
    assert (
        unwrapped("https://one.example/url?url=javascript:alert(1)")
        == "https://one.example/url?url=javascript:alert(1)"
    )


def test_titles_lose_the_marks_of_what_was_searched() -> None:
    assert without_marks("&lt;b&gt;Acme&lt;/b&gt; &amp; more") == "Acme & more"
    assert without_marks(None) is None
