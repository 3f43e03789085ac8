"""Who must not be written to: hashes know an address again and nothing else, domains take their subdomains along."""

from datetime import UTC, datetime

import pytest

from mentions.outreach.suppression import (
    Suppression,
    SuppressionKind,
    SuppressionList,
    blocking,
    entry_of,
    hashed,
    hashed_name,
    key_id,
    why,
)

KEY, OTHER = b"a key of forty characters or a few more", b"another key of forty characters or more"
JANE = "jane.doe@courier.example"


@pytest.mark.parametrize(
    "spelling", ["Jane.Doe@Courier.Example", " jane.doe@courier.example ", "jane.doe+news@courier.example"]
)
def test_every_spelling_of_an_address_is_the_same_person(spelling: str) -> None:
    assert hashed(spelling, KEY) == hashed(JANE, KEY)


@pytest.mark.parametrize("other", ["jane.d@courier.example", "jane.doe@courier2.example", "janedoe@courier.example"])
def test_other_addresses_are_other_people(other: str) -> None:
    assert hashed(other, KEY) != hashed(JANE, KEY)


def test_a_host_in_letters_of_its_own_and_in_ascii_is_the_same() -> None:
    assert hashed("redaktion@zürich.example", KEY) == hashed("redaktion@xn--zrich-kva.example", KEY)


def test_another_key_gives_another_hash_and_no_hash_shows_its_address() -> None:
    assert hashed(JANE, KEY) != hashed(JANE, OTHER)
    assert key_id(KEY) != key_id(OTHER)
    assert set(hashed(JANE, KEY)) <= set("0123456789abcdef")


def test_a_name_and_an_address_never_share_a_hash() -> None:
    assert hashed_name(JANE, KEY) != hashed(JANE, KEY)
    assert hashed_name("Jane  DOE", KEY) == hashed_name("jane doe", KEY)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Courier.example", SuppressionKind.DOMAIN, "courier.example"),
        ("@courier.example", SuppressionKind.DOMAIN, "courier.example"),
        ("*.courier.example.", SuppressionKind.DOMAIN, "courier.example"),
        ("news.courier.co.uk", SuppressionKind.DOMAIN, "news.courier.co.uk"),
        ("zürich.example", SuppressionKind.DOMAIN, "xn--zrich-kva.example"),
        ("Jane.Doe+x@courier.example", SuppressionKind.ADDRESS, JANE),
    ],
)
def test_what_a_person_means(text: str, kind: SuppressionKind, value: str) -> None:
    assert entry_of(text) == (kind, value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "neither one email address nor a domain"),
        ("com", "neither one email address nor a domain"),
        ("co.uk", "belongs to many"),
        ("github.io", "belongs to many"),
        ("https://courier.example/about", "neither one email address nor a domain"),
        ("127.0.0.1", "neither one email address nor a domain"),
        ("jane@", "not exactly one email address"),
        ("a@b.example, c@d.example", "not exactly one email address"),
    ],
)
def test_what_cannot_be_suppressed_says_why(text: str, problem: str) -> None:
    """One slip must not suppress a whole country's publishers."""
    with pytest.raises(ValueError, match=problem):
        entry_of(text)


LIST = SuppressionList({"courier.example": "the domain asked"}, {hashed(JANE, KEY): "she asked"}, KEY)


@pytest.mark.parametrize(
    ("address", "domain", "reason"),
    [
        (JANE.upper(), "elsewhere.example", "she asked"),
        ("bob@elsewhere.example", "elsewhere.example", None),
        ("bob@mail.courier.example", "elsewhere.example", "the domain asked"),
        ("bob@elsewhere.example", "news.courier.example", "the domain asked"),
        ("bob@notcourier.example", "courier.example.test", None),
        (None, "courier.example", "the domain asked"),
        (None, "elsewhere.example", None),
        ("no address", "elsewhere.example", None),
    ],
)
def test_blocking(address: str | None, domain: str, reason: str | None) -> None:
    """A-13: the address, its domain or the publisher's, subdomains included, and nothing that only looks alike."""
    assert blocking(address, domain, LIST) == reason


def test_an_empty_list_forbids_nothing() -> None:
    assert blocking(JANE, "courier.example", SuppressionList()) is None


def test_the_reason_names_the_domain_and_never_the_address() -> None:
    day = datetime(2026, 11, 20, tzinfo=UTC)
    domain = Suppression(SuppressionKind.DOMAIN, "courier.example", "asked by phone", day, "ada")
    person = Suppression(SuppressionKind.ADDRESS, hashed(JANE, KEY), None, day, "ada", key_id(KEY))
    assert why(domain) == "the domain courier.example is on the suppression list since 2026-11-20: asked by phone"
    assert why(person) == "this address is on the suppression list since 2026-11-20"
