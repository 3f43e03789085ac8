"""What a person sees of a run: progress by terminal and log, the table of publishers, the run as JSON."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from mentions.cli.night import run_as_json, show
from mentions.cli.watching import drawn, watched
from mentions.crawling.progress import progress_of
from mentions.store.records import RunState, RunSummary
from mentions.summary import night_summary, publisher_lines

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def run(publishers: dict[str, dict[str, int]]) -> RunSummary:
    """A finished run with these publishers."""
    return RunSummary(3, NOW, NOW + timedelta(seconds=75), RunState.PARTIAL, {"pages/fetched": 9}, publishers, ("w",))


PUBLISHERS = {
    "well.example": {"pages/fetched": 5, "pages/judged": 2, "verdicts/unlinked": 1, "publishers/well": 1},
    "rich.example": {"pages/fetched": 1_400, "verdicts/bare_url": 8, "pages/beyond_budget": 3, "publishers/well": 1},
    "dead.example": {"pages/failed": 4, "publishers/failed": 1},
    "quiet.example": {"pages/new": 1, "publishers/unusual": 1},
}


def test_publishers_to_look_at_come_first_then_those_with_most_finds() -> None:
    lines = publisher_lines(run(PUBLISHERS), {"rich.example": "The Rich Daily"})
    assert [(line.name, line.askable, line.remark) for line in lines] == [
        ("dead.example", 0, "failed"),
        ("quiet.example", 0, "unusual"),
        ("The Rich Daily", 8, "more waits"),
        ("well.example", 1, ""),
    ]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_of_publishers_fits_the_screen_and_says_how_many_are_left_out(width: int) -> None:
    many = {f"publisher-number-{n}-of-the-long-names.example": {"pages/fetched": n} for n in range(30)}
    out = io.StringIO()
    summary = night_summary(run({**PUBLISHERS, **many}), [], drafts_folder=Path("drafts"))
    show(Console(file=out, width=width, highlight=False), summary)
    said = out.getvalue()
    table = said[said.index("\nPublishers") :].split("\n\n")[0]
    assert max(map(len, table.splitlines())) <= width
    assert "dead.example" in table
    assert "… and 19 publishers more" in table
    assert "1,400" in table
    assert "name us  to ask" in table, "no heading is cut off"


@pytest.mark.parametrize("width", [80, 120])
def test_progress_in_a_terminal_is_two_lines_that_fit(width: int) -> None:
    counts = {"pages/fetched": 98_765, "verdicts/unlinked": 1_000, "opportunities/new": 412, "pages/failed": 2_345}
    out = io.StringIO()
    screen = Console(file=out, width=width, force_terminal=True, color_system=None)
    screen.print(drawn(progress_of(counts, 7_200, publishers=400, done=199, failing=8)))
    lines = out.getvalue().splitlines()
    assert len(lines) == 2
    assert max(len(line.rstrip()) for line in lines) <= 80
    assert "199 of 400 publishers done" in lines[0]
    assert lines[1].rstrip().endswith("8 failing")


def test_a_log_gets_a_line_every_ten_seconds_and_later_every_minute(capsys: pytest.CaptureFixture[str]) -> None:
    with watched(Console(file=io.StringIO())) as tell:
        for second in range(300):
            tell(progress_of({}, second))
    times = [line.split(" ")[0] for line in capsys.readouterr().err.splitlines()]
    assert times == ["00:00", "00:10", "00:20", "00:30", "00:40", "00:50", "01:50", "02:50", "03:50", "04:50"]


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with watched(Console(file=io.StringIO()), quiet=True) as tell:
        tell(progress_of({}, 1))
    assert capsys.readouterr().err == ""


def test_a_run_as_json_holds_counts_by_publisher_warnings_and_the_exit_code() -> None:
    said = json.loads(json.dumps(run_as_json(run(PUBLISHERS), 3)))
    assert (said["state"], said["exit_code"], said["warnings"]) == ("partial", 3, ["w"])
    assert said["publishers"]["dead.example"] == {"pages/failed": 4, "publishers/failed": 1}
    assert said["ended_at"] == "2026-11-21T04:01:15+00:00"
