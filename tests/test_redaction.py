"""F-16: no secret in a log line, an error message or a traceback."""

import io
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mentions import redaction
from mentions.redaction import Redacting, redacted, remember, without_addresses
from tests.conftest import REPOSITORY

SECRET = "corr3ct-horse"


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test remembers by itself."""
    monkeypatch.setattr(redaction, "_remembered", set())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"postgresql+psycopg://pr:{SECRET}@db.example/mentions", "postgresql+psycopg://pr:***@db.example/mentions"),
        (f"proxy http://user:{SECRET}@proxy.example:8080 failed", "proxy http://user:***@proxy.example:8080 failed"),
        (f"imaps://jo%40acme.example:{SECRET}@mail.example", "imaps://jo%40acme.example:***@mail.example"),
        (f"https://hooks.slack.com/services/T0/B0/{SECRET} gave 404", "https://hooks.slack.com/services/*** gave 404"),
        (f"https://discord.com/api/webhooks/1/{SECRET}", "https://discord.com/api/webhooks/***"),
        (f"https://api.telegram.org/bot1:{SECRET}/send", "https://api.telegram.org/***"),
        (f"GET /hook?token={SECRET}&page=2", "GET /hook?token=***&page=2"),
        (f"password={SECRET}", "password=***"),
        (f'{{"api_key": "{SECRET}", "page": 2}}', '{"api_key": "***", "page": 2}'),
        ("https://courier.example:8080/a@b?x=1", "https://courier.example:8080/a@b?x=1"),
        ("three tokens, one secret: of the harbour", "three tokens, one secret: of the harbour"),
    ],
)
def test_shapes_that_are_secret_wherever_they_stand(text: str, shown: str) -> None:
    assert redacted(text) == shown


def test_what_is_remembered_is_struck_out_everywhere_and_short_things_are_not() -> None:
    assert remember(SECRET) == SECRET
    remember("abc")
    remember(f"{SECRET}-and-more")
    assert redacted(f"LOGIN jo {SECRET}-and-more / {SECRET} abc") == "LOGIN jo *** / *** abc"


def test_a_log_handler_strikes_out_messages_arguments_and_tracebacks() -> None:
    remember(SECRET)
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(Redacting())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    logger.warning("cannot log in as %s with %s", "jo", SECRET)
    try:
        raise ConnectionError(f"imaps://jo:{SECRET}@mail.example refused")
    except ConnectionError:
        logger.exception("no connection")
    said = out.getvalue()
    assert SECRET not in said
    assert "cannot log in as jo with ***" in said
    assert "ConnectionError: imaps://jo:***@mail.example refused" in said


@pytest.mark.parametrize("command", ["nightly", "list", "doctor"])
def test_f16_a_database_password_appears_in_no_output(tmp_path: Path, command: str) -> None:
    """A database that cannot be reached: the error names it, without the password that the environment gave."""
    (tmp_path / "mentions.toml").write_text(
        '[[targets]]\nname = "Acme"\ndomains = ["acme.example"]\n[[publishers]]\nname = "C"\ndomain = "c.example"\n'
        'feeds = ["https://c.example/rss"]\n[store]\nurl_env = "THE_DATABASE"\n'
    )
    done = subprocess.run(
        [sys.executable, "-m", "mentions.cli", command],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "THE_DATABASE": f"postgresql+psycopg://pr:{SECRET}@127.0.0.1:1/mentions?sslmode=disable",
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode != 0
    assert SECRET not in done.stdout + done.stderr


def test_f16_an_exception_nobody_caught_is_shown_without_secrets() -> None:
    program = (
        "from mentions.redaction import guard_tracebacks\nguard_tracebacks()\n"
        f"raise RuntimeError('postgresql://pr:{SECRET}@db.example gave up')"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "RuntimeError: postgresql://pr:***@db.example gave up" in done.stderr


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no draft for jane.doe+x@news.courier.example: gone", "no draft for (address): gone"),
        ("<Jane@Courier.Example>,bob@zürich.example", "<(address)>,(address)"),
        ("https://medium.com/@jane scrapy@2.19 a@b", "https://medium.com/@jane scrapy@2.19 a@b"),
        ("postgresql://ada:***@db.example/mentions", "postgresql://ada:***@db.example/mentions"),
    ],
)
def test_addresses_are_taken_out_of_what_is_kept(text: str, shown: str) -> None:
    """E-04."""
    assert without_addresses(text) == shown


def test_a_page_of_one_endless_word_is_read_once() -> None:
    """In quadratic time this would not end within the night."""
    assert without_addresses("a" * 2_000_000 + "@" + "a." * 500_000 + "1") != ""
