"""The morning's summary: what is in it, and how it reads in a log."""

import io
import shlex
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from mentions.cli.night import show
from mentions.findings import Verdict
from mentions.phases import Phase, PhaseState
from mentions.store.records import RunState, RunSummary, StoredFinding
from mentions.summary import TOP, NightSummary, night_summary, skipped_in_words

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
COUNTS = {
    "sources/read": 3,
    "sources/unchanged": 1,
    "pages/fetched": 40,
    "pages/early": 30,
    "pages/unnamed": 2,
    "pages/known": 7,
    "pages/failed": 3,
    "verdicts/unlinked": 5,
    "verdicts/linked": 2,
    "skipped/paywalled": 1,
    "skipped/robots": 4,
    "drafts/written": 4,
}


def run_of(counts: dict[str, int] = COUNTS, state: RunState = RunState.FINISHED, *warnings: str) -> RunSummary:
    """A run of 75 seconds."""
    return RunSummary(7, NOW, NOW + timedelta(seconds=75), state, counts, {"courier.example": {}}, warnings)


def finding(
    number: int,
    *,
    priority: int | None = 50,
    level: str = "ask_now",
    verdict: Verdict = Verdict.UNLINKED,
    why: str = "",
) -> StoredFinding:
    """A finding of that priority."""
    return StoredFinding(
        id=number,
        target="Acme Robotics",
        target_kind="brand",
        verdict=verdict,
        level=level,
        priority=priority,
        publisher="courier.example",
        publisher_name="The Daily Courier",
        page_url=f"https://courier.example/{number}",
        page_title=None,
        page_state=None,
        published_at=None,
        author=None,
        language="en",
        sentence=f"Machines from Acme Robotics do [job {number}].",
        matched="Acme Robotics",
        zone="body",
        reasons=("nothing on the page links to us",),
        first_seen_at=NOW,
        last_seen_at=NOW,
        last_checked_at=NOW,
        level_reasons=(why,) if why else (),
    )


def shown(summary: NightSummary) -> str:
    """The summary as a log shows it."""
    out = io.StringIO()
    show(Console(file=out, width=100, highlight=False), summary)
    return out.getvalue()


def test_the_best_come_first_and_at_most_ten() -> None:
    found = [finding(n, priority=n) for n in range(1, 15)]
    summary = night_summary(run_of(), found, drafts_folder=Path("drafts"))
    assert [f.priority for f in summary.best] == list(range(14, 4, -1))
    assert (len(summary.best), summary.worth_asking) == (TOP, 14)


def test_what_is_left_alone_is_counted_by_reason_and_not_offered() -> None:
    found = [
        finding(1, level="skip", priority=None, why="a press release"),
        finding(2, level="skip", priority=None, why="a press release"),
        finding(3, level="hold", why="it may be somebody else"),
        finding(4, verdict=Verdict.LINKED, level="skip"),
        finding(5),
    ]
    summary = night_summary(run_of(), found, drafts_folder=Path("drafts"))
    assert summary.left_alone == (("a press release", 2), ("it may be somebody else", 1))
    assert [f.id for f in summary.best] == [5]


def test_skipped_pages_are_explained_in_words_commonest_first() -> None:
    assert skipped_in_words({"skipped/robots": 4, "skipped/brand_new_reason": 9, "skipped/dns": 0, "pages/new": 3}) == (
        ("brand new reason", 9),
        ("robots.txt asks us not to read them", 4),
    )


def test_a_log_shows_numbers_verdicts_sentences_drafts_and_next_steps() -> None:
    summary = night_summary(
        run_of(COUNTS, RunState.FINISHED, "https://x.example/feed: this is a web page, not a feed"),
        [finding(1, priority=81)],
        drafts_folder=Path("/home/jo/drafts"),
    )
    text = shown(summary)
    assert "Done (1 min 15 s)." in text
    assert "Looked at 4 sources of 1 publisher. Read 40 pages: 8 with one of our names, 32 without." in " ".join(
        text.split()
    )
    assert "7 announced pages known from earlier. 3 pages could not be read." in " ".join(text.split())
    assert "5  unlinked" in text
    assert "81 The Daily Courier  unlinked  Acme Robotics" in text
    assert "Machines from »Acme Robotics« do [job 1]." in text  # brackets are no markup
    assert "4 drafts written to /home/jo/drafts" in text
    assert "1 × behind a paywall" in text
    assert "this is a web page, not a feed" in text
    assert text.index("mentions review --open") < text.index("mentions drafts ")
    assert "mentions check https://courier.example/1" in text
    assert "\x1b" not in text


def test_a_night_without_news_says_so() -> None:
    text = shown(night_summary(run_of({"sources/unchanged": 4}), [], drafts_folder=Path("drafts")))
    assert "No new page was read." in text
    assert "Nothing new is worth asking about." in text
    assert "mentions list" in text


def test_every_verdict_is_explained() -> None:
    text = shown(night_summary(run_of({f"verdicts/{v.value}": 1 for v in Verdict}), [], drafts_folder=Path("drafts")))
    assert all(f"1  {verdict.value} " in text for verdict in Verdict)
    assert "named, and nothing links to us" in text


def test_an_address_cannot_become_a_command() -> None:
    bad = finding(1)
    hostile = replace(bad, page_url="https://x.example/?a=1&b=$(reboot)'")
    (step,) = (
        s for s in night_summary(run_of(), [hostile], drafts_folder=Path("d")).next_steps if "check" in s.command
    )
    assert shlex.split(step.command) == ["mentions", "check", hostile.page_url]


def test_an_unreachable_network_leads_to_the_doctor() -> None:
    summary = night_summary(run_of({"requests/failed": 3}, RunState.UNREACHABLE), [], drafts_folder=Path("drafts"))
    assert "Nothing could be reached" in shown(summary)
    assert summary.next_steps[-1].command == "mentions doctor"


def test_a_hostile_sentence_cannot_steer_the_terminal() -> None:
    hostile = replace(finding(1), sentence="Acme Robotics \x1b[2J\x07 x")
    assert "\x1b" not in shown(night_summary(run_of(), [hostile], drafts_folder=Path("drafts")))


def test_a_night_says_what_looking_again_brought_and_how_its_parts_went() -> None:
    phases = (
        Phase("crawl", PhaseState.DONE, NOW, NOW + timedelta(minutes=3)),
        Phase("recheck", PhaseState.SKIPPED, says="no time"),
        Phase("weigh", PhaseState.FAILED, NOW, NOW),
    )
    run = replace(run_of({"rechecks/looks": 4, "rechecks/reclaimed": 1}), phases=phases)
    summary = night_summary(run, [], drafts_folder=Path("drafts"))
    assert summary.looks.opening == "Looked again at 4 articles."
    assert summary.looks.lines == ((1, "reclaimed: a link you asked for stands in the article"),)
    screen = Console(file=io.StringIO(), width=100)
    show(screen, summary)
    text = screen.file.getvalue()  # type: ignore[attr-defined]  # the file above
    assert "Parts: crawl 3 min 0 s · recheck (skipped) · weigh 0 s (failed)" in text
    assert "1 reclaimed: a link you asked for stands in the article" in text
