"""`mentions contacts list | show | choose`; looking is in tests/crawling/test_contact_looks.py."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.outreach.contacts import Confidence, FoundContact, PageContacts, Role
from mentions.outreach.drafts import render_draft
from mentions.store import Store, open_store
from tests.cli.test_drafts import CONFIG
from tests.outreach.building import SENDER
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, finding, outcome, url

JANE = FoundContact(
    Role.AUTHOR, Confidence.HIGH, url(1), "beside the author's name", "jane.doe@courier.example", "Jane Doe"
)
DESK = FoundContact(
    Role.NEWSROOM, Confidence.HIGH, "https://courier.example/masthead", "as the editors'", "desk@courier.example"
)
FORM = FoundContact(Role.FORM, Confidence.LOW, url(1), "a form", form_url="https://courier.example/contact")
HIDDEN = FoundContact(Role.NEWSROOM, Confidence.LOW, url(1), "hidden from programs", obfuscated=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mentions.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def empty(folder: Path) -> Iterator[Store]:
    """One article worth asking about, number 1, and nobody known."""
    store = open_store(f"sqlite:///{folder / 'mentions.db'}")
    store.register([ACME, ORBIT], [COURIER], NIGHT)
    store.save_outcomes(store.start_run("nightly", NIGHT), [outcome(1, finding(priority=80))])
    yield store
    store.close()


@pytest.fixture
def store(empty: Store) -> Store:
    """The same with contacts 1 to 4 and a draft to the best of them."""
    empty.save_published(COURIER.domain, PageContacts((JANE, DESK, FORM, HIDDEN)), NIGHT)
    (found,) = empty.to_draft(min_priority=0)
    empty.save_drafts([render_draft(found, ACME, SENDER, COURIER, now=NIGHT)])
    return empty


def drafted_to(store: Store) -> str | None:
    (draft,) = store.drafts()
    return draft.draft.to_address


def test_without_anybody_the_list_says_what_to_do(empty: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contacts", "list"]) == 0
    assert "mentions nightly" in capsys.readouterr().out
    assert main(["contacts", "show", "1"]) == 0
    assert "mentions contacts look 1" in capsys.readouterr().out


def test_the_list_says_who_where_and_when(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contacts", "list"]) == 0
    out = capsys.readouterr().out
    assert "Jane Doe <jane.doe@courier.example>" in out
    assert "https://courier.example/masthead" in out
    assert "first seen 2026-11-20" in out
    assert "look at the page yourself" in out


def test_the_list_is_for_programs_too(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contacts", "list", "--publisher", "www.courier.example", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["role"], row["address"], row["obfuscated"]) for row in rows] == [
        ("author", "jane.doe@courier.example", False),
        ("newsroom", "desk@courier.example", False),
        ("newsroom", None, True),
        ("form", None, False),
    ]
    assert rows[0]["source_url"] == url(1)


def test_show_marks_whom_the_email_goes_to(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contacts", "show", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (marked,) = [line for line in lines if "the email goes here" in line]
    assert "jane.doe@courier.example" in marked


def test_a_choice_writes_the_draft_anew_and_best_takes_it_back(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drafted_to(store) == "jane.doe@courier.example"
    assert main(["contacts", "choose", "1", "2", "--by", "ann"]) == 0
    assert drafted_to(store) == "desk@courier.example"
    assert "Dear Jane" not in store.drafts()[0].draft.body, "the newsroom is not greeted by the author's name"
    capsys.readouterr()
    assert main(["contacts", "show", "1"]) == 0
    assert "your choice" in capsys.readouterr().out
    assert main(["contacts", "choose", "1", "--best"]) == 0
    assert drafted_to(store) == "jane.doe@courier.example"


def test_the_file_goes_back_with_a_choice_that_is_undone(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in ("contacts.choose", "drafts.undo"):
        monkeypatch.setattr(f"mentions.cli.{command}.now", lambda: NIGHT)
    assert main(["contacts", "choose", "1", "2"]) == 0
    (file,) = (folder / "drafts").glob("*.eml")
    assert "desk@courier.example" in file.read_text(encoding="utf-8")
    assert main(["drafts", "undo", "1"]) == 0
    written = file.read_text(encoding="utf-8")
    assert drafted_to(store) == "jane.doe@courier.example"
    assert "jane.doe@courier.example" in written
    assert "To: desk@courier.example" not in written


def test_an_undo_holds_where_its_file_cannot_be_written(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in ("contacts.choose", "drafts.undo"):
        monkeypatch.setattr(f"mentions.cli.{command}.now", lambda: NIGHT)
    assert main(["contacts", "choose", "1", "2"]) == 0
    shutil.rmtree(folder / "drafts")
    (folder / "drafts").write_text("in the way", encoding="utf-8")
    assert main(["drafts", "undo", "1"]) == 0
    assert "its file could not be written" in capsys.readouterr().err
    assert drafted_to(store) == "jane.doe@courier.example"


def test_a_text_that_somebody_edited_keeps_its_words_and_goes_to_the_choice(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    store.edit_draft(
        1, subject="Ours", body="Mine", to_address="jane.doe@courier.example", to_name=None, by="ann", now=NIGHT
    )
    assert main(["contacts", "choose", "1", "2"]) == 0
    assert "mentions drafts edit 1" in capsys.readouterr().out
    assert store.drafts()[0].draft.body == "Mine"
    assert drafted_to(store) == "desk@courier.example"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["choose", "1", "99"], "there is no contact 99"),
        (["choose", "7", "1"], "there is no opportunity 7"),
        (["show", "7"], "there is no opportunity 7"),
        (["choose", "1"], "--best"),
        (["choose", "1", "2", "--best"], "--best"),
    ],
)
def test_what_cannot_be_done_is_said(
    store: Store, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["contacts", *arguments]) in {1, 2}
    assert says in capsys.readouterr().err
