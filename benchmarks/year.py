"""A simulated year of a newsroom: is every state right on every day, and what does the report of it look like?

usage: python -m benchmarks.year --out FOLDER [--days N]

The same year as tests/crawling/year: real crawls and looks over loopback in every night in which something is due,
people who ask, follow up and give up in between, and a clock that is a number. FOLDER keeps mentions.toml, the
database, the drafts and the report (report.html, report.txt, report.json). Prints what is not as the plot says, and
ends with one line of JSON. Exit code 1: something was not.
"""

import argparse
import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import monotonic

from benchmarks.common import console, cpu_seconds, finish
from tests.crawling.year.living import DAYS, Year, live
from tests.crawling.year.newsroom import at
from tests.crawling.year.plot import read_plot
from tests.crawling.year.reckoning import wrong_figures

_FORMS = {"html": "report.html", "text": "report.txt", "json": "report.json"}


def main() -> None:
    """Lives the year and reports it."""
    parser = argparse.ArgumentParser(description="A simulated year of a newsroom.")
    parser.add_argument("--out", type=Path, required=True, help="an empty folder for the database and the report")
    parser.add_argument("--days", type=int, default=DAYS)
    arguments = parser.parse_args()
    folder: Path = arguments.out
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        sys.exit(f"{folder} is not empty: a year begins with an empty folder")
    started = monotonic()
    with cpu_seconds() as elapsed:
        year = asyncio.run(_year(folder, arguments.days))
    seconds, cpu_s = monotonic() - started, elapsed()
    wrong = wrong_figures(year) if arguments.days == DAYS else {}
    _report(folder, arguments.days)
    if year.differences:
        console.print(year.told())
    for name, (should, found) in wrong.items():
        console.print(f"the report's {name} is {found}, not {should}")
    finish(
        "year",
        {
            "states_compared": year.compared,
            "states_wrong": len(year.differences),
            "figures_wrong": len(wrong),
            "nights": len(year.nights),
            "seconds": round(seconds, 1),
            "cpu_s": round(cpu_s, 1),
        },
    )
    sys.exit(1 if year.differences or wrong else 0)


async def _year(folder: Path, days: int) -> Year:
    from twisted.internet import asyncioreactor

    asyncioreactor.install(asyncio.get_running_loop())  # type: ignore[no-untyped-call]  # Twisted's
    return await live(read_plot(), folder, days=days)


def _report(folder: Path, days: int) -> None:
    """As people ask for it, in three forms."""
    since, until = at(0).date(), (at(0) + timedelta(days=days)).date()
    for form, name in _FORMS.items():
        command = ["report", "--since", f"{since}", "--until", f"{until}", "--format", form]
        subprocess.run([Path(sys.executable).with_name("mentions"), *command, "-o", name], cwd=folder, check=True)
    console.print(f"The report stands in {folder / 'report.html'}.")


if __name__ == "__main__":
    main()
