"""`mentions demo` around the run: its folder, its port, its words. The run itself is in test_truth.py."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from mentions.cli import demo as command
from mentions.cli import main
from mentions.config import Config
from mentions.crawling.digesting import tell_what_is_new
from mentions.crawling.runner import NIGHTLY
from mentions.demo.newsroom import Newsroom, serve


class Runs:
    """Stands in for the run, and notes what it was asked to do."""

    def __init__(self) -> None:
        self.calls: list[tuple[Config, bool, str]] = []
        self.spiders: Sequence[str] = ()
        self.last: object = None
        self.code = 0

    def __call__(self, config: Config, spiders: Sequence[str], *, drafting: bool, kind: str, last: object) -> int:
        self.calls.append((config, drafting, kind))
        self.spiders, self.last = spiders, last
        return self.code


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    stand_in = Runs()
    monkeypatch.setattr(command, "run_and_report", stand_in)
    return stand_in


@pytest.fixture
def port() -> int:
    with serve(0) as probe:
        return probe.port


def test_it_writes_a_configuration_and_runs_the_nightly_job(
    tmp_path: Path, port: int, runs: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "demo-run"
    assert main(["demo", "--folder", str(folder), "--port", str(port)]) == 0
    [(config, drafting, kind)] = runs.calls
    assert (config.path, drafting, kind) == (folder / "mentions.toml", True, "nightly")
    assert (runs.spiders, runs.last) == (NIGHTLY, tell_what_is_new), "every part of a night"
    assert config.network.ports == (port,)
    said = capsys.readouterr().out
    assert "Looking for Kelvarra, Heron, Rillwatch, River Ledger" in said
    assert f"export MENTIONS_CONFIG={folder / 'mentions.toml'}" in said
    assert f"mentions demo --folder {folder} --serve" in said


def test_a_configuration_that_is_there_is_kept_with_its_port(tmp_path: Path, port: int, runs: Runs) -> None:
    main(["demo", "--folder", str(tmp_path), "--port", str(port)])
    path = tmp_path / "mentions.toml"
    path.write_text(path.read_text("utf-8").replace("Marit Solheim", "Somebody Else"), encoding="utf-8")
    assert main(["demo", "--folder", str(tmp_path)]) == 0
    config = runs.calls[-1][0]
    assert config.sender
    assert config.sender.name == "Somebody Else"
    assert config.network.ports == (port,)


def test_another_port_than_the_configuration_speaks_of_is_refused(
    tmp_path: Path, port: int, runs: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["demo", "--folder", str(tmp_path), "--port", str(port)])
    with serve(0) as probe:
        other = probe.port
    assert main(["demo", "--folder", str(tmp_path), "--port", str(other)]) == 2
    assert f"it was written for port {port}, not {other}" in capsys.readouterr().err
    assert len(runs.calls) == 1


def test_a_taken_port_is_said_plainly_and_nothing_is_written(
    tmp_path: Path, newsroom: Newsroom, runs: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo-run"
    assert main(["demo", "--folder", str(folder), "--port", str(newsroom.port)]) == 1
    assert f"port {newsroom.port} on 127.0.0.1 is in use" in capsys.readouterr().err
    assert not folder.exists()
    assert runs.calls == []


def test_who_stops_the_run_does_not_stay(tmp_path: Path, port: int, runs: Runs) -> None:
    runs.code = 130
    assert main(["demo", "--folder", str(tmp_path), "--port", str(port), "--serve"]) == 130
