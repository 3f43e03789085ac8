"""Page keys, hosts and registrable domains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.urls import canonical_url, host_of, registrable_domain


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("HTTPS://News.Example/Story", "https://news.example/Story"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/", "https://news.example/"),
        ("https://news.example/story/", "https://news.example/story"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:80/a", "http://news.example/a"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example/a#comments", "https://news.example/a"),
        ("https://news.example/a?", "https://news.example/a"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("https://news.example/a?utm_source=x&id=7&fbclid=abc&utm_medium=y", "https://news.example/a?id=7"),
        ("https://news.example/a?UTM_Source=x", "https://news.example/a"),
        ("https://news.example/a?cmplx=1", "https://news.example/a?cmplx=1"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://xn--bcher-kva.example/%c3%bc", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://news.example/%7Ejane/%61", "https://news.example/~jane/a"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/a/../b/./c", "https://news.example/b/c"),
        ("https://news.example/a/..", "https://news.example/"),
        ("https://news.example/web/2011/http://old.example/x", "https://news.example/web/2011/http://old.example/x"),
        ("  https://news.example/a  ", "https://news.example/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_one_page_has_one_key(url: str, key: str) -> None:
    assert canonical_url(url) == key
    assert canonical_url(key) == key


@pytest.mark.parametrize(
    "text", ["", "mailto:a@news.example", "https://", "https://[bad", "http://a:999999/", "file:///x"]
)
def test_what_is_no_web_address_stays_as_it_is(text: str) -> None:
    assert canonical_url(text) == text


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=0x2FF), max_size=40))
def test_a_key_is_its_own_key(tail: str) -> None:
    key = canonical_url(f"https://news.example/{tail}")
    assert canonical_url(key) == key


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Acme.Example:8443/x", "acme.example"),
        ("https://acme.example./", "acme.example"),
        ("https://user:pw@acme.example/", "acme.example"),
        ("https://acme.example@evil.test/", "evil.test"),
        ("https://evil.test\\@acme.example/", "evil.test"),
        ("https://acme%2Eexample/", "acme.example"),
        ("https://BÜCHER.example/", "xn--bcher-kva.example"),
        ("https://acme。example/", "acme.example"),
        ("mailto:jane@acme.example", ""),
        ("javascript:alert(1)", ""),
        ("//acme.example/", ""),
        ("https://" + "a" * 300 + ".example/", ""),
    ],
)
def test_a_host_is_what_a_browser_connects_to(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.news.co.uk", "news.co.uk"),
        ("news.example", "news.example"),
        ("a.b.news.example", "news.example"),
        ("jane.github.io", "jane.github.io"),
        ("127.0.0.1", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("localhost", "localhost"),
        ("co.uk", "co.uk"),
        ("www.xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("", ""),
    ],
)
def test_a_registrable_domain_is_what_somebody_registered(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain
