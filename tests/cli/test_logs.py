"""The log as JSON: one object a line, redacted, errors too (F-16)."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import click
import pytest
from rich.console import Console

from mentions import redaction
from mentions.cli.logs import errors_logged, log_to, style_of
from mentions.config import Config
from mentions.exceptions import AlreadyRunning, ConfigError, StoreError
from mentions.operating import LogFormat

SECRET = "corr3ct-horse"


@pytest.fixture(autouse=True)
def the_log_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(redaction, "_remembered", set())
    root, ours = logging.getLogger(), logging.getLogger("mentions")
    handlers, levels = list(root.handlers), (root.level, ours.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def in_json() -> None:
    log_to(Console(file=io.StringIO()), LogFormat.JSON)


def test_each_record_is_one_object_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    in_json()
    logging.getLogger("mentions.x").warning("two\nlines, %d pages, “日本”", 3)
    logging.getLogger("mentions.x").info("progress", extra={"data": {"pages": 3}})
    first, second = lines(capsys)
    assert (first["level"], first["logger"], first["message"]) == (
        "warning",
        "mentions.x",
        "two\nlines, 3 pages, “日本”",
    )
    assert first["at"].endswith("+00:00")
    assert (second["level"], second["data"]) == ("info", {"pages": 3})


def test_f16_secrets_and_addresses_are_struck_out_of_messages_data_and_tracebacks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    in_json()
    redaction.remember(SECRET)
    logger = logging.getLogger("mentions.x")
    data = {"warnings": [f"jane@courier.example: {SECRET}"], "n": 3, "deep": {"url": f"https://u:{SECRET}@x.example/"}}
    try:
        raise ValueError(f"{SECRET} for jane@courier.example")
    except ValueError:
        logger.exception("password=%s of jane@courier.example", SECRET, extra={"data": data})
    [line] = lines(capsys)
    text = json.dumps(line)
    assert SECRET not in text
    assert "jane@" not in text
    assert line["data"]["warnings"] == ["(address): ***"]
    assert line["data"]["n"] == 3
    assert "ValueError: *** for (address)" in line["error"]


def test_scrapys_own_words_only_where_something_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    in_json()
    logging.getLogger("scrapy.core").warning("hm")
    logging.getLogger("scrapy.core").error("broken")
    assert [line["message"] for line in lines(capsys)] == ["broken"]


@pytest.mark.parametrize(
    ("error", "code"), [(AlreadyRunning("x"), 75), (StoreError("x"), 1), (ConfigError("x"), 2)], ids=["75", "1", "2"]
)
def test_an_error_that_ends_the_command_is_a_line_too(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(click.exceptions.Exit) as ended, errors_logged(LogFormat.JSON):
        raise error
    [line] = lines(capsys)
    assert (line["level"], line["message"], line["data"]) == ("error", "x", {"exit_code": code})
    assert ended.value.exit_code == code


def test_for_people_the_error_goes_on_to_be_said_in_plain_words() -> None:
    with pytest.raises(StoreError, match="x"), errors_logged(LogFormat.PLAIN):
        raise StoreError("x")


def test_the_command_line_wins_over_the_configuration() -> None:
    config = Config.model_validate(
        {"targets": [{"name": "A", "domains": ["a.example"]}], "logging": {"format": "json"}}
    )
    assert style_of(None, config) is LogFormat.JSON
    assert style_of("plain", config) is LogFormat.PLAIN
    assert style_of(None) is LogFormat.PLAIN
