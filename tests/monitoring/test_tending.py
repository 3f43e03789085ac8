"""Nothing that watches over a night can make it fail."""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentions.config import load_config
from mentions.exceptions import ConfigError
from mentions.monitoring.tending import Tending
from tests.cli.test_scan import CONFIG

NIGHT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def tending(folder: Path, table: str) -> Tending:
    path = folder / "mentions.toml"
    path.write_text(f"{CONFIG}\n[monitoring]\n{table}\n", encoding="utf-8")
    return Tending(load_config(path), lambda: NIGHT)


def test_without_settings_nothing_is_written(tmp_path: Path) -> None:
    nobody = tending(tmp_path, "")
    nobody.started()
    nobody.alive("page 3")
    nobody.ended(0)
    assert [entry.name for entry in tmp_path.iterdir()] == ["mentions.toml"]


def test_files_lie_beside_the_configuration(tmp_path: Path) -> None:
    watched = tending(tmp_path, 'heartbeat = "alive.json"\ntextfile = "mentions.prom"')
    watched.started()
    assert json.loads((tmp_path / "alive.json").read_text())["says"] == "starting"
    watched.ended(1)
    assert json.loads((tmp_path / "alive.json").read_text())["state"] == "ended"
    assert "mentions_run_last_exit_code 1\n" in (tmp_path / "mentions.prom").read_text()


def test_what_cannot_be_written_or_told_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHECK", "http://127.0.0.1:9/secret-path")
    settings = 'heartbeat = "no/alive.json"\ntextfile = "no/mentions.prom"\nping_url_env = "CHECK"'
    watched = tending(tmp_path, settings)
    with caplog.at_level(logging.WARNING):
        watched.started()
        watched.alive("page 3")
        watched.ended(0)
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 4
    assert [line for line in said if "the heartbeat" in line] == [
        f"the heartbeat cannot be written: {tmp_path / 'no'}: No such file or directory"
    ], "said once, however often it is tried"
    assert sum("the figures for Prometheus cannot be written" in line for line in said) == 1
    assert sum("the health check cannot be reached" in line for line in said) == 2
    assert not any("secret-path" in line for line in said), "F-16"


@pytest.mark.parametrize(("value", "said"), [(None, "is not set"), ("hello", "holds no http or https address")])
def test_a_missing_address_is_said_before_the_night_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None, said: str
) -> None:
    monkeypatch.delenv("CHECK", raising=False)
    if value is not None:
        monkeypatch.setenv("CHECK", value)
    with pytest.raises(ConfigError, match=rf"monitoring.ping_url_env: .*CHECK {said}"):
        tending(tmp_path, 'ping_url_env = "CHECK"')


def test_the_figures_must_have_the_name_that_the_collector_reads(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"must end in \.prom"):
        tending(tmp_path, 'textfile = "mentions.txt"')
