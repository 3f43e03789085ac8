"""Which page of its own site a page is a copy of, by its address and by what it says."""

import pytest

from mentions.copies_of_pages import original_of, plain_forms
from mentions.urls import canonical_url

STORY = "https://www.courier.example/2026/11/20/the-cranes-stand-still"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.courier.example/2026/11/20/the-cranes-stand-still/amp",
        "https://m.courier.example/2026/11/20/the-cranes-stand-still",
        "https://amp.courier.example/2026/11/20/the-cranes-stand-still",
        "https://www.courier.example/print?article=77",
    ],
)
def test_a_page_of_the_same_site_is_believed(url: str) -> None:
    assert original_of(url, STORY) == STORY


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (STORY, None),
        (STORY, STORY + "/?utm_source=feed#top"),  # itself
        (STORY, "https://wire.example/2026/11/20/the-cranes-stand-still"),  # evidence of syndication, not identity
        (STORY, "https://www.courier.example/"),  # a common fault of content systems
        (STORY, "https://www.courier.example/logo.png"),
        (STORY.replace("https:", "http:"), STORY),  # the page itself, read without encryption
        (STORY.replace("https://www.courier.example", "http://www.courier.example:8080"), STORY),
        (STORY, "http://www.courier.example:8080/2026/11/20/the-cranes-stand-still"),
        ("https://one.blogs.co.uk/a-long-story-of-cranes", "https://two.other.co.uk/a-long-story-of-cranes"),
    ],
)
def test_what_proves_nothing_is_ignored(url: str, canonical: str | None) -> None:
    assert original_of(url, canonical) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://www.courier.example/2026/11/20/the-cranes-stand-still/amp/",
        "https://www.courier.example/amp/2026/11/20/the-cranes-stand-still",
        "https://www.courier.example/2026/11/20/the-cranes-stand-still?amp=1",
        "https://www.courier.example/2026/11/20/the-cranes-stand-still?outputType=amp",
        "https://m.courier.example/2026/11/20/the-cranes-stand-still",
        "http://mobile.courier.example/2026/11/20/the-cranes-stand-still",
        "https://amp.courier.example/2026/11/20/the-cranes-stand-still",
    ],
)
def test_where_the_plain_form_of_an_amp_or_mobile_address_may_be_known(url: str) -> None:
    assert STORY in plain_forms(url)


def test_amp_before_the_ending() -> None:
    assert "https://courier.example/cranes.html" in plain_forms("https://courier.example/cranes.amp.html")


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        "https://courier.example/ampere-and-volta",
        "https://courier.example/camp",
        "https://courier.example/story?sample=1",
        "https://m.example/story",  # the site itself is called m
    ],
)
def test_ordinary_addresses_have_no_other_form(url: str) -> None:
    assert plain_forms(url) == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/story;jsessionid=0A1B2C?page=2",
        "https://courier.example/story?page=2&PHPSESSID=12ab",
        "https://courier.example/story?CFID=1&CFTOKEN=2&page=2",
        "https://courier.example/story/?page=2&ASPSESSIONIDCQ=XY",
    ],
)
def test_sessions_in_addresses_are_no_part_of_the_key(url: str) -> None:
    assert canonical_url(url) == "https://courier.example/story?page=2"
