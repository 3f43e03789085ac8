"""Accounts of the desk: names, and passwords that are kept and asked."""

import pytest

from mentions.accounts import hash_password, is_password, normal_name, password_problem
from mentions.roles import Role


def test_each_role_may_do_what_the_ones_before_it_may() -> None:
    may = {role: [needed.value for needed in Role if role.includes(needed)] for role in Role}
    assert may[Role.VIEWER] == ["viewer"]
    assert may[Role.REVIEWER] == ["viewer", "reviewer"]
    assert may[Role.APPROVER] == ["viewer", "reviewer", "approver"]
    assert may[Role.ADMIN] == ["viewer", "reviewer", "approver", "admin"]


@pytest.mark.parametrize(("typed", "kept"), [(" Mara ", "mara"), ("Jo.Brook@Acme.example", "jo.brook@acme.example")])
def test_names_are_kept_in_lower_case(typed: str, kept: str) -> None:
    assert normal_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "two words", "a/b", "x" * 65, "\u202emara", "mara\n"[:4] + "\x00", ".mara"])
def test_what_is_no_name_is_refused_in_plain_words(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a user name"):
        normal_name(typed)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "12 characters or more"),
        ("x" * 1001, "1000 characters at most"),
        ("aaaaaaaaaaaaaaaa", "same few characters"),
        ("password1234", "first passwords that are tried"),
        ("mara.lindqvist1", "first passwords that are tried"),
        ("Qwertyuiop12", "first passwords that are tried"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str) -> None:
    problem = password_problem(password, "mara.lindqvist@quillon.example")
    assert problem is not None
    assert why in problem


def test_several_words_are_a_good_password() -> None:
    assert password_problem("harbour crane at seven", "mara") is None


def test_only_the_right_password_fits_what_is_kept() -> None:
    kept = hash_password("harbour crane at seven")
    assert kept.startswith("$argon2id$")
    assert "harbour" not in kept
    assert is_password("harbour crane at seven", kept)
    assert not is_password("harbour crane at eight", kept)
    assert not is_password("", kept)


def test_nobody_has_a_password_where_none_is_kept() -> None:
    assert not is_password("the password of a user who is not there", None)
