"""The truth about every page of the demo newsroom: read from truth.toml, compared by the tests, shown by nobody."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mentions.extraction.article import Zone
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.pages import PageState

TARGETS = ("Kelvarra", "Heron", "Rillwatch", "River Ledger")
NEVER_FETCHED = "too_old"  # announced with a date beyond the publisher's max_age_days


@dataclass(frozen=True, slots=True)
class Truth:
    """What must come out for one page.

    `verdicts` holds every target. `zone`, `says`, `level`, `night` and `unchecked` are about the first target that the
    page names; None where the page does not care. `crawl` is what the nightly run makes of it where that differs;
    `rendered` is the first target's verdict where a browser has drawn the page, which is then live.
    """

    url: str  # host and path with query
    why: str
    state: PageState
    verdicts: Mapping[str, Verdict]
    lead: str | None = None  # the target that zone, says, level and unchecked are about
    zone: Zone | None = None
    says: str | None = None
    level: Level | None = None
    night: Level | None = None
    unchecked: Verdict | None = None
    crawl: str | None = None
    rendered: Verdict | None = None

    @property
    def host(self) -> str:
        """The site the page stands on."""
        return self.url.partition("/")[0]

    @property
    def path(self) -> str:
        """The page's path with query."""
        return "/" + self.url.partition("/")[2]


@cache
def load_truth() -> Mapping[str, Truth]:
    """The truth by `host/path`, for every page that the newsroom serves."""
    data = tomllib.loads((Path(__file__).parent / "truth.toml").read_text("utf-8"))
    ordinary = [_truth({"url": url, "why": "names none of us where it counts"}) for url in data["ordinary"]]
    return {truth.url: truth for truth in (*ordinary, *(_truth(table) for table in data["page"]))}


def _truth(table: Mapping[str, Any]) -> Truth:
    state = PageState(table.get("state", "live"))
    rest = Verdict.NOT_MENTIONED if state is PageState.LIVE else Verdict.UNKNOWN
    return Truth(
        url=table["url"],
        why=table["why"],
        state=state,
        verdicts={name: Verdict(table.get(name, rest)) for name in TARGETS},
        lead=next((name for name in table if name in TARGETS), None),
        zone=Zone(table["zone"]) if "zone" in table else None,
        says=table.get("says"),
        level=Level(table["level"]) if "level" in table else None,
        night=Level(table["night"]) if "night" in table else None,
        unchecked=Verdict(table["unchecked"]) if "unchecked" in table else None,
        crawl=table.get("crawl"),
        rendered=Verdict(table["rendered"]) if "rendered" in table else None,
    )
