"""The short way of reading an href says what the long one says, wherever it says anything."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mentions.links import HrefTarget, LinkKind, _ordinary, _read_closely, read_href

BASES = (
    "https://courier.example/tech/story.html",
    "http://www.courier.example:8080/",
    "https://news.google.com/a?b",
    "file:///tmp/page.html",
)
HOSTS = (
    "",
    "https://acme.example",
    "http://news.acme.example",
    "https://www.facebook.com",
    "https://t.co",
    "//a.example",
)
PATHS = ("", "/", "/a", "/login", "/sharer", "/go/acme", "/tech/out/7", "/a;b", "/a;", "/a/../b", "/a/./b", "//b", "a")
PARTS = (
    *("?", "q=robots", "url=", "u=", "&", ";", "=", "amp;", "#top", "%2F%2Facme.example", "//acme.example"),
    *("www.acme.example", "WWW.acme.example", "https:", "https://acme.example/x", "aHR0cHM6Ly9hY21lLmV4YW1wbGU", "/."),
    *(" ", "\n", "\x01", "\u00a0", "page=2", "+"),
)
hrefs = st.builds(
    lambda host, path, parts: host + path + "".join(parts),
    st.sampled_from(HOSTS),
    st.sampled_from(PATHS),
    st.lists(st.sampled_from(PARTS), max_size=6),
)


@settings(max_examples=400, deadline=None)
@given(href=hrefs, base=st.sampled_from(BASES))
@example(href="/search?q=robots&page=2", base=BASES[0])
@example(href="https://acme.example/login?to=www.courier.example", base=BASES[0])
@example(href="https://acme.example/a?", base=BASES[0])
def test_an_ordinary_href_is_read_as_a_closer_look_would_read_it(href: str, base: str) -> None:
    url = _ordinary(href, base)
    emptied = href.endswith(";") and "?" not in href  # Python's urljoin drops a semicolon at the end, browsers do not
    if url is not None and not emptied:
        assert _read_closely(href, base) == HrefTarget(url, url, LinkKind.WEB)


def test_searches_and_pages_of_lists_are_ordinary() -> None:
    for href in ("/search?q=robots&page=2", "https://acme.example/robots?utm_source=feed&id=7", "/about"):
        assert _ordinary(href, BASES[0]) == read_href(href, BASES[0]).url
