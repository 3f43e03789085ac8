"""Runs as a scheduler starts them: exit codes, signals, kill -9, the lock (G-01, G-07, G-08)."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from mentions.config import Config, load_config
from mentions.store.lock import run_lock
from tests.conftest import REPOSITORY
from tests.crawling.newsweb import feed, lasting_config, newspaper, query, rows, story
from tests.hostile_web import Answer, Asked, Route, Web
from tests.ports import silent_port

TIMEOUT_S = 300  # for a busy machine; on a quiet one these take seconds


def start(path: Path, *command: str, out: int = subprocess.PIPE, err: int = subprocess.PIPE) -> "subprocess.Popen[str]":
    """`mentions COMMAND --config PATH`, started; what it says goes to `out` and `err`."""
    return subprocess.Popen(
        [sys.executable, "-m", "mentions.cli", *(command or ("nightly",)), "--config", str(path)],
        cwd=path.parent,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=out,
        stderr=err,
        text=True,
    )


def run(path: Path, *command: str) -> tuple[int, str]:
    """The exit code, and everything it said."""
    process = start(path, *command)
    out, err = process.communicate(timeout=TIMEOUT_S)
    return process.returncode, out + err


def facts(config: Config) -> dict[str, object]:
    """What must be the same however often a run was killed."""
    return {
        "pages": sorted((row.path, row.state) for row in rows(config).values()),
        "findings": sorted(query(config, "select key, verdict from finding join page on page.id = page_id")),
        "mentions": query(config, "select count(*) from mention"),
        "opportunities": query(config, "select count(*) from opportunity"),
        "drafts": query(config, "select count(*), count(distinct opportunity_id) from draft"),
        "files": len(list(config.drafts_folder.glob("*.eml"))),
    }


def test_g01_kill_9_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """G-01, small: three kills at different moments of one night, then a run that finishes."""
    count = 60
    routes: dict[str, Route] = newspaper("courier.example", count)
    doomed: list[Callable[[], None]] = []

    def lethal(answer: Route) -> Route:
        def answers(asked: Asked) -> Answer:
            if doomed:
                doomed.pop()()
            assert isinstance(answer, Answer)
            return answer

        return answers

    stories = [key for key in routes if "story-number" in key]
    for moment in (8, 25, 50):
        key = stories[moment]
        routes[key] = lethal(routes[key])
    with Web(routes) as web:
        (tmp_path / "killed").mkdir()
        (tmp_path / "calm").mkdir()
        path = lasting_config(tmp_path / "killed", web.port)
        config = load_config(path)
        codes = []
        for _ in range(3):
            process = start(path)
            doomed[:] = [process.kill]
            codes.append(process.wait(TIMEOUT_S))
            process.communicate()
            assert query(config, "pragma integrity_check") == [("ok",)]
        assert codes[0] == -signal.SIGKILL
        doomed.clear()
        code, said = run(path)
        assert code == 0, said
        calm = lasting_config(tmp_path / "calm", web.port)
        assert run(calm)[0] == 0
    assert len(rows(config)) == count
    assert facts(config) == facts(load_config(calm))
    states = [state for (state,) in query(config, "select state from run order by id")]
    assert states[0] == "died"
    assert states[-1] == "finished"


def test_sigterm_ends_a_run_cleanly_with_everything_written(tmp_path: Path) -> None:
    asked_for, let_go = Event(), Event()

    def slow(asked: Asked) -> Answer:
        asked_for.set()
        let_go.wait(TIMEOUT_S)
        return story("Nothing.")

    routes: dict[str, Route] = newspaper("courier.example", 8)
    routes["slow.example/feed.xml"] = feed(["/slow"])
    routes["slow.example/slow"] = slow
    with Web(routes) as web:
        path = lasting_config(tmp_path, web.port, hosts=["courier.example", "slow.example"])
        process = start(path)
        assert asked_for.wait(TIMEOUT_S)
        process.send_signal(signal.SIGTERM)
        let_go.set()
        out, err = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 143, out + err
    assert "Stopped" in out
    config = load_config(path)
    assert query(config, "select state from run") == [("stopped",)]
    (fetched,) = query(config, "select count(*) from page where state is not null")
    (looks,) = query(config, 'select count(*) from "check"')
    assert fetched[0] == looks[0] >= 1


def test_g07_a_second_run_does_nothing_and_says_so(tmp_path: Path) -> None:
    with Web(newspaper("courier.example", 1)) as web:
        path = lasting_config(tmp_path, web.port)
        with run_lock(load_config(path).store_url):
            code, said = run(path)
        assert code == 75
        assert "another run" in said
        assert web.asked == []


def test_g08_a_limit_is_4_with_everything_written_and_the_rest_left_for_the_next_run(tmp_path: Path) -> None:
    with Web(newspaper("courier.example", 12)) as web:
        path = lasting_config(tmp_path, web.port)
        plain = path.read_text(encoding="utf-8")
        # One page a second, so that the limit is noticed before all twelve are there.
        path.write_text(plain.replace("delay_s = 0", "delay_s = 1") + "\n[limits]\npages = 2\n", encoding="utf-8")
        code, said = run(path)
        assert code == 4, said
        assert "limits.pages" in said
        config = load_config(path)
        assert query(config, "select state from run") == [("limited",)]
        (waiting,) = query(config, "select count(*) from page where last_looked_at is null")
        assert waiting[0] > 0
        path.write_text(plain, encoding="utf-8")
        assert run(path)[0] == 0
    assert query(config, "select count(*) from page where last_looked_at is null") == [(0,)]


def test_g08_nothing_reachable_is_5(tmp_path: Path) -> None:
    with silent_port() as port:
        code, said = run(lasting_config(tmp_path, port))
    assert code == 5, said
    assert "Nothing could be reached" in said


def test_g08_some_publishers_failing_is_3_and_the_summary_names_them(tmp_path: Path) -> None:
    routes: dict[str, Route] = newspaper("courier.example", 4)
    routes["dead.example/feed.xml"] = Answer(b"gone", 410)
    with Web(routes) as web:
        code, said = run(lasting_config(tmp_path, web.port, hosts=["courier.example", "dead.example"]))
    assert code == 3, said
    assert "dead.example (dead.example): nothing of it could be read" in said
    assert "1 draft written" in said


def test_a_spider_that_would_visit_nobody_is_refused(tmp_path: Path) -> None:
    code, said = run(lasting_config(tmp_path, 80), "crawl", "industry")
    assert code == 2
    assert "industry would find nothing to do" in said
    assert not (tmp_path / "mentions.db").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[targets]]\nname = 'A'\ndomains = ['a.example']\n", "no publisher is declared"),
        ("[[targets]]\nname = 'A'\nkind = 'brnad'\ndomains = ['a.example']\n", "'brnad' is not allowed"),
        ("not toml", "not valid TOML"),
    ],
)
def test_g08_a_wrong_configuration_is_2_and_touches_nothing(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mentions.toml"
    path.write_text(text)
    code, words = run(path)
    assert code == 2
    assert said in words
    assert [entry.name for entry in tmp_path.iterdir()] == ["mentions.toml"]


def test_crawl_with_one_spider_visits_only_its_publishers_and_writes_no_drafts(tmp_path: Path) -> None:
    routes: dict[str, Route] = newspaper("courier.example", 4)
    with Web(routes) as web:
        trade = f'name = "T"\ndomain = "trade.example"\ncrawl = ["http://trade.example:{web.port}/"]'
        news = f'name = "C"\ndomain = "courier.example"\nfeeds = ["http://courier.example:{web.port}/feed.xml"]'
        path = lasting_config(tmp_path, web.port, publishers=[trade, news])
        code, said = run(path, "crawl", "news")
        assert web.paths("trade.example") == []
    assert code == 0, said
    assert "Looked at 1 source of 1 publisher. Read 4 pages: 2 with one of our names, 2 without." in said
    assert not (tmp_path / "drafts").exists()


def test_a_run_without_sender_says_why_there_are_no_drafts(tmp_path: Path) -> None:
    with Web(newspaper("courier.example", 4)) as web:
        code, said = run(lasting_config(tmp_path, web.port, sender=False))
    assert code == 0
    assert "no drafts were written: mentions.toml has no [sender]" in said


def scrapy(folder: Path) -> "subprocess.CompletedProcess[str]":
    """`scrapy crawl news` in that folder."""
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "news"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "SCRAPY_SETTINGS_MODULE": "mentions.settings"},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def test_scrapy_crawl_by_hand_keeps_a_run_record_of_its_own(tmp_path: Path) -> None:
    with Web(newspaper("courier.example", 4)) as web:
        config = load_config(lasting_config(tmp_path, web.port))
        with run_lock(config.store_url):
            refused = scrapy(tmp_path)
        done = scrapy(tmp_path)
    assert refused.returncode == 75
    assert "another run" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert done.returncode == 0, done.stderr
    assert query(config, "select kind, state from run") == [("scrapy crawl news", "finished")]
    assert {row.state for row in rows(config).values()} == {"live"}
