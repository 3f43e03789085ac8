"""A greeting that names nobody, or somebody else than the email goes to, is found before the email leaves."""

import pytest

from mentions.outreach.greetings import greeting_problem


@pytest.mark.parametrize(
    "greeting",
    [
        "Dear Jane Doering,",
        "Dear Jane,",
        "Dear Ms Doering,",
        "Hello,",
        "Hello Kate,",  # may be Jane's short form: nobody else's name that we know
        "Guten Tag Jane Doering,",
        "Sehr geehrte Frau Doering,",
        "Hola, Jane Doering:",
        "Bonjour,",
        "Dear Courier team,",
        "Thank you for your article.",
    ],
)
def test_a_good_greeting(greeting: str) -> None:
    assert greeting_problem(f"{greeting}\n\nThank you.", "Jane Doering", ["Jane Doering", "Odile Marchbank"]) is None


@pytest.mark.parametrize(
    "greeting", ["Dear ,", "Dear,", "Dear Ms ,", "Sehr geehrte Frau,", "Guten Tag Herr ,", "Estimada :"]
)
def test_nobody_is_greeted(greeting: str) -> None:
    assert greeting_problem(f"{greeting}\n\nThank you.", "") == f'the greeting names nobody: "{greeting}"'


@pytest.mark.parametrize(
    ("greeting", "name"),
    [
        ("Dear Odile Marchbank,", "Odile Marchbank"),  # a name in full
        ("Dear Mrs Marchbank,", "Marchbank"),
        ("Dear Odile,", "Odile"),  # the author, to whom the text was written first
        ("Guten Tag Frau Marchbank,", "Marchbank"),
        ("Hola, Odile:", "Odile"),
    ],
)
def test_somebody_else_is_greeted(greeting: str, name: str) -> None:
    found = greeting_problem(f"{greeting}\n\nThank you.", "Jane Doering", ["Odile Marchbank"])
    assert found == f'the greeting says "{name}", and the email goes to Jane Doering'


def test_where_no_name_is_known_any_may_be_greeted() -> None:
    assert greeting_problem("Dear Odile Marchbank,\n\nThank you.", "", ["Odile Marchbank"]) is None
