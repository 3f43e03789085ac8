"""Working on an email at the desk: saved, checked, sent to another person, asked for another page; nothing is lost."""

import re
from collections.abc import Iterator

import pytest
from httpx2 import Response

from mentions.config import Config
from mentions.outreach.contacts import PageContacts
from mentions.review.desk import Desk
from mentions.store import Store
from mentions.store.records import OpportunityState as State
from mentions.store.records import StoredDraft
from mentions.workflow import Decision, Move
from tests.review.conftest import NOW, Browser
from tests.review.finds import drafted, newsroom
from tests.review.harmless import ALL, harmful
from tests.review.staff import browser_at, logged_in, staffed

OPT_OUT = "If you do not want emails like this, just say so and we will not write again."


@pytest.fixture
def number(store: Store, config: Config) -> int:
    """A find with a draft to Jane; the newsroom is known besides."""
    (made,) = drafted(store, config)
    store.save_published("courier.example", PageContacts((newsroom(),)), NOW)
    return made


@pytest.fixture
def colleague(desk: Desk) -> Iterator[Browser]:
    with browser_at(desk) as opened:
        yield opened


def send(browser: Browser, number: int, what: str, **fields: str) -> Response:
    """Sends a form of the find."""
    return browser.submit(f"/opportunities/{number}/{what}", {"rev": "0", **fields}, on="/help")


def now_stored(store: Store, number: int) -> StoredDraft:
    draft = store.draft_of(number)
    assert draft is not None
    return draft


def typed(store: Store, number: int, **changes: str) -> dict[str, str]:
    """The fields of the editor as they stand in the page, with changes."""
    email = now_stored(store, number).draft
    return {
        "subject": email.subject,
        "body": email.body.replace("\n", "\r\n"),
        "to_address": email.to_address or "",
        "to_name": email.to_name or "",
        "source_url": email.contact_source_url or "",
        **changes,
    }


def test_a_text_is_saved_as_the_next_revision_and_as_a_file(
    store: Store, config: Config, browser: Browser, number: int
) -> None:
    body = now_stored(store, number).draft.body.replace("Thank you", "Many thanks")
    answer = send(browser, number, "draft", **typed(store, number, body=body), queue="sort=newest")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/opportunities/{number}?sort=newest#draft")
    draft = now_stored(store, number)
    assert (draft.revision, draft.draft.problems) == (2, ())
    assert "Many thanks" in draft.draft.body
    assert "\r" not in draft.draft.body
    assert draft.written_by == store.history(number)[-1].actor
    html = browser.get(f"/opportunities/{number}").text
    assert "Saved. Nothing is left to do." in html
    assert "Many thanks" in next(config.drafts_folder.glob("*.eml")).read_text(encoding="utf-8")
    assert '<del><span class="unseen">[removed: </span>Thank you<span class="unseen">]</span></del>' in html
    assert '<ins><span class="unseen">[added: </span>Many thanks<span class="unseen">]</span></ins>' in html


def test_saving_may_go_on_to_the_next_find_of_the_queue(store: Store, config: Config, browser: Browser) -> None:
    numbers = drafted(store, config, 2)
    first, last = numbers[-1], numbers[0]  # of equal worth: the newest stands first
    assert "Save, next find" in browser.get(f"/opportunities/{first}?state=drafted").text
    answer = send(browser, first, "draft", **typed(store, first, body="Short."), queue="state=drafted", then="next")
    assert answer.headers["location"].partition("?")[0] == f"/opportunities/{last}"
    assert now_stored(store, first).draft.body == "Short."
    answer = send(browser, last, "draft", **typed(store, last), queue=f"state=drafted&at=0-{last}", then="next")
    assert answer.status_code == 303


def test_saving_says_what_is_left_to_do(store: Store, browser: Browser, number: int) -> None:
    """The way without scripts: the same linter, after saving."""
    send(browser, number, "draft", **typed(store, number, body="Act now!!", subject="x" * 60))
    html = browser.get(f"/opportunities/{number}").text
    assert "still to do before it can be approved" in html
    assert "the subject has 60 characters" in html
    assert "reads like spam" in html


def test_a_text_is_checked_while_it_is_typed_and_nothing_is_stored(store: Store, browser: Browser, number: int) -> None:
    before = now_stored(store, number)
    answer = send(browser, number, "lint", **typed(store, number, body=f"Click here {ALL}", subject="A\r\nB"))
    said = answer.json()
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert any("opt-out" in problem for problem in said["problems"])
    assert said["words"] > 5
    assert (said["subject"], said["to"]) == ("A B", "Jane Doe <jane@courier.example>")
    assert now_stored(store, number) == before
    assert store.standing(number).rev == 0


def test_checking_needs_the_token_and_a_find_with_a_draft(store: Store, browser: Browser, number: int) -> None:
    fields = typed(store, number)
    assert browser.post(f"/opportunities/{number}/lint", data=fields).status_code == 403
    assert send(browser, 99, "lint", **fields).status_code == 404
    assert send(browser, 10**20, "lint", **fields).status_code == 404
    said = send(browser, number, "lint", **{**fields, "to_address": "nobody"}).json()
    assert "is refused" in said["problems"][0]


def test_two_people_never_overwrite_each_other_c_17(
    store: Store, browser: Browser, colleague: Browser, number: int
) -> None:
    """C-17: a stale version gets 409, both texts, and a way to save one's own after all."""
    fields = typed(store, number)
    assert send(browser, number, "draft", **{**fields, "body": f"Theirs.\n{OPT_OUT}"}).status_code == 303
    answer = send(colleague, number, "draft", **{**fields, "body": "Mine <b>&", "subject": "My subject"})
    assert answer.status_code == 409
    assert harmful(answer.text) == []
    assert "Mine &lt;b&gt;&amp;</textarea>" in answer.text
    assert 'value="My subject"' in answer.text
    assert "Theirs." in answer.text
    assert "changed this find (text edited: revision 2)." in answer.text
    assert now_stored(store, number).draft.body == f"Theirs.\n{OPT_OUT}"
    assert 'name="rev" value="1"' in answer.text
    again = send(colleague, number, "draft", **{**fields, "rev": "1", "body": "Mine <b>&"})
    assert again.status_code == 303
    assert now_stored(store, number).draft.body == "Mine <b>&"


def test_what_was_typed_survives_a_decision_of_somebody_else(store: Store, browser: Browser, number: int) -> None:
    fields = typed(store, number, body="Typed for an hour.")
    store.decide(number, Decision(Move.IGNORE, reason="not worth it"), by="lee", now=NOW)
    stale = send(browser, number, "draft", **fields)
    assert (stale.status_code, "Typed for an hour." in stale.text) == (409, True)
    assert "While you were writing, lee changed this find (skipped: not worth it)." in stale.text
    refused = send(browser, number, "draft", **{**fields, "rev": "1"})
    assert (refused.status_code, "Typed for an hour." in refused.text) == (409, True)
    assert "it is ignored; there is nothing left to edit" in refused.text


@pytest.mark.parametrize("address", ["jane", "a@b.example, c@d.example", "jane@courier.example\nBcc: x@y.example"])
def test_an_address_that_is_none_is_refused_with_the_text_kept(
    store: Store, browser: Browser, number: int, address: str
) -> None:
    answer = send(browser, number, "draft", **typed(store, number, to_address=address, body="Typed."))
    assert (answer.status_code, "Typed." in answer.text) == (400, True)
    assert "is refused" in answer.text
    assert now_stored(store, number).revision == 1


def test_a_source_that_is_no_web_address_is_refused(store: Store, browser: Browser, number: int) -> None:
    answer = send(browser, number, "draft", **typed(store, number, source_url="javascript:alert(1)"))
    assert (answer.status_code, harmful(answer.text)) == (400, [])


def test_an_approved_text_goes_back_to_the_draft_when_it_is_edited(store: Store, browser: Browser, number: int) -> None:
    store.decide(number, Decision(Move.APPROVE), by="kim", now=NOW)
    assert send(browser, number, "draft", **{**typed(store, number), "rev": "1"}).status_code == 303
    assert store.standing(number).state is State.DRAFTED


def test_another_contact_gets_an_email_of_their_own(store: Store, browser: Browser, number: int) -> None:
    html = browser.get(f"/opportunities/{number}").text
    assert "news@courier.example" in html
    (office,) = [c for c in store.contacts_for(number) if c.contact.address == "news@courier.example"]
    answer = send(browser, number, "contact", contact=str(office.id))
    assert answer.headers["location"] == f"/opportunities/{number}#contact"
    draft = now_stored(store, number)
    assert (draft.draft.to_address, draft.written_by) == ("news@courier.example", None)
    assert "Jane" not in draft.draft.body
    html = browser.get(f"/opportunities/{number}").text
    assert "The contact is chosen, and the email is written anew." in html
    assert "the email goes there" in html
    rev = str(store.standing(number).rev)
    assert send(browser, number, "contact", contact="", rev=rev).status_code == 303
    assert "contact choice taken back" in [entry.kind for entry in store.history(number)]


def test_a_persons_text_keeps_its_words_when_the_contact_changes(store: Store, browser: Browser, number: int) -> None:
    send(browser, number, "draft", **typed(store, number, body=f"My words.\n{OPT_OUT}"))
    (office,) = [c for c in store.contacts_for(number) if c.contact.address == "news@courier.example"]
    send(browser, number, "contact", contact=str(office.id), rev="1")
    draft = now_stored(store, number)
    assert (draft.draft.to_address, draft.draft.body) == ("news@courier.example", f"My words.\n{OPT_OUT}")
    assert "does its greeting still fit?" in browser.get(f"/opportunities/{number}").text


def test_a_stale_choice_changes_nothing_c_17(store: Store, browser: Browser, number: int) -> None:
    store.decide(number, Decision(Move.SNOOZE, until=NOW.replace(year=2027)), by="lee", now=NOW)
    for what, fields in (("contact", {"contact": ""}), ("link", {"url": ""}), ("again", {})):
        assert send(browser, number, what, **fields).status_code == 409
    assert now_stored(store, number).revision == 1


def test_another_page_and_other_words_are_asked_for(store: Store, browser: Browser, number: int) -> None:
    url = "https://press.quillon.example/cranes"
    answer = send(browser, number, "link", other_url=url, other_anchor="small harbours")
    assert answer.headers["location"] == f"/opportunities/{number}#link"
    email = now_stored(store, number).draft
    assert (email.suggested_url, email.suggested_anchor) == (url, "small harbours")
    assert url in email.body
    html = browser.get(f"/opportunities/{number}").text
    assert "chosen by a person" in html
    assert f"&lt;a href=&#34;{url}&#34;&gt;small harbours&lt;/a&gt;." in html
    send(browser, number, "link", rev=str(store.standing(number).rev))
    assert now_stored(store, number).draft.suggested_url == "https://quillon.example/"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"other_url": "https://notquillon.example/"}, "is no page of Quillon Robotics"),
        ({"other_url": "javascript:alert(1)"}, "is no page of Quillon Robotics"),
        ({"other_url": "https://quillon.example.evil.test/"}, "is no page of Quillon Robotics"),
        ({"other_anchor": "cheap cranes"}, "does not stand in the sentence"),
    ],
)
def test_only_pages_of_ours_and_words_of_the_sentence_are_asked_for(
    store: Store, browser: Browser, number: int, fields: dict[str, str], why: str
) -> None:
    answer = send(browser, number, "link", **fields)
    assert (answer.status_code, why in answer.text) == (400, True)
    assert store.standing(number).rev == 0


def test_a_persons_text_can_be_written_anew_and_stays_a_revision(store: Store, browser: Browser, number: int) -> None:
    first = now_stored(store, number).draft.body
    send(browser, number, "draft", **typed(store, number, body="Mine."))
    assert send(browser, number, "again", rev="1").status_code == 303
    assert now_stored(store, number).draft.body == first
    told = store.dossier(number)
    assert told is not None
    assert [revision.draft.body for revision in told.revisions] == [first, "Mine.", first]


def test_a_follow_up_shows_what_was_sent_and_is_not_written_anew(store: Store, browser: Browser, number: int) -> None:
    store.decide(number, Decision(Move.SENT), by="kim", now=NOW)
    html = browser.get(f"/opportunities/{number}").text
    assert "It is sent; there is nothing left to edit." in html
    assert send(browser, number, "again", rev="1").status_code == 409


@pytest.mark.parametrize("what", ["draft", "lint", "contact", "link", "again"])
def test_who_may_only_look_changes_nothing_by_direct_post_c_16(
    store: Store, desk: Desk, number: int, what: str
) -> None:
    """C-16."""
    vic = logged_in(staffed(desk), "vic")
    assert send(vic, number, what, **typed(store, number)).status_code == 403
    assert (now_stored(store, number).revision, store.standing(number).rev) == (1, 0)


@pytest.mark.parametrize("what", ["draft", "contact", "link", "again"])
def test_a_get_changes_nothing_c_11(browser: Browser, number: int, what: str) -> None:
    """C-11."""
    assert browser.get(f"/opportunities/{number}/{what}").status_code == 405


def test_what_a_form_names_as_its_queue_leads_nowhere_else_c_19(store: Store, browser: Browser, number: int) -> None:
    """C-19."""
    for queue in ("\\evil.example", "//evil.example", "a=\u202eb"):
        rev = str(store.standing(number).rev)
        answer = send(browser, number, "draft", **{**typed(store, number), "rev": rev, "queue": queue})
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(f"/opportunities/{number}")


def undo(browser: Browser) -> Response:
    """Presses the undo of the message that is shown next."""
    found = re.search(r'action="(/decisions/[\d,]+/undo)"', browser.get("/help").text)
    assert found, "there is no undo on the page"
    return browser.submit(found[1], on="/help")


def test_one_undo_takes_back_a_contact_and_the_email_that_was_written_to_them(
    store: Store, config: Config, browser: Browser, number: int
) -> None:
    before = now_stored(store, number)
    desk = next(c for c in store.contacts_for(number) if c.contact.address == "news@courier.example")
    send(browser, number, "contact", contact=str(desk.id))
    assert now_stored(store, number).draft.to_address == "news@courier.example"
    assert undo(browser).headers["location"] == f"/opportunities/{number}"
    after = now_stored(store, number)
    assert (after.draft.to_address, after.draft.body) == (before.draft.to_address, before.draft.body)
    assert after.revision == before.revision + 2, "every text stays in the history"
    assert not any(contact.chosen for contact in store.contacts_for(number))
    file = next(config.drafts_folder.glob("*.eml")).read_text(encoding="utf-8")
    assert "news@courier.example" not in file, "the file follows its draft"
    shown = browser.get(f"/opportunities/{number}").text
    assert "taken back: somebody else chosen to be asked" in shown.lower()


def test_one_undo_takes_back_a_link_and_the_choice_before_it_stands_again(
    store: Store, browser: Browser, number: int
) -> None:
    send(browser, number, "link", url="https://quillon.example/arms")
    send(browser, number, "link", rev=str(store.standing(number).rev), url="https://quillon.example/legs")
    undo(browser)
    finding = store.finding_of(number)
    assert finding is not None
    assert finding.chosen_url == "https://quillon.example/arms"
    assert "quillon.example/arms" in now_stored(store, number).draft.suggested_html
    undone = store.undo_last(number, by="kim", now=NOW)  # and in its turn the one before
    assert undone.text
    assert "quillon.example/arms" not in now_stored(store, number).draft.suggested_html
    again = store.finding_of(number)
    assert again is not None
    assert again.chosen_url is None


def test_a_contact_is_not_chosen_any_more_once_the_email_is_approved(
    store: Store, browser: Browser, number: int
) -> None:
    store.decide(number, Decision(Move.APPROVE), by="kim", now=NOW)
    answer = send(browser, number, "contact", contact="", rev="1")
    assert answer.status_code == 409
    assert "its recipient does not change any more" in answer.text
