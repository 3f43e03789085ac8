"""F-03: which addresses are public, and which spellings are addresses."""

from ipaddress import ip_address

import pytest

from mentions.crawling.address_guard import is_public, literal_address, parse_networks, refusal

NOT_PUBLIC = (
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
)


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_addresses_that_are_not_public(text: str) -> None:
    assert not is_public(ip_address(text))
    assert refusal(ip_address(text)) == f"{ip_address(text)} is not a public address"


@pytest.mark.parametrize("text", ["1.1.1.1", "93.184.215.14", "192.0.1.1", "::ffff:1.1.1.1", "2606:4700:4700::1111"])
def test_addresses_that_are_public(text: str) -> None:
    assert is_public(ip_address(text))
    assert refusal(ip_address(text)) is None


def test_a_private_network_may_be_allowed_and_no_other_with_it() -> None:
    allowed = parse_networks(["10.0.0.0/8", "fd00::/8"])
    assert refusal(ip_address("10.9.9.9"), allowed) is None
    assert refusal(ip_address("::ffff:10.9.9.9"), allowed) is None
    assert refusal(ip_address("fd00::1"), allowed) is None
    assert refusal(ip_address("192.168.0.1"), allowed) == "192.168.0.1 is not a public address"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0X7F.1", "127.0.0.1"),
        ("0x7f.0x0.0x0.0x1", "127.0.0.1"),
        ("0177.0.0.01", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("0x", "0.0.0.0"),
        ("①②⑦.⓪.⓪.①", "127.0.0.1"),
        ("１２７。０．０．１", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::1", "::1"),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_spellings_of_addresses(host: str, address: str) -> None:
    assert literal_address(host) == ip_address(address)


@pytest.mark.parametrize(
    "host", ["site.example", "127.0.0.1.example", "1e100.net", "0xcafe.example", "a_b.example", ""]
)
def test_names_are_no_addresses(host: str) -> None:
    assert literal_address(host) is None


@pytest.mark.parametrize(
    "host", ["1.2.3.4.5", "256.0.0.1", "4294967296", "site.127", "0x7g.1", "09.0.0.1", "1..2", "::g"]
)
def test_hosts_that_end_in_a_number_and_are_no_address(host: str) -> None:
    with pytest.raises(ValueError, match=host):
        literal_address(host)
