"""`mentions user` and `mentions review`: who may come in, and a desk that is never open to strangers."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mentions.cli import cli
from mentions.config import load_config
from mentions.roles import Role
from mentions.store import open_store

PASSWORD = "harbour crane at seven"
CONFIGURATION = """
[[targets]]
name = "Quillon Robotics"
kind = "brand"
domains = ["quillon.example"]
url = "https://quillon.example/"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "mentions.toml"
    path.write_text(CONFIGURATION, encoding="utf-8")
    return path


def run(config: Path, *words: str, typed: str = f"{PASSWORD}\n") -> Result:
    return CliRunner().invoke(cli, [*words, "--config", str(config)], input=typed)


def role_of(config: Path, name: str) -> Role | None:
    store = open_store(load_config(config).store_url)
    try:
        return store.role_of(name)
    finally:
        store.close()


def add(config: Path, name: str, *words: str) -> Result:
    return run(config, "user", "add", name, "--password-stdin", *words)


def test_the_first_user_is_an_admin_the_next_a_reviewer(config: Path) -> None:
    assert "From now on everybody logs in." in add(config, "Ada").output
    assert "mara may come in as reviewer" in add(config, "mara").output
    assert role_of(config, "ada") is Role.ADMIN
    assert role_of(config, "mara") is Role.REVIEWER


def test_the_first_user_can_be_nothing_less(config: Path) -> None:
    answer = add(config, "ada", "--role", "viewer")
    assert answer.exit_code == 2
    assert "the first user is an admin" in answer.output
    assert role_of(config, "ada") is None


@pytest.mark.parametrize(("typed", "why"), [("short\n", "12 characters or more"), ("", "12 characters or more")])
def test_a_weak_password_adds_nobody(config: Path, typed: str, why: str) -> None:
    answer = run(config, "user", "add", "ada", "--password-stdin", typed=typed)
    assert answer.exit_code == 2
    assert why in answer.output
    assert role_of(config, "ada") is None


def test_a_password_is_never_an_argument(config: Path) -> None:
    answer = run(config, "user", "add", "ada", "--password", PASSWORD)
    assert answer.exit_code == 2
    assert "No such option" in answer.output


def test_without_a_terminal_the_password_must_be_on_standard_input(config: Path) -> None:
    answer = run(config, "user", "add", "ada")
    assert answer.exit_code == 2
    assert "--password-stdin" in answer.output


def test_users_are_listed_changed_and_let_in_no_more(config: Path) -> None:
    add(config, "ada")
    add(config, "mara")
    assert "mara is approver now" in run(config, "user", "role", "mara", "approver").output
    assert "mara has a new password" in run(config, "user", "password", "mara", "--password-stdin").output
    assert "mara is let in no more" in run(config, "user", "disable", "mara").output
    assert "let in no more since" in run(config, "user", "list").output
    assert "mara is let in again" in run(config, "user", "enable", "mara").output
    assert "mara is logged out of 0 sessions" in run(config, "user", "log-out", "mara").output
    rows = [json.loads(line) for line in run(config, "user", "list", "--json").output.splitlines()]
    assert [(row["name"], row["role"], row["password"]) for row in rows] == [
        ("ada", "admin", True),
        ("mara", "approver", True),
    ]


@pytest.mark.parametrize("words", [("role", "nobody", "admin"), ("disable", "nobody"), ("log-out", "nobody")])
def test_nobody_is_changed_who_is_not_there(config: Path, words: tuple[str, ...]) -> None:
    answer = run(config, "user", *words)
    assert answer.exit_code != 0
    assert "there is no user nobody" in str(answer.exception or answer.output)


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (("--host", "0.0.0.0"), ""),
        (("--host", "10.255.255.1"), ""),
        ((), '[review]\nbase_url = "https://desk.acme.example/"\n'),
        ((), '[review]\ntrusted_proxies = ["127.0.0.1"]\n'),
    ],
)
def test_without_users_the_desk_listens_for_nobody_else(config: Path, words: tuple[str, ...], more: str) -> None:
    config.write_text(CONFIGURATION + more, encoding="utf-8")
    answer = run(config, "review", *words)
    assert answer.exit_code != 0
    assert "has no users yet" in str(answer.exception)


def test_the_desk_prints_its_address_answers_and_stops_when_told(config: Path) -> None:
    command = [sys.executable, "-m", "mentions.cli", "review", "--port", "0", "--config", str(config)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as desk:
        assert desk.stdout is not None
        assert desk.stderr is not None
        try:
            first = desk.stdout.readline()
            url = first.partition("The review desk: ")[2].strip()
            assert url.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(url, timeout=60) as answer:
                assert answer.status == 200
                assert "server" not in {name.lower() for name in answer.headers}
            desk.send_signal(signal.SIGTERM)
            desk.wait(timeout=60)
        finally:
            desk.kill()
        # Not communicate(): it reads below the buffer that readline() may already have filled with more lines.
        out, err = desk.stdout.read(), desk.stderr.read()
    assert desk.returncode == 0
    assert "Nobody logs in" in out
    assert out.endswith("Stopped.\n")
    assert err == ""
