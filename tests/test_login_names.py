"""The name of whoever works here, also where nobody has given them one."""

import os
import pwd

import pytest

from mentions.login_names import login_name
from mentions.review.visitors import person_here
from mentions.roles import Role


@pytest.fixture
def only_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container that was started as a user whom it does not know."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)

    def unknown(_number: int) -> pwd.struct_passwd:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(pwd, "getpwuid", unknown)


@pytest.mark.usefixtures("only_a_number")
def test_a_user_without_a_name_is_a_number() -> None:
    assert login_name() == f"user {os.getuid()}"
    assert (person_here().name, person_here().role) == (login_name(), Role.ADMIN)


def test_a_user_with_a_name_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "mara")
    assert login_name() == "mara"
