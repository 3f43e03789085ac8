"""Who may come to the desk, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from mentions.exceptions import UserRefused
from mentions.roles import Role
from mentions.store import Store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
IDLE = timedelta(hours=72)
IN_TWO_WEEKS = NOW + timedelta(days=14)


@pytest.fixture
def staffed(store: Store) -> Store:
    store.add_user("ada", Role.ADMIN, password_hash="hash of ada", by="root", now=NOW)
    store.add_user("mara", Role.REVIEWER, password_hash="hash of mara", by="ada", now=NOW)
    return store


def test_a_store_has_no_users_at_first(store: Store) -> None:
    assert not store.has_users()
    assert store.users() == []
    assert store.password_of("mara") is None


def test_users_are_listed_by_name_without_their_passwords(staffed: Store) -> None:
    staffed.add_user("zoe", Role.VIEWER, password_hash=None, by="ada", now=NOW)
    found = [(user.name, user.role, user.has_password) for user in staffed.users()]
    assert found == [("ada", Role.ADMIN, True), ("mara", Role.REVIEWER, True), ("zoe", Role.VIEWER, False)]


def test_a_name_is_given_once(staffed: Store) -> None:
    with pytest.raises(UserRefused, match="there is a user mara already"):
        staffed.add_user("mara", Role.ADMIN, password_hash=None, by="ada", now=NOW)
    assert staffed.role_of("mara") is Role.REVIEWER


def test_the_new_role_holds_at_once_and_stands_in_the_history(staffed: Store) -> None:
    staffed.begin_session("mara", "h1", now=NOW, expires_at=IN_TWO_WEEKS)
    assert staffed.set_role("mara", Role.APPROVER, by="ada", now=NOW)
    login = staffed.session("h1", now=NOW, idle=IDLE)
    assert login is not None
    assert login.role is Role.APPROVER
    assert not staffed.set_role("mara", Role.APPROVER, by="ada", now=NOW)


def test_the_last_admin_stays_admin(staffed: Store) -> None:
    with pytest.raises(UserRefused, match="ada is the last admin"):
        staffed.set_role("ada", Role.APPROVER, by="ada", now=NOW)
    with pytest.raises(UserRefused, match="ada is the last admin"):
        staffed.disable_user("ada", by="ada", now=NOW)
    staffed.set_role("mara", Role.ADMIN, by="ada", now=NOW)
    assert staffed.disable_user("ada", by="mara", now=NOW)


def test_a_disabled_user_is_out_at_once_and_comes_back_without_old_sessions(staffed: Store) -> None:
    staffed.begin_session("mara", "h1", now=NOW, expires_at=IN_TWO_WEEKS)
    assert staffed.disable_user("mara", by="ada", now=NOW)
    assert staffed.session("h1", now=NOW, idle=IDLE) is None
    assert staffed.role_of("mara") is None
    assert staffed.password_of("mara") is None
    assert staffed.enable_user("mara", by="ada", now=NOW)
    assert staffed.role_of("mara") is Role.REVIEWER
    assert staffed.session("h1", now=NOW, idle=IDLE) is None


def test_a_session_ends_when_it_idles_and_when_its_time_is_over(staffed: Store) -> None:
    staffed.begin_session("mara", "h1", now=NOW, expires_at=IN_TWO_WEEKS)
    later = NOW + timedelta(hours=71)
    login = staffed.session("h1", now=later, idle=IDLE)
    assert login is not None
    staffed.touch_session(login.id, later)
    assert staffed.session("h1", now=later + timedelta(hours=71), idle=IDLE) is not None
    assert staffed.session("h1", now=later + timedelta(hours=72), idle=IDLE) is None
    assert staffed.session("h1", now=IN_TWO_WEEKS, idle=timedelta(days=365)) is None


def test_logging_out_everywhere_keeps_the_one_session_named(staffed: Store) -> None:
    for token in ("h1", "h2", "h3"):
        staffed.begin_session("mara", token, now=NOW, expires_at=IN_TWO_WEEKS)
    staffed.begin_session("ada", "h4", now=NOW, expires_at=IN_TWO_WEEKS)
    kept = staffed.session("h2", now=NOW, idle=IDLE)
    assert kept is not None
    assert staffed.end_sessions("mara", but=kept.id, by="mara", now=NOW) == 2
    assert [login.id for login in staffed.sessions_of("mara", now=NOW, idle=IDLE)] == [kept.id]
    assert staffed.session("h4", now=NOW, idle=IDLE) is not None


def test_nobody_ends_the_session_of_somebody_else(staffed: Store) -> None:
    staffed.begin_session("ada", "h1", now=NOW, expires_at=IN_TWO_WEEKS)
    (login,) = staffed.sessions_of("ada", now=NOW, idle=IDLE)
    assert not staffed.end_session("mara", login.id, now=NOW)
    assert staffed.end_session("ada", login.id, now=NOW)
    assert staffed.session("h1", now=NOW, idle=IDLE) is None


def test_a_new_password_ends_every_session(staffed: Store) -> None:
    staffed.begin_session("mara", "h1", now=NOW, expires_at=IN_TWO_WEEKS)
    staffed.set_password("mara", "another hash", by="ada", now=NOW)
    assert staffed.session("h1", now=NOW, idle=IDLE) is None
    assert staffed.password_of("mara") == "another hash"


def test_sessions_that_are_over_are_not_kept(staffed: Store) -> None:
    staffed.begin_session("mara", "h1", now=NOW, expires_at=NOW + timedelta(days=1))
    staffed.begin_session("mara", "h2", now=NOW + timedelta(days=2), expires_at=IN_TWO_WEEKS)
    found = staffed.sessions_of("mara", now=NOW, idle=timedelta(days=365))
    assert len(found) == 1


def test_nobody_is_changed_who_is_not_there(store: Store) -> None:
    with pytest.raises(UserRefused, match="there is no user mara"):
        store.set_role("mara", Role.ADMIN, by="ada", now=NOW)
    with pytest.raises(UserRefused, match="there is no user mara"):
        store.begin_session("mara", "h1", now=NOW, expires_at=IN_TWO_WEEKS)
