"""What is new since the last run: told once, in few words, with what strangers wrote only shown."""

from dataclasses import replace
from datetime import timedelta

from mentions.findings import Verdict
from mentions.pages import PageState
from mentions.reporting.digest import Digest, digest
from mentions.reporting.digest_text import as_text
from mentions.reporting.facts import Outcome
from mentions.reporting.html import digest_html
from mentions.reporting.message import message
from mentions.store.records import RunState, RunSummary, StoredFinding
from tests.reporting.building import NOW

RUN = RunSummary(12, NOW - timedelta(hours=3), NOW - timedelta(hours=2), RunState.FINISHED)
BEFORE = replace(RUN, id=11)
NAMES = {"courier.example": "The Daily Courier"}


def find(number: int = 1, *, priority: int = 60, level: str = "ask_now", **changes: object) -> StoredFinding:
    found = StoredFinding(
        id=number,
        target="Acme Robotics",
        target_kind="brand",
        verdict=Verdict.UNLINKED,
        level=level,
        priority=priority,
        publisher="courier.example",
        publisher_name="The Daily Courier",
        page_url=f"https://courier.example/{number}",
        page_title="Robots at night",
        page_state=PageState.LIVE,
        published_at=None,
        author=None,
        language="en",
        sentence="Acme Robotics builds robots.",
        matched="Acme Robotics",
        zone="body",
        reasons=(),
        first_seen_at=NOW,
        last_seen_at=NOW,
        last_checked_at=NOW,
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # a test's own names


def outcome(kind: str, **detail: object) -> Outcome:
    return Outcome(
        1,
        kind,
        NOW,
        detail,
        "Acme Robotics",
        "courier.example",
        "The Daily Courier",
        "Robots at night",
        "https://courier.example/1",
    )


def made(
    *finds: StoredFinding,
    outcomes: tuple[Outcome, ...] = (),
    run: RunSummary = RUN,
    before: RunSummary | None = BEFORE,
    waiting: int = 0,
) -> Digest:
    return digest(run, finds, outcomes, before=before, names=NAMES, waiting=waiting)


def test_nothing_new_is_no_news_even_if_drafts_wait() -> None:
    quiet = made(find(level="hold"), waiting=9)
    assert not quiet.has_news
    assert message(quiet).title.endswith("nothing new")


def test_the_ten_best_are_told_with_their_sentences_and_the_rest_counted() -> None:
    text = as_text(message(made(*(find(number, priority=number) for number in range(14)))))
    assert text.count("Acme Robotics builds robots.") == 10
    assert "(13)" in text
    assert "(3):" not in text
    assert "and 4 more" in text


def test_what_came_to_light_is_told_by_kind() -> None:
    told = made(
        outcomes=(
            outcome("reclaimed", truth="qualified"),
            outcome("linked without contact", truth="linked"),
            outcome("linked elsewhere", truth="dead_target"),
            outcome("link lost", truth="unlinked", why="link removed"),
            outcome("page gone", truth="linked"),
            outcome("page gone", truth="unlinked"),
            outcome("link back", truth="linked"),
        )
    )
    assert (len(told.reclaimed), len(told.without_contact), len(told.elsewhere)) == (1, 1, 1)
    assert (len(told.lost), len(told.back)) == (2, 1)
    text = as_text(message(told), width=200)
    assert "marked nofollow, sponsored or ugc" in text
    assert "to a page of ours that is gone" in text
    assert "(link removed)" in text


def test_a_publisher_that_fails_is_news_on_its_first_night() -> None:
    failing = replace(RUN, publishers={"courier.example": {"publishers/failed": 1}})
    assert made(run=failing).has_news
    again = made(run=failing, before=replace(failing, id=11))
    assert not again.has_news
    assert "as at the run before" in as_text(message(again))


def test_lines_fit_the_terminal() -> None:
    told = made(*(find(number, sentence="word " * 80) for number in range(3)), waiting=3)
    assert max(map(len, as_text(message(told), width=80).splitlines())) <= 80


def test_strange_words_are_shown_and_obeyed_nowhere() -> None:
    """F-17: no control characters in the terminal, no markup in the file, no link but the one to our desk."""
    hostile = find(
        sentence="\x1b[2J<img src=x onerror=alert(1)>\u202egnp.exe",
        publisher_name="[x](http://evil.test)</li><script>",
        page_url="javascript:alert(1)",
        page_title="<!channel>\r\n- forged line",
    )
    told = made(hostile)
    said = message(told, desk_url="https://desk.acme.example/")
    text = as_text(said)
    assert not {"\x1b", "\u202e", "\r"} & set(text)
    assert "\n- forged" not in text
    page = digest_html(told, said)
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("href=") == 1


def test_a_run_that_broke_off_is_told_first() -> None:
    told = made(find(), run=replace(RUN, state=RunState.UNREACHABLE))
    assert message(told).parts[0].lines == ("Run 12: nothing could be reached",)
