"""Whose link is it? Decided on hosts and paths, never by substring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.links import _above, _hosts_above, is_home, is_ours, is_profile
from mentions.targets import Target
from mentions.urls import host_of

ACME = Target(
    name="Acme",
    domains=("acme.example", "maker.example/acme"),
    profiles=("https://www.linkedin.com/company/acme", "https://twitter.com/acme"),
)


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example",
        "http://www.acme.example/x?y#z",
        "https://shop.eu.ACME.example/",
        "https://acme.example:8443/",
        "https://jane:pw@acme.example/",
        "https://acme.example./",
        "https://acme%2Eexample/",
        "https://maker.example/acme",
        "https://www.maker.example/acme/robots",
        "https://maker.example/Acme/?x",
        "https://maker.example/%61cme",
    ],
)
def test_our_hosts_their_subdomains_and_our_paths_are_ours(url: str) -> None:
    assert is_ours(url, ACME)


@pytest.mark.parametrize(
    "url",
    [
        "https://notacme.example/",
        "https://acme.example.evil.test/",
        "https://evil.test/acme.example",
        "https://evil.test/?u=https://acme.example",
        "https://acme.example@evil.test/",
        "https://evil.test\\@acme.example/",
        "https://example/",
        "https://maker.example/",
        "https://maker.example/acmeworks",
        "https://maker.example/other/acme",
        "mailto:jane@acme.example",
        "javascript:'https://acme.example'",
        "",
    ],
)
def test_addresses_that_only_look_like_ours_are_not(url: str) -> None:
    assert not is_ours(url, ACME)


addresses = st.builds(
    lambda *parts: "".join(parts),
    st.sampled_from(("https://", "http://", "HTTPS://", "https:/", "ftp://", "//", " https://", "")),
    st.sampled_from(("", "", "jane@", "jane:pw@", "\\@")),
    st.sampled_from(
        ("acme.example", "a.b.acme.example", "ACME.example", "acme%2Eexample", "bücher.example", "127.0.0.1")
    ),
    st.sampled_from(("", "", ".", "..", ":8443", ":x", "\\", "_", "-", "\n", "." + "a" * 250)),
    st.sampled_from(("", "/", "?", "#", "/blog", "?u=https://evil.test/", "@evil.test/", "\n", "/\n", "[")),
)


@given(url=addresses)
def test_a_plainly_written_host_is_read_as_every_other_is(url: str) -> None:
    assert _hosts_above(url) == _above(host_of(url))


def test_unicode_and_punycode_are_one_host() -> None:
    target = Target(name="Bücher", domains=("bücher.example",))
    assert is_ours("https://www.xn--bcher-kva.example/", target)
    assert is_ours("https://BÜCHER.example/", target)


def test_the_shortener_of_a_company_leads_to_that_company() -> None:
    assert is_ours("https://youtu.be/abc", Target(name="YouTube", domains=("youtube.com",)))
    assert not is_ours("https://bit.ly/abc", Target(name="YouTube", domains=("youtube.com",)))


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://www.linkedin.com/company/acme", True),
        ("https://de.linkedin.com/company/Acme/about/", True),
        ("https://linkedin.com/company/acme-tools", False),
        ("https://www.linkedin.com/", False),
        ("https://x.com/acme", True),
        ("https://twitter.com/acme/status/1", True),
        ("https://twitter.com/acmefan", False),
        ("https://evil.test/company/acme", False),
    ],
)
def test_our_accounts_are_known_under_both_names_of_a_network(url: str, ours: bool) -> None:
    assert is_profile(url, ACME) is ours


@pytest.mark.parametrize(
    ("url", "home"),
    [("https://www.acme.example/", True), ("https://acme.example", True), ("https://acme.example/report", False),
     ("https://acme.example/?report=1", False), ("https://other.example/", False)],
)  # fmt: skip
def test_home_pages_are_told_from_the_pages_behind_them(url: str, home: bool) -> None:
    assert is_home(url, ACME) is home
