"""`mentions nightly` as one thing: its phases, limits, signals, and what it tells machines (F-16, G-07, G-08)."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mentions.config import load_config
from mentions.store import open_store
from mentions.store.lock import run_lock
from mentions.store.records import RunSummary
from tests.conftest import REPOSITORY
from tests.crawling.newsweb import lasting_config, newspaper, query, story
from tests.crawling.test_runner_process import TIMEOUT_S, run
from tests.hostile_web import Answer, Asked, Route, Web
from tests.monitoring.health_check import SECRET, listening
from tests.store.test_backups import on_a_small_disk

WATCHED = '[monitoring]\nheartbeat = "alive.json"\ntextfile = "m.prom"\nping_url_env = "CHECK"\n'
PHASES = ["crawl", "recheck", "weigh", "draft", "tidy", "digest"]

# A night whose last phase, or whose drafting, does what the test wants to see survived.
NIGHT = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from mentions.config import load_config
from mentions.crawling import job as jobs
from mentions.crawling.runner import NIGHTLY, exit_code, run_crawl
def terminated(*_, **__):
    os.kill(os.getpid(), signal.SIGTERM)
def interrupted(*_, **__):
    os.kill(os.getpid(), signal.SIGINT)
def broken(*_, **__):
    raise KeyError("a mistake")
what = {"terminated": terminated, "interrupted": interrupted, "broken": broken}
if sys.argv[2] == "draft":
    jobs.write_drafts = what[sys.argv[3]]
last = what[sys.argv[3]] if sys.argv[2] == "digest" else lambda job: None
run = run_crawl(load_config(Path(sys.argv[1])), NIGHTLY, now=lambda: datetime.now(UTC), drafting=True,
                kind="nightly", last=last)
sys.exit(exit_code(run))
"""


def configured(folder: Path, port: int, more: str = "", **changes: Any) -> Path:
    """A configuration whose nights do not wait for the look at our own pages; `more` is TOML to add."""
    path = lasting_config(folder, port, **changes)
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n[looks]\nmax_a_night = 0\n{more}", encoding="utf-8")
    return path


def last_run(path: Path) -> RunSummary:
    store = open_store(load_config(path).store_url)
    try:
        found = store.last_run()
    finally:
        store.close()
    assert found is not None
    return found


def phases_of(run: RunSummary) -> dict[str, str]:
    return {phase.name: phase.state.value for phase in run.phases}


def night_with(path: Path, phase: str, happening: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", NIGHT, str(path), phase, happening],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert "Traceback" not in done.stderr or happening == "broken", done.stderr
    return done.returncode


def test_a_night_does_all_its_phases_and_tells_who_watches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Web(newspaper("courier.example", 4)) as web, listening() as check:
        monkeypatch.setenv("CHECK", check.url)
        path = configured(tmp_path, web.port, WATCHED)
        code, said = run(path)
    assert code == 0, said
    assert phases_of(last_run(path)) == dict.fromkeys(PHASES, "done")
    assert check.heard == [
        ("POST", f"/ping/{SECRET}/start", ""),
        ("POST", f"/ping/{SECRET}", "exit code 0, run 1: finished"),
    ]
    assert json.loads((tmp_path / "alive.json").read_text())["says"] == "exit code 0"
    figures = (tmp_path / "m.prom").read_text()
    assert "mentions_run_last_exit_code 0\n" in figures
    assert 'mentions_run_last_phase_duration_seconds{phase="digest"}' in figures
    assert 'mentions_opportunities{state="drafted"} 1\n' in figures
    assert SECRET not in said


def test_f16_the_json_log_is_one_object_a_line_without_secrets_and_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F-16: an address in a page's name, a password in a source's; errors and progress are objects too."""
    monkeypatch.setenv("CHECK", "http://127.0.0.1:9/s3cret-key")
    routes: dict[str, Route] = newspaper("courier.example", 2)
    routes["courier.example/jane.doe@courier.example/feed.xml"] = Answer(b"<html>moved</html>", 200)
    with Web(routes) as web:
        feeds = f'"http://courier.example:{web.port}/feed.xml", '
        feeds += f'"http://courier.example:{web.port}/jane.doe@courier.example/feed.xml"'
        publisher = f'name = "C"\ndomain = "courier.example"\nfeeds = [{feeds}]'
        more = '[monitoring]\nping_url_env = "CHECK"\n[logging]\nformat = "json"\n'
        path = configured(tmp_path, web.port, more, publishers=[publisher])
        process = subprocess.run(
            [sys.executable, "-m", "mentions.cli", "nightly", "--config", str(path)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        with run_lock(load_config(path).store_url):
            refused = subprocess.run(process.args, env={**os.environ}, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in process.stderr.splitlines()]
    assert all({"at", "level", "logger", "message"} <= set(line) for line in lines)
    assert any("the health check cannot be reached" in line["message"] for line in lines)
    assert any("publishers" in line.get("data", {}) for line in lines), "progress"
    [ended] = [line for line in lines if line["message"].startswith("run 1: ")]
    assert ended["data"]["exit_code"] == process.returncode == 0
    assert [phase["name"] for phase in ended["data"]["phases"]] == PHASES
    assert "s3cret-key" not in process.stderr
    assert "jane.doe@" not in process.stderr
    assert "(address)" in process.stderr, "the feed with an address in its name was warned about"
    [error] = [json.loads(line) for line in refused.stderr.splitlines()]
    assert (refused.returncode, error["level"], error["data"]) == (75, "error", {"exit_code": 75})
    assert "another run works on" in error["message"]


def test_g07_a_second_night_writes_nothing_and_tells_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Web(newspaper("courier.example", 2)) as web:
        monkeypatch.setenv("CHECK", f"http://127.0.0.1:{web.port}/ping")
        path = configured(tmp_path, web.port, WATCHED)
        with run_lock(load_config(path).store_url):
            before = {entry.name: entry.stat().st_mtime_ns for entry in tmp_path.iterdir()}
            code, said = run(path)
            after = {entry.name: entry.stat().st_mtime_ns for entry in tmp_path.iterdir()}
        assert web.asked == []
    assert code == 75, said
    assert after == before


def test_g08_minutes_are_4_and_what_had_no_turn_comes_first_the_next_time(tmp_path: Path) -> None:
    """G-08: the time limit; drafts of what was found are written all the same."""
    with Web(newspaper("courier.example", 12)) as web:
        path = configured(tmp_path, web.port)
        plain = path.read_text(encoding="utf-8")
        slowly = plain.replace("delay_s = 0", "delay_s = 1")
        path.write_text(slowly + "\n[limits]\nminutes = 0.05\n", encoding="utf-8")
        code, said = run(path)
        assert code == 4, said
        assert "limits.minutes" in said
        limited = last_run(path)
        states = phases_of(limited)
        assert (states["crawl"], states["recheck"], states["weigh"], states["draft"]) == (
            "limited",
            "skipped",
            "done",
            "done",
        )
        assert limited.state.value == "limited"
        config = load_config(path)
        (waiting,) = query(config, "select count(*) from page where last_looked_at is null")
        assert waiting[0] > 0
        path.write_text(plain, encoding="utf-8")
        assert run(path)[0] == 0
    assert query(config, "select count(*) from page where last_looked_at is null") == [(0,)]
    assert list(phases_of(last_run(path))) == ["recheck", "crawl", "weigh", "draft", "tidy", "digest"]


@pytest.mark.parametrize(
    ("phase", "signalled", "code", "skipped"),
    [
        ("draft", "terminated", 143, ["tidy", "digest"]),
        ("digest", "terminated", 143, []),
        ("draft", "interrupted", 130, ["tidy", "digest"]),
    ],
)
def test_a_signal_in_a_phase_lets_it_finish_and_skips_the_rest(
    tmp_path: Path, phase: str, signalled: str, code: int, skipped: list[str]
) -> None:
    """G-08: 143 after SIGTERM, 130 after Ctrl-C."""
    with Web(newspaper("courier.example", 2)) as web:
        path = configured(tmp_path, web.port)
        assert night_with(path, phase, signalled) == code
    run = last_run(path)
    assert run.state.value == "stopped"
    states = phases_of(run)
    assert states[phase] == "stopped"
    assert [name for name, state in states.items() if state == "skipped"] == skipped


@pytest.mark.parametrize("phase", ["draft", "digest"])
def test_a_phase_that_breaks_off_is_3_and_those_after_it_are_done(tmp_path: Path, phase: str) -> None:
    with Web(newspaper("courier.example", 2)) as web:
        path = configured(tmp_path, web.port)
        assert night_with(path, phase, "broken") == 3
    run = last_run(path)
    assert run.state.value == "partial"
    states = phases_of(run)
    assert [name for name, state in states.items() if state != "done"] == [phase]
    assert states[phase] == "failed"
    assert any("a mistake of ours (KeyError: 'a mistake')" in warning for warning in run.warnings)


def test_a_second_signal_ends_a_run_at_once(tmp_path: Path) -> None:
    """What waits for one slow answer ends without it; what is stored is whole."""
    from threading import Event

    asked_for, let_go = Event(), Event()

    def slow(asked: Asked) -> Answer:
        asked_for.set()
        let_go.wait(TIMEOUT_S)
        return story("Nothing.")

    routes: dict[str, Route] = newspaper("courier.example", 2)
    routes["courier.example/feed.xml"] = slow
    with Web(routes) as web:
        path = configured(tmp_path, web.port)
        process = subprocess.Popen(
            [sys.executable, "-m", "mentions.cli", "nightly", "--config", str(path)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert asked_for.wait(TIMEOUT_S)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=TIMEOUT_S)
        let_go.set()
    assert process.returncode in {143, -signal.SIGTERM}  # the system may make one of two that follow at once
    assert query(load_config(path), "pragma integrity_check") == [("ok",)]


def test_g09_a_full_disk_ends_a_night_with_1_and_a_whole_database(tmp_path: Path) -> None:
    """G-09, G-08: the error says what to do; what was stored is sound; the next run, with room, takes up the rest."""
    check = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('PRAGMA integrity_check').fetchall())"
    script = (
        f'"{sys.executable}" -m mentions.cli nightly --quiet --config "$1" 2>&1 >/dev/null; echo "code $?"; '
        f'"{sys.executable}" -c "$2" "$0/mentions.db"'
    )
    with Web(newspaper("courier.example", 900)) as web:
        disk = tmp_path / "disk"
        path = configured(tmp_path, web.port, f'[store]\nurl = "sqlite:///{disk}/mentions.db"\n')
        said = on_a_small_disk(disk, 2, "sh", "-c", script, str(disk), str(path), check)
    assert "cannot grow: the disk is full; nothing was lost, make room and start again" in said
    assert "Traceback" not in said
    assert said.splitlines()[-2:] == ["code 1", "[('ok',)]"]
