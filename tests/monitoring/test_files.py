"""Files that are whole or not there; a heartbeat that shows who hangs."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mentions.monitoring.files import Heartbeat, write_whole

NIGHT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NIGHT

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def test_a_file_is_replaced_whole_and_others_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "mentions.prom"
    write_whole(path, "old\n")
    with path.open() as reader:
        write_whole(path, "new\n")
        assert reader.read() == "old\n", "who reads the old one reads all of it"
    assert path.read_text() == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [entry.name for entry in tmp_path.iterdir()] == ["mentions.prom"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "mentions.prom", "new\n")
    assert list(tmp_path.iterdir()) == []


def test_a_heartbeat_is_written_every_ten_seconds_and_says_how_it_ended(tmp_path: Path) -> None:
    path, clock = tmp_path / "alive.json", Clock()
    heart = Heartbeat(path, clock)
    heart.beat("starting")
    clock.goes_on(9)
    heart.beat("page 3")
    assert json.loads(path.read_text())["says"] == "starting"
    clock.goes_on(1)
    heart.beat("page 4")
    beat = json.loads(path.read_text())
    assert (beat["state"], beat["says"], beat["process"]) == ("running", "page 4", os.getpid())
    assert beat["started_at"] == NIGHT.isoformat()
    assert beat["at"] == (NIGHT + timedelta(seconds=10)).isoformat()
    heart.stop(3)
    beat = json.loads(path.read_text())
    assert (beat["state"], beat["says"]) == ("ended", "exit code 3")


def test_a_beat_that_fails_is_tried_again_ten_seconds_later(tmp_path: Path) -> None:
    """A disk that is full for a minute must not make the run look as if it hung, nor be asked at every page."""
    path, clock = tmp_path / "no" / "alive.json", Clock()
    heart = Heartbeat(path, clock)
    with pytest.raises(FileNotFoundError):
        heart.beat("page 1")
    path.parent.mkdir()
    clock.goes_on(9)
    heart.beat("page 2")
    assert not path.exists()
    clock.goes_on(1)
    heart.beat("page 3")
    assert json.loads(path.read_text())["says"] == "page 3"


def test_a_heart_goes_on_beating_when_the_clock_is_put_back(tmp_path: Path) -> None:
    """G-13: an hour without a beat would look as if the run hung."""
    path, clock = tmp_path / "alive.json", Clock()
    heart = Heartbeat(path, clock)
    heart.beat("before")
    clock.goes_on(-3600)
    heart.beat("after")
    assert json.loads(path.read_text())["says"] == "after"
