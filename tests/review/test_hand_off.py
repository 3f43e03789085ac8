"""The hand-off page: what is approved goes out as files, links or IMAP drafts; nothing that must not (G-11, A-15)."""

import csv
import io
import re
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from zipfile import ZipFile

import pytest
from httpx2 import Response

import mentions.review.handing as handing
from mentions.assessments import Level
from mentions.config import Config
from mentions.findings import Verdict
from mentions.outreach.handoff.records import Way
from mentions.review.desk import Desk
from mentions.store import Store
from mentions.store.lock import hand_off_lock
from mentions.store.records import OpportunityState as State
from mentions.workflow import Decision, Move
from tests.review.conftest import NOW, Browser
from tests.review.finds import TARGET, drafted
from tests.review.staff import browser_at, log_in, staffed
from tests.store.building import finding, link, outcome


@pytest.fixture
def approved(store: Store, config: Config) -> list[int]:
    """Two approved drafts."""
    numbers = drafted(store, config, 2)
    for number in numbers:
        store.decide(number, Decision(Move.APPROVE), by="kim", now=NOW)
    return numbers


def hand_off(browser: Browser, numbers: list[int], way: str = "zip", **fields: str) -> Response:
    shown = re.search(r'name="revs" value="([^"]*)"', browser.get("/hand-off").text)
    revs = shown[1] if shown else ""
    sent: dict[str, str | list[str]] = {"number": [str(each) for each in numbers], "way": way, "revs": revs, **fields}
    return browser.submit("/hand-off", sent, on="/hand-off")


def states(store: Store, numbers: list[int]) -> list[State]:
    return [store.standing(number).state for number in numbers]


def test_nothing_to_hand_off_says_what_to_do(browser: Browser) -> None:
    shown = browser.get("/hand-off").text
    assert "No approved draft waits" in shown
    assert "/opportunities?state=drafted" in shown


def test_files_are_downloaded_and_marked_as_sent(browser: Browser, store: Store, approved: list[int]) -> None:
    assert browser.get("/hand-off").text.count('name="number"') == 2
    assert hand_off(browser, approved).status_code == 303
    assert states(store, approved) == [State.HANDED_OFF] * 2
    assert store.standing(approved[0]).handed_off_via == "zip"
    archive = browser.get("/hand-off/drafts.zip")
    assert archive.headers["content-disposition"] == 'attachment; filename="drafts.zip"'
    with ZipFile(io.BytesIO(archive.content)) as opened:
        assert len(opened.namelist()) == 3
    one = browser.get(f"/hand-off/{approved[0]}.eml")
    assert one.headers["content-type"] == "message/rfc822"
    assert b"To: Jane Doe <jane@courier.example>" in one.content
    sent = {"rev": "2", "next": "/hand-off#lying"}
    answer = browser.submit(f"/opportunities/{approved[0]}/sent", sent, on="/hand-off")
    assert answer.headers["location"] == "/hand-off#lying"
    assert states(store, approved) == [State.SENT, State.HANDED_OFF]


def test_a_hand_off_is_undone_and_says_what_stays(browser: Browser, store: Store, approved: list[int]) -> None:
    hand_off(browser, approved)
    found = re.search(r'action="(/decisions/[\d,]+/undo)"', browser.get("/hand-off").text)
    assert found
    browser.submit(found[1], on="/hand-off")
    assert states(store, approved) == [State.APPROVED] * 2
    assert "stays there: delete it" in browser.get("/hand-off").text


def test_a_hand_off_is_undone_though_the_clock_goes_on(config: Config, store: Store, approved: list[int]) -> None:
    moments = count()
    desk = Desk(config, store, lambda: NOW + timedelta(milliseconds=next(moments)))
    browser = browser_at(desk)
    hand_off(browser, approved)
    found = re.search(r'action="(/decisions/[\d,]+/undo)"', browser.get("/help").text)
    assert found, "the message of the hand-off has no undo"
    browser.submit(found[1], on="/help")
    assert states(store, approved) == [State.APPROVED] * 2


def test_a_mail_link_opens_the_mail_program(browser: Browser, store: Store, approved: list[int]) -> None:
    hand_off(browser, approved[:1], "mailto")
    shown = browser.get("/hand-off").text
    assert 'href="mailto:jane@courier.example?subject=' in shown
    assert states(store, approved) == [State.HANDED_OFF, State.APPROVED]


def test_what_is_too_long_for_a_link_is_copied_a_15(browser: Browser, store: Store, approved: list[int]) -> None:
    number = approved[0]
    text = store.draft_of(number)
    assert text is not None
    body = f"{text.draft.body}\n\n{'A word more. ' * 300}"
    values = {"subject": "A link", "body": body, "to_address": "jane@courier.example", "to_name": "Jane Doe"}
    store.edit_draft(number, **values, by="kim", now=NOW)  # type: ignore[arg-type]  # all of them texts
    store.decide(number, Decision(Move.APPROVE), by="kim", now=NOW)
    hand_off(browser, [number], "mailto")
    assert "too long for a mail link" in browser.get("/hand-off").text
    hand_off(browser, [number], "zip")
    shown = browser.get("/hand-off").text
    assert "Too long for a mail link: copy it" in shown
    assert f'data-copy="body-{number}"' in shown


def test_an_article_that_links_by_now_is_left_and_reclaimed_g_11(
    browser: Browser, store: Store, approved: list[int]
) -> None:
    linked = finding(Verdict.LINKED, target=TARGET, links=(link("https://quillon.example/"),), level=Level.SKIP)
    store.save_outcomes(store.start_run("recheck", NOW), [outcome(1, linked, at=NOW)])
    shown = browser.get("/hand-off").text
    assert "already linked" in shown or store.standing(approved[0]).state is State.RECLAIMED
    hand_off(browser, approved)
    assert store.standing(approved[0]).state is not State.HANDED_OFF
    assert store.standing(approved[1]).state is State.HANDED_OFF


def test_who_must_not_be_written_to_is_left(browser: Browser, store: Store, approved: list[int]) -> None:
    store.suppress("jane@courier.example", reason="asked us to stop", by="lee", now=NOW)
    assert "approved, but not to be sent" in browser.get("/hand-off").text
    hand_off(browser, approved)
    assert "is left:" in browser.get("/hand-off").text
    assert states(store, approved) == [State.APPROVED] * 2


def test_a_draft_changed_since_is_left_c_17(browser: Browser, store: Store, approved: list[int]) -> None:
    store.decide(approved[0], Decision(Move.ASSIGN, to="lee"), by="lee", now=NOW)
    hand_off(browser, approved, revs=f"{approved[0]}:1 {approved[1]}:1")
    assert "changed since you saw it" in browser.get("/hand-off").text
    assert states(store, approved) == [State.APPROVED, State.HANDED_OFF]
    hand_off(browser, approved[:1], revs="")
    assert states(store, approved[:1]) == [State.APPROVED], "a form that says no version is out of date"


def test_one_hand_off_at_a_time(browser: Browser, store: Store, config: Config, approved: list[int]) -> None:
    with hand_off_lock(config.store_url):
        hand_off(browser, approved)
    assert "another hand-off works" in browser.get("/hand-off").text
    assert states(store, approved) == [State.APPROVED] * 2


def test_without_a_mailbox_imap_is_refused_in_words(browser: Browser, store: Store, approved: list[int]) -> None:
    assert 'value="imap"' not in browser.get("/hand-off").text
    hand_off(browser, approved, "imap")
    assert "[imap]: is missing" in browser.get("/hand-off").text
    assert states(store, approved) == [State.APPROVED] * 2


def test_imap_drafts_name_their_folder(
    browser: Browser, store: Store, approved: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mailbox itself is tested in tests/outreach/handoff/; here, that the desk hands over to it and tells where."""
    real = handing._way

    def into_files(config: Config, _way: Way, *, needed: bool) -> AbstractContextManager[object]:
        return real(config, Way.ZIP, needed=needed)

    monkeypatch.setattr(handing, "_way", into_files)
    hand_off(browser, approved, "imap")
    assert store.standing(approved[0]).handed_off_via == "imap"
    assert "They lie in" in browser.get("/hand-off").text


def test_an_old_look_is_said_before_the_hand_off(browser: Browser, store: Store, config: Config) -> None:
    (number,) = drafted(store, config, at=NOW - timedelta(days=2))
    store.decide(number, Decision(Move.APPROVE), by="kim", now=NOW)
    shown = browser.get("/hand-off").text
    assert "over a day old" in shown
    assert f'action="/opportunities/{number}/look"' in shown


def test_hostile_texts_stay_texts_c_01(browser: Browser, store: Store, config: Config) -> None:
    (number,) = drafted(store, config)
    text = store.draft_of(number)
    assert text is not None
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    values = {
        "subject": evil,
        "body": f"{text.draft.body}{evil}",
        "to_address": "jane@courier.example",
        "to_name": evil,
    }
    store.edit_draft(number, **values, by="kim", now=NOW)  # type: ignore[arg-type]  # all of them texts
    store.decide(number, Decision(Move.APPROVE), by="kim", now=NOW, strict=False)
    for _ in range(2):
        shown = browser.get("/hand-off").text
        assert "<script>alert" not in shown
        assert "<img" not in shown
        hand_off(browser, [number])


def test_handing_off_needs_an_approver_c_16(desk: Desk, store: Store, approved: list[int]) -> None:
    staffed(desk)
    mara, vic = browser_at(desk), browser_at(desk)
    log_in(mara, "mara")
    log_in(vic, "vic")
    assert "needs an approver" in mara.get("/hand-off").text
    assert hand_off(mara, approved).status_code == 403
    assert states(store, approved) == [State.APPROVED] * 2
    assert vic.get("/hand-off/drafts.zip").status_code == 403
    assert vic.submit("/exports", {"what": "reclaim", "format": "csv"}, on="/help").status_code == 403


def test_nothing_was_handed_off_yet(browser: Browser, approved: list[int]) -> None:
    assert browser.get("/hand-off/drafts.zip").status_code == 404
    assert browser.get(f"/hand-off/{approved[0]}.eml").status_code == 404
    assert browser.get("/hand-off/drafts.zip?number=x").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("what", ["reclaim", "mailmerge", "hubspot"])
def test_exports_are_downloads(browser: Browser, store: Store, approved: list[int], what: str, form: str) -> None:
    answer = browser.submit("/exports", {"what": what, "format": form}, on="/hand-off")
    assert answer.status_code == 200
    assert re.search(rf'filename="[a-z_-]+\.{form}"', answer.headers["content-disposition"])
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) == (1 if what == "hubspot" else len(approved))


def test_exports_leave_out_who_is_suppressed_a_13(browser: Browser, store: Store, approved: list[int]) -> None:
    store.suppress("courier.example", reason="they asked", by="lee", now=NOW)
    answer = browser.submit("/exports", {"what": "reclaim", "format": "jsonl"}, on="/hand-off")
    assert answer.content == b""
    assert browser.submit("/exports", {"what": "disavow"}, on="/hand-off").status_code == 200
    assert browser.submit("/exports", {"what": "everything"}, on="/hand-off").status_code == 400


def test_without_a_sender_nothing_is_handed_off(desk: Desk, store: Store, approved: list[int]) -> None:
    silent = replace(desk, config=desk.config.model_copy(update={"sender": None}))
    browser = browser_at(silent)
    assert "Nobody signs the drafts yet" in browser.get("/hand-off").text
    hand_off(browser, approved)
    assert "nobody signs the drafts" in browser.get("/hand-off").text
