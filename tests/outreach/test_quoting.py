"""A quote inside a quote: the marks of a headline are other ones than those that the email sets around it."""

import pytest

from mentions.outreach.quoting import inner_quotes


@pytest.mark.parametrize(
    ("language", "title", "quoted"),
    [
        ("en", "“We never sleep”, says the robot", "‘We never sleep’, says the robot"),
        ("en", 'The "night shift" of machines', "The ‘night shift’ of machines"),
        ("en", "»Nie wieder«, sagt sie", "‘Nie wieder’, sagt sie"),
        ("de", "Die „Nachtschicht“ der Roboter", "Die ‚Nachtschicht‘ der Roboter"),
        ("de", "Er sagt »Nein« und geht", "Er sagt ‚Nein‘ und geht"),
        ("fr", "« Jamais » ou « demain » ?", "“Jamais” ou “demain” ?"),
        ("fr", "«\u00a0Jamais\u00a0» et après", "“Jamais” et après"),
        ("es", "«Nunca dormimos»: la noche", "“Nunca dormimos”: la noche"),
    ],
)
def test_the_marks_are_those_of_the_second_level(language: str, title: str, quoted: str) -> None:
    assert inner_quotes(title, language) == quoted


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Pupils’ river survey finds 'one bicycle'"),  # no second level is needed
        ("en", 'A 5" pipe bursts'),  # inches
        ("en", "“Who said ‘never’?”"),  # has both levels
        ("de", "»Der ‚Kaiser‘ kommt«"),
        ("it", "“Mai” dice"),  # a team's own templates in a language whose marks we do not know
        ("en", ""),
    ],
)
def test_what_needs_no_change_stays(language: str, title: str) -> None:
    assert inner_quotes(title, language) == title


def test_a_quote_that_was_cut_off_is_still_one() -> None:
    assert inner_quotes("“We never sleep and never will …", "en") == "‘We never sleep and never will …"
