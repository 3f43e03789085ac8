"""GDELT: the question, and what it answers."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from mentions.exceptions import SourceError
from mentions.searching import Gdelt
from mentions.sources.declared import gdelt_of
from mentions.sources.gdelt import MAX_QUERIES, MAX_QUERY, query_for, query_url, read_gdelt
from mentions.targets import Target

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)


def test_names_stand_in_quotes_where_they_are_several_words_and_in_one_question() -> None:
    assert query_for(["Acme Robotics", "Acmebot"]) == ['("Acme Robotics" OR Acmebot)']
    assert query_for(["Acme Robotics"]) == ['"Acme Robotics"']


def test_languages_and_countries_narrow_it() -> None:
    assert query_for(["Acme Robotics"], languages=["English", "german"], countries=["UK"]) == [
        '"Acme Robotics" (sourcelang:english OR sourcelang:german) sourcecountry:uk'
    ]


def test_operators_in_names_and_names_too_short_for_it_are_no_question() -> None:
    assert query_for(['Acme "the" (Robots): near5', "AC", "ケルヴァラ"]) == ['("Acme the Robots near5" OR ケルヴァラ)']
    assert query_for(["AC"]) == []


def test_many_names_become_several_questions_none_too_long() -> None:
    names = [f"A rather long product name {n}" for n in range(100)]
    queries = query_for(names, languages=["english"])
    assert len(queries) == MAX_QUERIES
    assert all(len(query) <= MAX_QUERY and query.endswith(" sourcelang:english") for query in queries)
    assert query_for(["x" * 500]) == []


def test_it_looks_back_to_the_last_answer_and_never_further_than_gdelt_remembers() -> None:
    def start(since: datetime | None) -> str:
        url = query_url("https://api.example/doc", "Acme", since=since, now=NOW, first_days=7)
        return parse_qs(urlsplit(url).query)["startdatetime"][0]

    assert start(None) == "20261114040000"
    assert start(NOW - timedelta(days=1)) == "20261120020000", "with two hours of overlap"
    assert start(NOW - timedelta(days=400)) == "20260823040000"


def test_the_source_is_known_by_its_question_not_by_its_times() -> None:
    target = Target(name="Acme Robotics", domains=("acme.example",), gdelt=True)
    (one,) = gdelt_of(target, Gdelt(), since=None, now=NOW)
    (other,) = gdelt_of(target, Gdelt(), since=NOW, now=NOW + timedelta(days=1))
    assert one.url == other.url
    assert one.address != other.address
    assert (one.target, one.query, one.publisher) == ("Acme Robotics", '"Acme Robotics"', "")
    assert gdelt_of(target.model_copy(update={"gdelt": False}), Gdelt(), since=None, now=NOW) == ()


def test_articles_with_address_title_and_the_time_they_were_seen() -> None:
    body = json.dumps(
        {
            "articles": [
                {"url": "https://one.example/a", "title": "Acme , again", "seendate": "20261120T081500Z"},
                {"url": "https://one.example/a", "title": "twice", "seendate": "20261120T081500Z"},
                {"url": "javascript:alert(1)"},
                {"url": "https://two.example/b", "seendate": "soon"},
                "nothing",
            ]
        }
    ).encode()
    pages, cut = read_gdelt(body)
    assert [(page.url, page.title) for page in pages] == [
        ("https://one.example/a", "Acme, again"),
        ("https://two.example/b", None),
    ]
    assert pages[0].published == datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
    assert not cut
    full = json.dumps({"articles": [{"url": f"https://one.example/{n}"} for n in range(250)]}).encode()
    assert read_gdelt(full)[1], "it gives no more than 250: there may be more"


@pytest.mark.parametrize("body", [b"", b"{}", b' {"articles": []}', b"\xef\xbb\xbf{}"])
def test_nothing_found_is_no_mistake(body: bytes) -> None:
    assert read_gdelt(body) == ([], False)


def test_raw_control_characters_in_titles_are_read() -> None:
    pages, _ = read_gdelt(b'{"articles": [{"url": "https://one.example/a", "title": "A\tb\x01c"}]}')
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"Please limit requests to one every 5 seconds.", "GDELT answers: Please limit requests"),
        (b"<html><p>Your query was too short or too long.</p></html>", "Your query was too short"),
        (b'{"articles": [', "not valid JSON"),
        (b'{"articles": 7}', "no list of articles"),
        (b"[" * 100_000, "GDELT answers"),
        (b'{"a":' * 100_000, "not valid JSON"),
    ],
)
def test_a_refusal_is_said_in_gdelts_own_words(body: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read_gdelt(body)
