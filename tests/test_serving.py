"""How the desk is reached: which names it answers to, and when it needs users."""

from typing import Any

import pytest
from pydantic import ValidationError

from mentions.serving import ReviewSettings, is_any, is_loopback


def settings(**given: Any) -> ReviewSettings:
    return ReviewSettings.model_validate(given)


def test_by_default_it_is_for_the_person_at_this_computer() -> None:
    assert settings().is_private
    assert settings().host_names == {"localhost", "127.0.0.1", "::1"}
    assert not settings().is_encrypted


@pytest.mark.parametrize(
    "given",
    [
        {"host": "0.0.0.0"},
        {"host": "::"},
        {"host": "10.0.0.1"},
        {"base_url": "https://desk.acme.example/"},
        {"allowed_hosts": ["desk"]},
        {"trusted_proxies": ["127.0.0.1"]},
    ],
)
def test_whoever_can_be_reached_by_others_needs_users(given: dict[str, Any]) -> None:
    assert not settings(**given).is_private


def test_it_answers_to_the_names_of_the_configuration() -> None:
    found = settings(host="10.0.0.1", base_url="https://Desk.acme.example:8443/", allowed_hosts=["DESK", "[fd00::1]"])
    assert found.host_names >= {"10.0.0.1", "desk.acme.example", "desk", "fd00::1", "localhost"}
    assert found.is_encrypted
    assert "0.0.0.0" not in settings(host="0.0.0.0").host_names


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"allowed_hosts": ["https://desk/"]}, "is not a host name"),
        ({"allowed_hosts": ["*"]}, "is not a host name"),
        ({"allowed_hosts": ["desk:8765"]}, "is not a host name"),
        ({"trusted_proxies": ["proxy"]}, "neither an address"),
        ({"trusted_proxies": ["*"]}, "neither an address"),
        ({"login": "proxy"}, "needs trusted_proxies"),
        ({"user_header": "Remote User"}, "user_header"),
        ({"port": 0}, "port"),
        ({"sesion_days": 3}, "sesion_days"),
    ],
)
def test_what_cannot_be_is_refused_by_name(given: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        settings(**given)


@pytest.mark.parametrize(
    ("host", "here"), [("127.0.0.9", True), ("[::1]", True), ("LOCALHOST", True), ("1.2.3.4", False)]
)
def test_loopback_is_known(host: str, here: bool) -> None:
    assert is_loopback(host) is here
    assert not is_any(host)
