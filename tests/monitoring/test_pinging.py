"""A health check hears that a night began and how it ended; its address is told to nobody (F-16)."""

from collections.abc import Iterator

import pytest

from mentions import redaction
from mentions.monitoring.pinging import Pinger
from mentions.redaction import redacted
from tests.monitoring.health_check import SECRET, Check, listening


@pytest.fixture
def check() -> Iterator[Check]:
    with listening() as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_remembered", set())


def test_start_success_and_failure_are_told_apart(check: Check) -> None:
    pinger = Pinger(check.url)
    assert pinger.started() is None
    assert pinger.ended(well=True, says="exit code 0, run 12: finished") is None
    assert pinger.ended(well=False, says="exit code 1") is None
    assert check.heard == [
        ("POST", f"/ping/{SECRET}/start", ""),
        ("POST", f"/ping/{SECRET}", "exit code 0, run 12: finished"),
        ("POST", f"/ping/{SECRET}/fail", "exit code 1"),
    ]


def test_a_query_and_a_last_slash_stay_right(check: Check) -> None:
    Pinger(check.url + "/?create=1").started()
    assert check.heard[0][1] == f"/ping/{SECRET}/start?create=1"


def test_a_check_that_refuses_or_is_away_is_a_sentence_without_its_address(check: Check) -> None:
    pinger = Pinger(check.url)
    check.answer = 500
    assert pinger.started() == "the health check answered 500"
    away = Pinger(f"http://127.0.0.1:9/{SECRET}").started()
    assert away is not None
    assert away.startswith("the health check cannot be reached")
    assert SECRET not in away


def test_the_address_is_struck_out_of_every_text(check: Check) -> None:
    """F-16."""
    Pinger(check.url)
    assert SECRET not in redacted(f"POST {check.url} gave 500; path /ping/{SECRET}/start")


@pytest.mark.parametrize("url", ["", "hello", "file:///etc/passwd", "ftp://check.example/x", "https://"])
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(ValueError, match="holds no http or https address"):
        Pinger(url)
