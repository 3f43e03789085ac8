"""robots.txt, line by line: RFC 9309 and the cases that Google documents for its own reading (F-02)."""

import pytest

from mentions.crawling.robots_rules import MAX_LINE_BYTES, comparable_path, read_rules

NAME = "MentionsBot"
SITE = "https://site.example"


def allowed(body: str | bytes, path: str, name: str = NAME) -> bool:
    """Does this robots.txt let the crawler of that name fetch the path?"""
    return read_rules(body.encode() if isinstance(body, str) else body, name).allows(SITE + path)


def for_all(*rules: str) -> str:
    """A robots.txt with these rules for everybody."""
    return "\n".join(["User-agent: *", *rules, ""])


# The table of example patterns in Google's documentation, in our own words: rule, what it fits, what it does not.
PATTERNS = [
    ("/", ["/", "/anything", "/a?b=c"], []),
    ("/*", ["/", "/anything"], []),
    ("/$", ["/"], ["/a", "/?a", "/index.html"]),
    (
        "/trout",
        ["/trout", "/trout.html", "/trout/lake.html", "/troutrods", "/trout.php?id=1"],
        ["/Trout.asp", "/brook", "/?id=trout", "/lake/trout"],
    ),
    ("/trout*", ["/trout", "/trout.html", "/troutrods/x"], ["/Trout", "/lake/trout"]),
    ("/trout/", ["/trout/", "/trout/?id=1", "/trout/lake.htm"], ["/trout", "/trout.html", "/Trout/"]),
    ("/*.asp", ["/index.asp", "/file.asp?a=b", "/f/any.asp.html", "/file.asp/x"], ["/", "/windows.ASP"]),
    ("/*.asp$", ["/file.asp", "/folder/file.asp"], ["/file.asp?a=b", "/file.asp/", "/file.asp5", "/x.ASP"]),
    ("/trout*.asp", ["/trout.asp", "/troutrods/of.asp?a"], ["/Trout.ASP", "/trou.asp"]),
    ("*trout", ["/trout", "/lake/trout"], ["/Trout"]),
    ("trout", [], ["/trout", "/"]),  # a rule begins with / or *
    ("/a**b*", ["/ab", "/axxb", "/axbx"], ["/ba"]),
    ("/a*b*c$", ["/abc", "/axbbc", "/abxcc"], ["/abcd", "/acb"]),
    ("/x*x$", ["/xx", "/xax"], ["/x"]),
    ("/a$b", ["/a$b", "/a%24b", "/a$bc"], ["/a"]),  # $ means the end at the end only
    ("/a%2Ab", ["/a*b", "/a%2ab"], ["/axb"]),  # RFC 9309, 2.2.3: escaped, it is an asterisk
    ("/a%24", ["/a$", "/a$x"], ["/a"]),
    ("/~lotte", ["/~lotte", "/%7Elotte"], []),
    ("/%7Elotte", ["/~lotte", "/%7elotte"], []),
    ("/caf%c3%a9", ["/caf%C3%A9", "/café"], ["/cafe"]),
    ("/café", ["/caf%C3%A9", "/caf%c3%a9/x"], []),
    ("/%62az", ["/baz", "/%62az"], []),  # RFC 9309, 2.2.2
    ("/a%2Fb", ["/a%2fb"], ["/a/b"]),  # reserved: an escaped slash is no slash
    ("/a?b", ["/a?b", "/a?b=c"], ["/a", "/ab"]),
    ("/a;s", ["/a;s=1"], ["/a"]),
]


@pytest.mark.parametrize(("rule", "fits", "misses"), PATTERNS)
def test_what_a_rule_fits(rule: str, fits: list[str], misses: list[str]) -> None:
    body = for_all(f"Disallow: {rule}")
    assert [path for path in fits if allowed(body, path)] == []
    assert [path for path in misses if not allowed(body, path)] == []


# Google's documented order of precedence: the longest rule; of two as long, Allow.
@pytest.mark.parametrize(
    ("rules", "path", "answer"),
    [
        (["Allow: /p", "Disallow: /"], "/page", True),
        (["Allow: /folder", "Disallow: /folder"], "/folder/page", True),
        (["Disallow: /folder", "Allow: /folder"], "/folder/page", True),
        (["Allow: /page", "Disallow: /*.htm"], "/page.htm", False),
        (["Allow: /page", "Disallow: /*.ph"], "/page.php5", True),
        (["Allow: /$", "Disallow: /"], "/", True),
        (["Allow: /$", "Disallow: /"], "/page.htm", False),
        (["Disallow: /x", "Allow: /x/y", "Disallow: /x/y/z"], "/x/y/zz", False),
        (["Disallow: /", "Allow: /docs/index.html"], "/docs/", True),  # who allows the index allows the folder
        (["Disallow: /", "Allow: /docs/index.html"], "/docs/other", False),
        (["Disallow: /", "Allow: /docs/index.htm"], "/docs/", True),
        (["Disallow:", "Allow:"], "/a", True),
        (["Disallow: /robots.txt", "Disallow: /"], "/robots.txt", True),  # it may always be fetched
    ],
)
def test_the_longest_rule_decides(rules: list[str], path: str, *, answer: bool) -> None:
    assert allowed(for_all(*rules), path) is answer


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ("User-agent: MentionsBot\nDisallow: /\n", False),
        ("user-AGENT: mentionsbot\ndisallow: /\n", False),
        ("User-agent: MentionsBot/2.1 (+https://a.example)\nDisallow: /\n", False),  # the name ends where letters do
        ("User-agent: MentionsBot*\nDisallow: /\n", False),
        ("User-agent: Mentions\nDisallow: /\n", True),  # another name
        ("User-agent: MentionsBot2\nDisallow: /\n", True),
        ("User-agent: Other MentionsBot\nDisallow: /\n", True),
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: * # everybody\nDisallow: /\n", False),
        ("User-agent: * and all the others\nDisallow: /\n", False),
        ("User-agent: *bot\nDisallow: /\n", True),
        ("User-agent: MentionsBot\nAllow: /\n\nUser-agent: *\nDisallow: /\n", True),
        ("User-agent: MentionsBot\nDisallow:\n\nUser-agent: *\nDisallow: /\n", True),
        ("User-agent: MentionsBot\n\nUser-agent: *\nDisallow: /\n", False),  # two names above one group
        ("User-agent: *\nDisallow: /\n\nUser-agent: MentionsBot\nDisallow: /b\n", True),  # the order does not matter
        ("User-agent: MentionsBot\nAllow: /b\nUser-agent: x\nDisallow:\nUser-agent: MentionsBot\nDisallow: /", False),
        ("User-agent: a\nUser-agent: MentionsBot\nUser-agent: b\nDisallow: /\n", False),
        ("User-agent: MentionsBot\nSitemap: https://a.example/s.xml\n\nUser-agent: b\nDisallow: /\n", False),
        ("User-agent: MentionsBot\nCrawl-delay: 3\n\nUser-agent: b\nDisallow: /\n", False),  # neither closes the group
        ("User-agent: MentionsBot\nNoindex: /\nUser-agent: b\nDisallow: /\n", False),
        ("Disallow: /\n", True),  # a rule before any name is nobody's
        ("Disallow: /\nUser-agent: *\nAllow: /a\n", True),
        ("User-agent:\nDisallow: /\n", True),
    ],
)
def test_whom_a_group_is_for(body: str, *, answer: bool) -> None:
    assert allowed(body, "/a") is answer


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n",
        b"User-agent: *\r\nDisallow: /\r\n",
        b"User-agent: *\rDisallow: /\r",
        b"\n\n  \tUser-agent \t:  * \n\n\n \t Disallow\t: / # all of it\n",
        b"User-agent *\nDisallow /\n",  # without colons
        b"useragent: *\ndissallow: /\n",
        b"User agent: *\nDisalow: /\n",
        b"User-agent: *\ndiasllow: /\n",
        b"<!doctype html>\n<p>\nUser-agent: *\nDisallow: /\n",
        b"User-agent: *\nDisallow: /\xc2\xa0\n",  # a no-break space that a word processor put there
        b"\x00\xff\xfe\nUser-agent: *\nDisallow: /",
    ],
)
def test_spellings_and_line_ends_that_are_understood(body: bytes) -> None:
    assert not allowed(body, "/a")


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: *\nDisallow everything / now\n",  # prose
        b"User-agent: *\nPlease Disallow: /\n",
        b"User-agent: *\n# Disallow: /\n",
        b"User-agent: *\nDisallow: # /\n",
        b"User-agent: *\nDisallow: /b\x0bDisallow: /\n",  # only CR and LF end a line
        "User-agent: *\nDisallow: /b\u2028Disallow: /\n".encode(),
        b"",
        b"\xef\xbb\xbf",
    ],
)
def test_lines_that_forbid_nothing_here(body: bytes) -> None:
    assert allowed(body, "/a")


def test_what_follows_the_end_of_an_overlong_line_is_not_read() -> None:
    rule = "Disallow: /" + "a" * MAX_LINE_BYTES
    assert not allowed(for_all(rule), "/" + "a" * (MAX_LINE_BYTES - len("Disallow: /")))


def test_a_rule_in_latin_1_fits_the_address_in_latin_1() -> None:
    assert not allowed(b"User-agent: *\nDisallow: /caf\xe9\n", "/caf%E9")


@pytest.mark.parametrize(
    ("body", "delay_s"),
    [
        (for_all("Crawl-delay: 2.5"), 2.5),
        (for_all("crawl delay: 2"), 2.0),
        (for_all("Crawl-delay: 1", "Disallow: /a", "Crawl-delay: 4"), 4.0),
        ("User-agent: MentionsBot\nCrawl-delay: 1\n\nUser-agent: *\nDisallow: /\nCrawl-delay: 9\n", 9.0),
        ("User-agent: MentionsBot\nCrawl-delay: 1\nDisallow: /b\n\nUser-agent: *\nCrawl-delay: 9\n", 1.0),
        ("User-agent: Other\nCrawl-delay: 7\n", 0.0),
        ("Crawl-delay: 7\n", 0.0),
        *((for_all(f"Crawl-delay: {text}"), 0.0) for text in ("", "soon", "-5", "nan", "inf", "1e999")),
    ],
)
def test_crawl_delay(body: str, delay_s: float) -> None:
    assert read_rules(body.encode(), NAME).crawl_delay_s == delay_s


def test_sitemaps_are_for_everybody_and_our_own_name_is_noticed() -> None:
    body = b"Sitemap: https://a.example/1.xml\nUser-agent: MentionsBot\nDisallow: /b\nsite-map: https://a.example/2.xml"
    rules = read_rules(body, NAME)
    assert rules.sitemaps == ("https://a.example/1.xml", "https://a.example/2.xml")
    assert rules.named_us
    assert not read_rules(body, "Other").named_us


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.example", "/"),
        ("https://a.example/", "/"),
        ("https://a.example?q=1", "/?q=1"),
        ("https://a.example#top", "/"),
        ("https://a.example/a?b=c#d", "/a?b=c"),
        ("https://a.example/a;b", "/a;b"),
        ("https://a.example/a//b?u=http://c.example/d", "/a//b?u=http://c.example/d"),
        ("https://a.example/a%2fb*$", "/a%2Fb%2A%24"),
        ("https://a.example/%41%zz%e9", "/A%zz%E9"),
    ],
)
def test_the_path_that_rules_are_compared_with(url: str, path: str) -> None:
    assert comparable_path(url) == path


def test_rules_made_to_be_slow_are_not() -> None:
    """Against such rules a matcher that goes back and forth does not end in a lifetime; F-07 for robots.txt."""
    rules = [f"Disallow: /{'*a' * 60}{number}$" for number in range(300)]
    assert allowed(for_all(*rules), "/" + "a" * 2_000)
