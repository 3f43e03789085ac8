"""The history in plain words, and what is typed into its filter."""

import pytest

from mentions.review.history_words import details, kind_choices, kind_words, subject_of, subject_words, table_words
from mentions.store.models import Base


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("opportunity/12", "find 12"),
        ("opportunity/", "finds"),
        ("user/ada", "user ada"),
        ("user/", "users"),
        ("suppression/3", "suppression 3"),
        ("export/findings.csv", "export findings.csv"),
    ],
)
def test_subjects_are_told_and_read_back(subject: str, words: str) -> None:
    assert subject_words(subject) == words
    assert subject_of(words) == subject
    assert subject_of(subject) == subject


def test_a_subject_that_stands_alone_and_one_that_nobody_knows() -> None:
    assert subject_words("contact") == "a contact"
    assert subject_words("suppression/list") == "the suppression list"
    assert subject_words("comet/7") == "comet/7"
    assert subject_of("  Find   12 ") == "opportunity/12"
    assert subject_of("contacts") == "contact"


def test_kinds_have_words_and_can_be_chosen_by_them() -> None:
    assert kind_words("ignore") == "skipped"
    assert kind_words("moon_landing") == "moon landing"
    choices = kind_choices({"moon_landing"})
    assert ("ignore", "skipped") in choices
    assert ("moon_landing", "moon landing") in choices
    assert [words for _, words in choices] == sorted(words for _, words in choices)


def test_details_are_pairs_of_plain_words() -> None:
    told = details(
        {
            "from": "handed_off",
            "to": "sent",
            "reason": None,
            "until": "2026-12-01T09:00:00+00:00",
            "rows": {"draft": 2, "contact": 1},
            "undone": "ignore",
            "followed": True,
            "also": ["a", "b"],
            "odd": {"x": 1},
        }
    )
    assert told == [
        ("before", "handed off"),
        ("now", "sent"),
        ("until", "2026-12-01"),
        ("entries", "2 versions of emails, 1 entry of the contacts"),
        ("what", "skipped"),
        ("followed", "yes"),
        ("also", "a, b"),
        ("odd", "x: 1"),
    ]


def test_no_table_is_called_by_its_name_alone() -> None:
    for table in Base.metadata.tables:
        words = table_words(table, 2)
        assert words.startswith("2 ")
        assert "_" not in words.replace(table, "")
    assert table_words("draft", 1) == "1 version of an email"
