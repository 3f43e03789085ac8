"""What does a hostile web do to us, and to Scrapy as it comes?

usage: python -m benchmarks.hostile [--only F-06,F-07] [--limit SECONDS]

The hostile web of the tests (tests/hostile_cases/) is crawled case by case, then all at once, by
  stock    a Scrapy spider with Scrapy's defaults and ROBOTSTXT_OBEY, which reads feeds, sitemaps and links as the
           documentation shows, and looks for our name in `response.text`
  careful  the same with what an experienced user sets: timeout, body size, no cookies, AutoThrottle, depth and retry
           limits, telnet and remote control off
  ours     `mentions nightly`
each in a process of its own, ended after SECONDS and kept under 3 GB. Their names are resolved to loopback without a
guard, as real names would be. For each: forbidden pages fetched, connections into the "private network", pages of the
case that should have been read and were not, seconds, memory. Ends with one line of JSON.
"""

import argparse
import json
import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import console, finish, table
from tests.crawling.test_certificates import certified
from tests.hostile_cases import all_cases, configuration
from tests.hostile_night import HostileWeb, Watched, hostile_web, outcomes, run_ours, watch

LIMIT_S = 40.0
MOST_MEMORY = 3 << 30
EVERYTHING = "all at once"
SIDES = ("stock", "careful", "ours")

CAREFUL = {
    "DOWNLOAD_TIMEOUT": 8,
    "DOWNLOAD_MAXSIZE": 5_000_000,
    "COOKIES_ENABLED": False,
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_START_DELAY": 0.1,
    "DEPTH_LIMIT": 8,
    "RETRY_TIMES": 1,
    "REDIRECT_MAX_TIMES": 10,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}


@dataclass(frozen=True, slots=True)
class Score:
    """What one crawler did with some cases."""

    forbidden: int  # pages fetched that robots.txt, the address or a certificate forbid
    private: int  # connections where nobody may connect
    lost: int  # pages that should have been read, and were not
    requests: int
    seconds: float
    peak_mb: float
    ports: int  # opened for others to connect to
    ended: bool  # by itself

    def cell(self) -> str:
        """For the table: only what is worth a look."""
        parts = [f"{self.forbidden} forbidden"] if self.forbidden else []
        parts += [f"{self.private} private"] if self.private else []
        parts += [f"{self.lost} lost"] if self.lost else []
        parts += [f"{self.ports} ports open"] if self.ports else []
        parts += [f"{self.requests:,} requests"] if self.requests > 1_000 else []
        parts += [] if self.ended else ["never ended"]
        return f"{', '.join(parts) or 'right'} ({self.seconds:.0f} s, {self.peak_mb:,.0f} MB)"


def main() -> None:
    """Runs the comparison, or one of its processes."""
    parser = argparse.ArgumentParser(description="The hostile web, crawled by stock Scrapy and by us.")
    parser.add_argument("--only", help="case ids, separated by commas")
    parser.add_argument(
        "--limit", type=float, default=LIMIT_S, help="seconds for one case; all at once gets three times"
    )
    parser.add_argument("--process", choices=["stock", "careful"], help=argparse.SUPPRESS)
    parser.add_argument("--plan", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.process:
        from benchmarks.stock_spider import run

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        run(json.loads(arguments.plan.read_text()), CAREFUL if arguments.process == "careful" else {})
        return
    ids = list(dict.fromkeys(case.id for case in all_cases()))
    chosen = arguments.only.split(",") if arguments.only else [*ids, EVERYTHING]
    shown = table("The hostile web", ("case", *SIDES))
    figures: dict[str, object] = {}
    for number in chosen:
        limit_s = arguments.limit * (3 if number == EVERYTHING else 1)
        scores = {side: _one(number, side, limit_s) for side in SIDES}
        shown.add_row(number, *(score.cell() for score in scores.values()))
        console.print(number, *(f"{side}: {score.cell()}" for side, score in scores.items()), sep="  ", soft_wrap=True)
        for side, score in scores.items():
            wrongs = score.forbidden + score.private + score.lost + score.ports + (not score.ended)
            figures[f"{side}_wrong"] = int(str(figures.get(f"{side}_wrong", 0))) + wrongs
            if number == EVERYTHING:
                figures[f"{side}_all_at_once_s"] = round(score.seconds, 1)
                figures[f"{side}_all_at_once_peak_mb"] = round(score.peak_mb)
                figures[f"{side}_all_at_once_lost"] = score.lost
    console.print(shown)
    finish("hostile", figures)


def _one(number: str, side: str, limit_s: float) -> Score:
    cases = [case for case in all_cases() if number in {case.id, EVERYTHING}]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        context, _ = certified(folder, "elsewhere.example")
        with hostile_web(cases, context) as web:
            read, watched = _ours(web, folder) if side == "ours" else _others(side, web, folder, limit_s)
            return _score(web, read, watched)


def _score(web: HostileWeb, read: set[str], watched: Watched) -> Score:
    wanted = {
        case.url(path, web.ports) for case in web.cases for path, (state, _) in case.truth.items() if state == "live"
    }
    assert web.tls is not None
    return Score(
        forbidden=sum(len(web.forbidden_asked(case)) for case in web.cases),
        private=web.private_connections,
        lost=len(wanted - read),
        requests=len(web.web.asked) + len(web.tls.asked),
        seconds=watched.seconds,
        peak_mb=watched.peak_mb,
        ports=len(watched.listened),
        ended=watched.exit_code is not None,
    )


def _ours(web: HostileWeb, folder: Path) -> tuple[set[str], Watched]:
    config, watched = run_ours(web, folder / "ours")
    return {url for url, (state, _) in outcomes(config).items() if state == "live"}, watched


def _others(side: str, web: HostileWeb, folder: Path, limit_s: float) -> tuple[set[str], Watched]:
    from mentions.config import load_config

    path = folder / "mentions.toml"
    path.write_text(configuration(web.cases, web.ports), encoding="utf-8")
    config = load_config(path)
    read = folder / "read.txt"
    plan = {
        "feeds": [feed for publisher in config.publishers for feed in publisher.feeds],
        "sitemaps": [sitemap for publisher in config.publishers for sitemap in publisher.news_sitemaps],
        "crawl": [start for publisher in config.publishers for start in publisher.crawl],
        "read": str(read),
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    home = folder / "home"
    home.mkdir()
    command = [sys.executable, "-m", "benchmarks.hostile", "--process", side, "--plan", str(folder / "plan.json")]
    watched = watch(command, folder=folder, home=home, timeout_s=limit_s)
    return set(read.read_text().splitlines()) if read.exists() else set(), watched


if __name__ == "__main__":
    main()
