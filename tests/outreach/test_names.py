"""Whom an email may greet by name (B-03): one certain person, or nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.outreach.names import first_and_last, person_name


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("By Jane Doering", "Jane Doering"),
        ("Jane Doering, Senior Reporter", "Jane Doering"),
        ("Von Jürgen Müller", "Jürgen Müller"),
        ("Dr. Jane van der Berg, PhD", "Jane van der Berg"),
        ("Jane Doering | Halcyon News", "Jane Doering"),
        ("Sean O’Neill", "Sean O’Neill"),
        ("Marie-Claire Dubois", "Marie-Claire Dubois"),
        ("María José López", "María José López"),
        ("J. Doering", "J. Doering"),
        ("  Jane\u200b\nDoering ", "Jane Doering"),
    ],
)
def test_one_certain_person_is_greeted_by_the_full_name_b03(author: str, name: str) -> None:
    assert person_name(author) == name


@pytest.mark.parametrize(
    "author",
    [
        None,
        "",
        "   ",
        "News Staff",
        "Courier staff",
        "Redaktion",
        "Jane and Bob",
        "Jane Doering and Bob Roe",
        "Jane Doering, Bob Roe",
        "Jane Doering & Bob Roe",
        "Anna Kern und Uwe Kern",
        "毛泽东",
        "Мария Иванова",
        "Jane",
        "JANE DOERING",
        "jane doering",
        "jane.doering@courier.example",
        "https://courier.example/jane",
        "Robot Report",
        "admin",
        "Jane D0ering",
        "<script>alert(1)</script>",
        "One Two Three Four Five Six",
        "=?utf-8?q?Jane=0D=0ABcc:_evil@x.example?=",
        'A" <evil@x.example>, "B',
    ],
)
def test_everything_else_is_greeted_by_no_name_b03(author: str | None) -> None:
    assert person_name(author) is None


def test_a_site_is_no_person() -> None:
    assert person_name("Silver Harbour", site_names=("Silver Harbour Courier",)) is None


@given(st.text(max_size=80))
def test_whatever_stands_there_never_breaks_a_line(author: str) -> None:
    name = person_name(author)
    assert name is None or (name == " ".join(name.split()) and len(name.split()) >= 2)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Jane Doe", ("Jane", "Doe")),
        ("By Jane Doe", ("Jane", "Doe")),
        ("Jane Doe, Senior Reporter", ("Jane", "Doe")),
        ("Dr. Jane Doe", ("Jane", "Doe")),
        ("Jane van der Berg", ("Jane", "van der Berg")),
        ("Jane A. Doe", ("Jane", "Doe")),
        ("Anna Maria Rossi", ("Anna", "Rossi")),
        ("María García Márquez", ("María", "García Márquez")),
        ("Martin Schmidt", ("Martin", "Schmidt")),
    ],
)
def test_a_first_name_is_certain_in_a_western_byline_b03(author: str, expected: tuple[str, str]) -> None:
    assert first_and_last(author) == expected


@pytest.mark.parametrize(
    "author",
    [
        "News Staff",
        "Jane and Bob",
        "Jane Doe and Bob Roe",
        "Jane Doe, Bob Roe",
        "毛泽东",
        "",
        "J. Doe",
        "J. R. Doe",
        "Jane",
        "JANE DOE",
        "Mao Zedong",
        "Kim Min-jung",
        "Orbán Viktor",
        "Nagy Anna",
        "Thomas Martin",  # either may be the given name
        "Reuters",
        "Paris Bureau",
        "Jane Doe Roe Poe",
    ],
)
def test_where_the_first_name_is_not_certain_there_is_none_b03(author: str) -> None:
    assert first_and_last(author) == ("", "")
