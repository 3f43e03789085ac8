"""Drafts as a store calls for them: earlier drafts, recipients a person names, follow-ups that are due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mentions.assessments import Assessment, Contact, Level, Part
from mentions.config import load_config
from mentions.exceptions import ConfigError, DraftError
from mentions.outreach.rendering import Rendering
from mentions.store import Store, open_store
from mentions.store.records import StoredDraft
from mentions.workflow import Decision, Move
from tests.store.building import NIGHT, finding, outcome

CONFIG = """
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]
pages = [{ url = "https://acme.example/survey", when = ["survey"] }]

[[publishers]]
name = "The Daily Courier"
domain = "courier.example"
feeds = ["https://courier.example/rss"]

[sender]
name = "Mara Lindqvist"
email = "mara@acme.example"
company = "Acme Robotics"
postal_address = "12 Harbour Street, 20457 Hamburg"
"""
WEEK = timedelta(days=7)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mentions.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    config = load_config(folder / "mentions.toml")
    opened = open_store(config.store_url)
    opened.register(config.targets, config.publishers, NIGHT)
    yield opened
    opened.close()


def render_all(folder: Path, store: Store, *sentences: str) -> list[StoredDraft]:
    """One page for each sentence, all with one contact, and their drafts."""
    looks = []
    for number, sentence in enumerate(sentences, start=1):
        judged, old = finding(sentences=(sentence,))
        contact = Contact("jane@courier.example", "Jane Doe", "https://courier.example/staff", "on the staff page")
        looks.append(outcome(number, (judged, Assessment(Level.ASK_NOW, 60, (Part("a", 1, 1, ""),), ("so",), contact))))
        assert old.level is Level.ASK_NOW
    store.save_outcomes(store.start_run("nightly", NIGHT), looks)
    rendering = Rendering(load_config(folder / "mentions.toml"), store)
    drafts = [rendering.first(each, now=NIGHT) for each in store.to_draft(min_priority=0)]
    store.save_drafts([draft for draft in drafts if draft])
    return store.drafts()


def test_an_email_says_where_the_address_is_published(folder: Path, store: Store) -> None:
    (draft,) = render_all(folder, store, "Acme Robotics builds robots.")
    assert "Your address is published at https://courier.example/staff." in draft.draft.body
    assert draft.draft.problems == (), "that address is no second link of ours"


def test_the_same_words_to_the_same_person_again_are_named(folder: Path, store: Store) -> None:
    first, second = render_all(folder, store, "Acme Robotics builds robots.", "A poet works at Acme Robotics by day.")
    assert (first.draft.problems, second.draft.problems) == ((), ())
    rendering = Rendering(load_config(folder / "mentions.toml"), store)
    same = rendering.edited(second, body=first.draft.body)
    assert any("nearly the same as an earlier email" in problem for problem in same.draft.problems)


def test_another_recipient_is_greeted_and_told_as_themselves(folder: Path, store: Store) -> None:
    (draft,) = render_all(folder, store, "Acme Robotics builds robots.")
    rendering = Rendering(load_config(folder / "mentions.toml"), store)
    to = ("desk@courier.example", None, "https://courier.example/contact")
    changed = rendering.edited(draft, to=to).draft
    assert changed.body.startswith("Hello,")
    assert "published at https://courier.example/contact" in changed.body
    assert (changed.to_address, changed.to_name, changed.problems) == ("desk@courier.example", None, ())


def test_a_person_s_text_stays_theirs_and_is_judged_by_the_same_rules(folder: Path, store: Store) -> None:
    (draft,) = render_all(folder, store, "Acme Robotics builds robots.")
    rendering = Rendering(load_config(folder / "mentions.toml"), store)
    bare = rendering.edited(draft, subject="acme robotics", body="Add the link ASAP").draft
    found = "\n".join(bare.problems)
    assert "postal address" in found
    assert "opt-out" in found
    assert '"ASAP" reads like spam' in found
    assert '"acme robotics" is written "Acme Robotics"' in found
    theirs = replace(draft, written_by="kim", draft=replace(draft.draft, body=draft.draft.body.replace("Dear", "Hi")))
    assert rendering.edited(theirs, to=("desk@courier.example", None, None)).draft.body == theirs.draft.body


def test_a_person_s_text_that_greets_who_had_it_first_is_named(folder: Path, store: Store) -> None:
    (draft,) = render_all(folder, store, "Acme Robotics builds robots.")
    rendering = Rendering(load_config(folder / "mentions.toml"), store)
    theirs = replace(draft, written_by="kim")
    assert rendering.edited(theirs).draft.problems == ()
    to = ("odile@courier.example", "Odile Marchbank", "https://courier.example/contact")
    found = rendering.edited(theirs, to=to).draft
    assert found.body == draft.draft.body
    assert 'the greeting says "Jane", and the email goes to Odile Marchbank' in found.problems


def test_an_email_written_anew_asks_for_what_a_person_chose(folder: Path, store: Store) -> None:
    (old,) = render_all(folder, store, "Acme Robotics says in a survey that robots sort parcels.")
    number = old.draft.opportunity_id
    store.choose_link(number, "https://acme.example/robots", "robots", by="kim", now=NIGHT)
    (chosen,) = store.drafts()
    new = Rendering(load_config(folder / "mentions.toml"), store).again(chosen, now=NIGHT)
    assert (new.suggested_url, new.suggested_anchor) == ("https://acme.example/robots", "robots")
    assert "https://acme.example/robots" in new.body
    assert new.problems == ()


def test_a_follow_up_is_not_written_anew(folder: Path, store: Store) -> None:
    (old,) = render_all(folder, store, "Acme Robotics builds robots.")
    follow_up = replace(old, draft=replace(old.draft, follow_up=1))
    with pytest.raises(DraftError, match="edit its text instead"):
        Rendering(load_config(folder / "mentions.toml"), store).again(follow_up, now=NIGHT)


def test_a_suppressed_recipient_is_named_as_a_problem(folder: Path, store: Store) -> None:
    (draft,) = render_all(folder, store, "Acme Robotics builds robots.")
    rendering = Rendering(load_config(folder / "mentions.toml"), store)
    assert rendering.suppressed(draft.finding) is None
    store.suppress("courier.example", reason="asked us to stop", by="kim", now=NIGHT)
    assert rendering.suppressed(draft.finding)
    assert any("must not be written to" in problem for problem in rendering.problems(draft))


def test_a_follow_up_is_due_once(folder: Path, store: Store) -> None:
    (draft,) = render_all(folder, store, "Acme Robotics builds robots.")
    number = draft.draft.opportunity_id
    rendering = Rendering(load_config(folder / "mentions.toml"), store)
    assert list(rendering.due_follow_ups(now=NIGHT + WEEK)) == []
    store.decide(number, Decision(Move.SENT), by="kim", now=NIGHT)
    assert list(rendering.due_follow_ups(now=NIGHT + timedelta(days=1))) == []
    (sent,) = rendering.due_follow_ups(now=NIGHT + WEEK)
    second = rendering.follow_up(sent, now=NIGHT + WEEK)
    assert second is not None
    store.save_drafts([second])
    assert list(rendering.due_follow_ups(now=NIGHT + WEEK)) == [], "it waits for a person"
    store.decide(number, Decision(Move.SENT), by="kim", now=NIGHT + WEEK)
    assert list(rendering.due_follow_ups(now=NIGHT + 3 * WEEK)) == [], "one by default"


@pytest.mark.parametrize("stop", [Move.REPLIED, Move.DECLINED, Move.NO_REPLY])
def test_any_answer_stops_follow_ups(folder: Path, store: Store, stop: Move) -> None:
    (draft,) = render_all(folder, store, "Acme Robotics builds robots.")
    store.decide(draft.draft.opportunity_id, Decision(Move.SENT), by="kim", now=NIGHT)
    store.decide(draft.draft.opportunity_id, Decision(stop), by="kim", now=NIGHT)
    rendering = Rendering(load_config(folder / "mentions.toml"), store)
    assert list(rendering.due_follow_ups(now=NIGHT + WEEK)) == []


def test_follow_ups_can_be_switched_off(folder: Path, store: Store) -> None:
    (draft,) = render_all(folder, store, "Acme Robotics builds robots.")
    store.decide(draft.draft.opportunity_id, Decision(Move.SENT), by="kim", now=NIGHT)
    (folder / "mentions.toml").write_text(CONFIG + "[drafts]\nfollow_ups = 0\n", encoding="utf-8")
    rendering = Rendering(load_config(folder / "mentions.toml"), store)
    assert list(rendering.due_follow_ups(now=NIGHT + WEEK)) == []


def test_a_team_s_template_is_used(folder: Path, store: Store) -> None:
    ours = folder / "letters" / "unlinked_brand" / "en"
    ours.mkdir(parents=True)
    (ours / "subject.txt").write_text("A word about {{ target.short_name }}\n", encoding="utf-8")
    (folder / "mentions.toml").write_text(CONFIG + '[drafts]\ntemplates = "letters"\n', encoding="utf-8")
    (draft,) = render_all(folder, store, "Acme Robotics builds robots.")
    assert draft.draft.subject == "A word about Acme Robotics"


def test_somebody_must_sign(folder: Path, store: Store) -> None:
    (folder / "mentions.toml").write_text(CONFIG.partition("[sender]")[0], encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[sender\]"):
        Rendering(load_config(folder / "mentions.toml"), store)
