"""Everything about one opportunity in one read: page, mentions, links, looks, copies, publisher, texts, history."""

from dataclasses import replace

import pytest

from mentions.assessments import Part
from mentions.extraction.article import Zone
from mentions.findings import Verdict
from mentions.matching.mention import Decision as Sense
from mentions.pages import PageState
from mentions.signs import Signs
from mentions.store import Store
from mentions.store.dossiers import Dossier
from mentions.store.records import OpportunityState
from mentions.workflow import Decision, Move
from tests.store.building import ACME, DAY, NIGHT, ORBIT, draft, failed, finding, found, link, outcome, url

LATER = NIGHT + DAY


@pytest.fixture
def number(store: Store, run_id: int) -> int:
    """An opportunity with a draft."""
    store.add_found([replace(found(1), title="Robots, as the feed says")])
    judged = finding(Verdict.OUTSIDE, links=(link(zone=Zone.BOILERPLATE),))
    store.save_outcomes(run_id, [replace(outcome(1, judged), signs=Signs(4, 2, credit="Reuters"))])
    (waiting,) = store.to_draft(min_priority=0)
    assert waiting.opportunity_id is not None
    store.save_drafts([draft(waiting.opportunity_id)])
    return waiting.opportunity_id


def whole(store: Store, number: int) -> Dossier:
    found = store.dossier(number)
    assert found is not None
    return found


def test_there_is_no_dossier_of_what_is_not_there(store: Store) -> None:
    assert store.dossier(1) is None
    assert store.page_digests(1) == []


def test_a_dossier_tells_page_priority_mentions_and_links(store: Store, number: int) -> None:
    told = whole(store, number)
    assert told.finding.opportunity_id == told.opportunity_id == number
    assert told.standing.state is OpportunityState.DRAFTED
    assert (told.page.title, told.page.author, told.page.text) == (
        "Robots, part 1",
        "Jane Doe",
        "Acme Robotics builds robots.",
    )
    assert (told.page.source_url, told.page.credit) == ("https://courier.example/rss", "Reuters")
    assert (told.page.links_out, told.page.links_followed) == (4, 2)
    assert told.parts == (Part("verdict", 40, 50, "no link at all"),)
    (mention,) = told.mentions
    assert told.page.text is not None
    assert told.page.text[mention.start : mention.end] == mention.matched == ACME.name
    assert (mention.sense, mention.sense_reasons, mention.there) == (Sense.US, ("named in full",), True)
    (there,) = told.links
    assert (there.url, there.zone, there.ours, there.there) == ("https://acme.example/", Zone.BOILERPLATE, True, True)
    assert [entry.kind for entry in told.history] == ["opportunity found", "draft rendered"]


def test_what_a_later_look_no_longer_found_is_marked_and_comes_last(store: Store, run_id: int, number: int) -> None:
    later = finding(sentences=("Acme Robotics was here.",))
    store.save_outcomes(run_id, [replace(outcome(1, later, at=LATER), content_hash="def")])
    told = whole(store, number)
    assert [(mention.sentence, mention.there) for mention in told.mentions] == [
        ("Acme Robotics was here.", True),
        ("Acme Robotics builds robots.", False),
    ]
    assert [there.there for there in told.links] == [False]


def test_looks_say_what_they_found_the_newest_first(store: Store, run_id: int, number: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding(), at=LATER)])
    store.save_outcomes(run_id, [failed(1, at=LATER + DAY)])
    store.save_outcomes(run_id, [replace(outcome(1, finding(), at=LATER + 2 * DAY), content_hash="def")])
    told = whole(store, number)
    assert [(look.state, look.changed) for look in told.looks] == [
        (PageState.LIVE, True),
        (PageState.ERROR, None),
        (PageState.LIVE, False),
        (PageState.LIVE, None),
    ]
    assert told.looks_made == 4
    assert store.page_digests(number) == [("def", LATER + 2 * DAY), ("abc", NIGHT)]


def test_pages_that_tell_the_same_story_are_named(store: Store, run_id: int, number: int) -> None:
    sketch = bytes(range(128)) * 4
    signs = Signs(1, 1, sketch=sketch)
    pages = [replace(outcome(n, finding(), at=LATER), signs=signs) for n in (1, 2)]
    store.save_outcomes(run_id, pages)
    store.reassess(now=LATER)
    (copy,) = whole(store, number).copies
    assert (copy.url, copy.publisher, copy.state) == (url(2), "courier.example", OpportunityState.NEW)
    assert copy.opportunity_id is not None
    assert [other.url for other in whole(store, copy.opportunity_id).copies] == [url(1)]


def test_a_copy_about_two_targets_is_told_by_the_one_in_question(store: Store, run_id: int, number: int) -> None:
    """The number and the state are of one opportunity: not one of each of the two that the copy has."""
    signs = Signs(1, 1, sketch=bytes(range(128)) * 4)
    both = replace(outcome(2, finding(target=ORBIT.name), finding(), at=LATER), signs=signs)
    store.save_outcomes(run_id, [replace(outcome(1, finding(), at=LATER), signs=signs), both])
    store.reassess(now=LATER)
    rest = {found.target: found.opportunity_id for found in store.findings() if found.page_url == url(2)}
    acme, orbit = rest[ACME.name], rest[ORBIT.name]
    assert acme is not None
    assert orbit is not None
    store.decide(acme, Decision(Move.IGNORE, reason="no"), by="kim", now=LATER)
    (copy,) = whole(store, number).copies
    assert (copy.opportunity_id, copy.state) == (acme, OpportunityState.IGNORED)
    store.decide(orbit, Decision(Move.IGNORE, reason="no"), by="kim", now=LATER)
    store.decide(acme, Decision(Move.REOPEN), by="kim", now=LATER)
    (copy,) = whole(store, number).copies
    assert (copy.opportunity_id, copy.state) == (acme, OpportunityState.NEW)


def test_the_publisher_s_links_and_what_came_of_asking_there(store: Store, run_id: int, number: int) -> None:
    looks = [
        replace(outcome(2, finding()), signs=Signs(0, 0)),
        replace(outcome(3, finding(Verdict.LINKED, links=(link(),))), signs=Signs(3, 3)),
    ]
    store.save_outcomes(run_id, looks)
    (second,) = store.to_draft(min_priority=0)
    assert second.opportunity_id is not None
    store.save_drafts([draft(second.opportunity_id, subject="Once before")])
    store.decide(second.opportunity_id, Decision(Move.SENT), by="kim", now=LATER)
    told = whole(store, number)
    facts = told.publisher
    assert (facts.pages_read, facts.pages_linking, facts.pages_followed, facts.pages_linking_us) == (3, 2, 2, 1)
    assert (facts.states, facts.sent) == ({OpportunityState.SENT: 1}, 1)
    (before,) = told.at_publisher
    assert (before.opportunity_id, before.subject, before.sent_at) == (second.opportunity_id, "Once before", LATER)
    assert told.to_person == told.at_publisher, "both go to the desk"


def test_emails_that_were_dropped_unsent_are_nobodys_memory(store: Store, run_id: int, number: int) -> None:
    store.save_outcomes(run_id, [outcome(2, finding())])
    (second,) = store.to_draft(min_priority=0)
    assert second.opportunity_id is not None
    store.save_drafts([draft(second.opportunity_id)])
    store.decide(second.opportunity_id, Decision(Move.IGNORE, reason="not now"), by="kim", now=LATER)
    told = whole(store, number)
    assert (told.at_publisher, told.to_person) == ((), ())
    assert told.publisher.states == {OpportunityState.IGNORED: 1}


def test_a_persons_text_is_told_beside_what_the_template_gave(store: Store, number: int) -> None:
    assert whole(store, number).template_text is None
    store.edit_draft(number, subject="Mine", body="My words.", to_address=None, to_name=None, by="kim", now=LATER)
    told = whole(store, number)
    assert told.draft is not None
    assert (told.draft.revision, told.draft.draft.subject, told.draft.written_by) == (2, "Mine", "kim")
    assert told.template_text is not None
    assert told.template_text.draft.subject == "A link in your article"


def test_a_follow_up_comes_with_the_email_it_follows(store: Store, number: int) -> None:
    store.decide(number, Decision(Move.SENT), by="kim", now=LATER)
    store.save_drafts([replace(draft(number, subject="Re: A link", at=LATER + DAY), follow_up=1)])
    told = whole(store, number)
    assert told.draft is not None
    assert told.draft.draft.follow_up == 1
    assert [email.draft.subject for email in told.thread] == ["A link in your article"]
    assert told.template_text is None
