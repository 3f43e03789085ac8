"""F-05 and the early half of F-03: what is never asked for."""

import pytest

from mentions.crawling.address_guard import parse_networks
from mentions.crawling.refusals import AddressRefused, RequestRefused
from mentions.crawling.request_guard import refusal_of

PORTS = (80, 443)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://site.example/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://site.example/x", "only http and https"),
        ("data:text/html,x", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("//site.example/x", "without a scheme"),
        ("http://site.example:22/", "port 22 is not one of"),
        ("http://site.example:25/", "port 25 is not one of"),
        ("http://site.example:6379/", "port 6379 is not one of"),
        ("http://site.example:0/", "port 0 is not one of"),
        ("http://site.example:99999/", "not a valid web address"),
        ("http://site.example:80:22/", "not a valid web address"),
        ("http://user:pw@site.example/", "carries a user name"),
        ("http://@site.example/", "carries a user name"),
        ("http:///path", "not a valid host"),
        ("http://a%20b.example/", "not a valid host"),
        ("http://site.127/", "not a valid host"),
        ("http://[::1/", "not a valid web address"),
        ("http://site.example/" + "a" * 3_000, "3,020 characters long"),
    ],
)
def test_addresses_never_asked_for(url: str, reason: str) -> None:
    refused = refusal_of(url, ports=PORTS)
    assert isinstance(refused, RequestRefused)
    assert reason in str(refused)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "127.1", "0x7f000001", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1"]
)
def test_private_addresses_are_refused_before_anything_is_asked(host: str) -> None:
    refused = refusal_of(f"http://{host}/", ports=PORTS)
    assert isinstance(refused, AddressRefused)
    assert "is not a public address" in str(refused)


@pytest.mark.parametrize(
    "url", ["http://site.example/", "https://site.example:443/x?y#z", "http://a_b.example/", "http://1.1.1.1/"]
)
def test_the_public_web_is_asked(url: str) -> None:
    assert refusal_of(url, ports=PORTS) is None


def test_an_allowed_network_and_port_are_asked() -> None:
    allowed = parse_networks(["127.0.0.1/32"])
    assert refusal_of("http://127.0.0.1:8080/", ports=(8080,), allowed=allowed) is None
    assert refusal_of("http://127.0.0.2:8080/", ports=(8080,), allowed=allowed) is not None
