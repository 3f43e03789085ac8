"""A run's digest on its way: the file, the chats, and what is said when one of them fails."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mentions import digesting
from mentions.config import Config, load_config
from mentions.digesting import digest_run
from mentions.exceptions import NotifyError
from mentions.redaction import redacted
from mentions.store import Store, open_store
from mentions.store.records import RunState, RunSummary
from tests.store.building import NIGHT, finding, outcome

NOW = NIGHT + timedelta(hours=1)
ADDRESS = "https://hooks.chat.example/T0SECRET"

CONFIGURATION = """
[[targets]]
name = "Acme Robotics"
kind = "brand"
domains = ["acme.example"]
url = "https://acme.example/"

[digest]
desk_url = "https://desk.acme.example/"
webhooks = [
  { kind = "slack", url_env = "TEST_SLACK_URL" },
  { kind = "json", url_env = "TEST_JSON_URL" },
]
apprise_env = ["TEST_APPRISE_URL"]
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    path = tmp_path / "mentions.toml"
    path.write_text(CONFIGURATION, encoding="utf-8")
    return load_config(path)


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    opened = open_store(config.store_url)
    opened.register(config.targets, config.publishers, NIGHT)
    yield opened
    opened.close()


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What would have been posted, instead of posting it."""
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(digesting, "post", lambda url, body, **_: sent.append((url, body)))
    monkeypatch.setattr(digesting, "tell", lambda url, title, body: sent.append((url, body)))
    for name in ("TEST_SLACK_URL", "TEST_JSON_URL", "TEST_APPRISE_URL"):
        monkeypatch.setenv(name, f"{ADDRESS}/{name}")
    return sent


def a_night(store: Store, *pages: int) -> RunSummary:
    """A run that found these pages."""
    run_id = store.start_run("nightly", NIGHT)
    store.save_outcomes(run_id, [outcome(number, finding(), at=NIGHT) for number in pages])
    store.finish_run(run_id, RunState.FINISHED, NOW, {}, {}, ())
    run = store.run(run_id)
    assert run is not None
    return run


def test_news_is_written_and_told_to_every_chat(store: Store, config: Config, posted: list[tuple[str, Any]]) -> None:
    done = digest_run(store, config, a_night(store, 1, 2), now=NOW)
    assert done.told == ("TEST_SLACK_URL", "TEST_JSON_URL", "TEST_APPRISE_URL")
    assert done.warnings == ()
    assert done.file == config.folder / "digests" / "digest-run-1.html"
    assert "Acme Robotics builds robots." in done.file.read_text(encoding="utf-8")
    assert [url for url, _ in posted] == [f"{ADDRESS}/{name}" for name in done.told]
    assert posted[1][1]["title"] == "Mentions, 20 November: 2 new to ask about"


def test_no_address_that_was_crawled_is_posted_as_one(
    store: Store, config: Config, posted: list[tuple[str, Any]]
) -> None:
    digest_run(store, config, a_night(store, 1), now=NOW)
    for _, body in posted:
        assert "courier.example" not in str(body)


def test_nothing_new_is_told_to_nobody_unless_asked(
    store: Store, config: Config, posted: list[tuple[str, Any]]
) -> None:
    quiet = a_night(store)
    done = digest_run(store, config, quiet, now=NOW)
    assert (done.file, done.told, posted) == (None, (), [])
    assert digest_run(store, config, quiet, now=NOW, always=True).told != ()


def test_what_earlier_runs_found_is_no_news(store: Store, config: Config, posted: list[tuple[str, Any]]) -> None:
    a_night(store, 1)
    run_id = store.start_run("nightly", NOW + timedelta(days=1))
    run = store.run(run_id)
    assert run is not None
    assert not digest_run(store, config, run, now=NOW + timedelta(days=1, hours=1)).digest.has_news


def test_a_chat_that_fails_is_a_warning_and_the_others_are_told(
    store: Store, config: Config, posted: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """F-16: the address stands in no word, and is struck out of everything from then on."""

    def post(url: str, body: object, **_: object) -> None:
        if "SLACK" in url:
            raise NotifyError(f"it said {url}")
        posted.append((url, body))

    monkeypatch.setattr(digesting, "post", post)
    done = digest_run(store, config, a_night(store, 1), now=NOW)
    assert done.told == ("TEST_JSON_URL", "TEST_APPRISE_URL")
    (warning,) = done.warnings
    assert "TEST_SLACK_URL" in warning
    assert "T0SECRET" not in warning
    assert "T0SECRET" not in redacted(f"somewhere else: {ADDRESS}/TEST_JSON_URL")


def test_an_address_that_is_not_in_the_environment_is_a_warning(
    store: Store, config: Config, posted: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEST_SLACK_URL")
    monkeypatch.setenv("TEST_JSON_URL", "  ")
    done = digest_run(store, config, a_night(store, 1), now=NOW)
    assert done.told == ("TEST_APPRISE_URL",)
    assert all("is not set" in warning for warning in done.warnings)
    assert len(done.warnings) == 2


def test_a_folder_that_cannot_be_written_is_a_warning(
    store: Store, config: Config, posted: list[tuple[str, Any]]
) -> None:
    (config.folder / "digests").write_text("a file", encoding="utf-8")
    done = digest_run(store, config, a_night(store, 1), now=NOW)
    assert done.file is None
    assert "could not be written" in done.warnings[0]
    assert len(done.told) == 3


def test_a_dry_run_tells_nobody(store: Store, config: Config, posted: list[tuple[str, Any]]) -> None:
    done = digest_run(store, config, a_night(store, 1), now=NOW, always=True, tell_chats=False)
    assert (done.file, done.told, posted) == (None, (), [])
    assert done.message.parts
