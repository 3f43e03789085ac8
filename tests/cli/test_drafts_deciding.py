"""`mentions drafts edit|approve|skip|snooze|sent|…|lint`: a person's work at the terminal."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import mentions.cli.drafts.deciding as deciding
from mentions.assessments import Assessment, Contact, Level, Part
from mentions.cli import main
from mentions.cli.drafts import COMMANDS
from mentions.config import load_config
from mentions.outreach.rendering import Rendering
from mentions.store import Store, open_store
from mentions.store.records import OpportunityState
from tests.store.building import NIGHT, finding, outcome

CONFIG = """
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]

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


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Draft 1 could be approved, draft 2 goes to nobody; it is six hours after the night."""
    (tmp_path / "mentions.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(deciding, "now", lambda: NIGHT + timedelta(hours=6))
    monkeypatch.setattr("mentions.cli.drafts.list_.now", lambda: NIGHT + timedelta(hours=6))
    config = load_config(tmp_path / "mentions.toml")
    store = open_store(config.store_url)
    store.register(config.targets, config.publishers, NIGHT)
    jane = Contact("jane@courier.example", "Jane Doe", "https://courier.example/news/0001", "beside the author's name")
    whole = Assessment(Level.ASK_NOW, 80, (Part("a", 1, 1, ""),), ("worth asking",), jane)
    looks = [outcome(1, (finding()[0], whole)), outcome(2, finding(priority=20))]
    store.save_outcomes(store.start_run("nightly", NIGHT), looks)
    rendering = Rendering(config, store)
    drafts = [rendering.first(each, now=NIGHT) for each in store.to_draft(min_priority=0)]
    store.save_drafts([draft for draft in drafts if draft])
    yield store
    store.close()


def state(store: Store, number: int) -> OpportunityState:
    return store.standing(number).state


def test_approve_refuses_one_and_approves_the_other(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "approve", "2", "1", "--by", "kim"]) == 3
    out, err = capsys.readouterr()
    assert "draft 1: drafted → approved" in out
    assert "draft 2 cannot be approved: it goes to nobody: mentions drafts edit 2 --to ADDRESS" in err
    assert (state(store, 1), store.standing(1).approved_by) == (OpportunityState.APPROVED, "kim")


def test_an_old_look_is_said_when_approving(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "now", lambda: NIGHT + timedelta(days=4))
    assert main(["drafts", "approve", "1"]) == 0
    assert "note: we last looked at the article 4 days ago" in " ".join(capsys.readouterr().out.split())


def test_a_suppressed_recipient_is_not_approved(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    store.suppress("jane@courier.example", reason="asked us to stop", by="kim", now=NIGHT)
    assert main(["drafts", "approve", "1"]) == 3
    assert "must not be written to" in " ".join(capsys.readouterr().err.split())
    assert state(store, 1) is OpportunityState.DRAFTED


def test_a_day_at_the_desk(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    for words, after in [
        (["approve", "1"], OpportunityState.APPROVED),
        (["unapprove", "1"], OpportunityState.DRAFTED),
        (["sent", "1"], OpportunityState.SENT),
        (["no-reply", "1"], OpportunityState.NO_REPLY),
        (["reopen", "1"], OpportunityState.SENT),
        (["replied", "1", "--note", "will ask the web desk"], OpportunityState.REPLIED),
        (["declined", "1", "--reason", "no links to companies"], OpportunityState.DECLINED),
    ]:
        assert main(["drafts", *words]) == 0
        assert state(store, 1) is after
    now = store.standing(1)
    assert (now.reason, now.note, now.rev) == ("no links to companies", "will ask the web desk", 7)
    capsys.readouterr()
    assert main(["drafts", "show", "1"]) == 0
    assert "declined by" in capsys.readouterr().out


def test_several_emails_to_one_person_are_said(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "edit", "2", "--to", "JANE@courier.example"]) == 0
    capsys.readouterr()
    assert main(["drafts"]) == 0
    assert "draft 2 goes to the same person: send one, put the others off" in " ".join(capsys.readouterr().out.split())


def test_skip_wants_a_reason_and_hides_the_draft(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "skip", "1"]) == 2
    assert main(["drafts", "skip", "1", "--reason", "a satire"]) == 0
    capsys.readouterr()
    assert main(["drafts"]) == 0
    out = capsys.readouterr().out
    assert "1 more is closed or put off: mentions drafts --all" in out
    assert "priority 80" not in out
    assert main(["drafts", "--all", "--json"]) == 0
    assert [json.loads(line)["number"] for line in capsys.readouterr().out.splitlines()] == [1, 2]


def test_snooze_hides_and_wake_brings_back(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "snooze", "1", "--days", "3", "--until", "2026-12-01"]) == 2
    assert main(["drafts", "snooze", "1", "--until", "2026-12-01"]) == 0
    assert "put off until 2026-12-01" in capsys.readouterr().out
    assert store.standing(1).snoozed_until == datetime(2026, 12, 1, tzinfo=UTC)
    assert main(["drafts", "--json"]) == 0
    assert [json.loads(line)["number"] for line in capsys.readouterr().out.splitlines()] == [2]
    assert main(["drafts", "wake", "1"]) == 0
    assert store.standing(1).snoozed_until is None


def test_json_says_what_came_of_each(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "approve", "1", "2", "99", "--json"]) == 3
    first, second, third = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["number"], first["before"], first["state"], first["version"]) == (1, "drafted", "approved", 1)
    assert "goes to nobody" in second["refused"]
    assert "no opportunity 99" in third["refused"]


def test_a_recipient_is_added_and_the_email_speaks_to_them(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--to", "bob@courier.example", "--to-name", "Bob Roe", "--address-from", "https://courier.example/staff"]
    assert main(["drafts", "edit", "2", *options, "--by", "kim"]) == 0
    assert "Next: mentions drafts approve 2" in capsys.readouterr().out
    (draft,) = [draft for draft in store.drafts() if draft.draft.opportunity_id == 2]
    assert (draft.draft.to_address, draft.draft.to_name, draft.written_by) == ("bob@courier.example", "Bob Roe", "kim")
    assert draft.draft.body.startswith("Dear Bob,")
    assert "published at https://courier.example/staff" in draft.draft.body
    files = [path.read_text(encoding="utf-8") for path in Path("drafts").glob("0002-*.eml")]
    assert ["To: Bob Roe <bob@courier.example>" in text for text in files] == [True]


@pytest.mark.parametrize("address", ["a@b.example, evil@x.example", "a@b.com\nBcc: c@d.example", "user@localhost"])
def test_an_address_that_is_none_is_refused_a06(store: Store, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "edit", "1", "--to", address]) == 2
    assert "is refused" in " ".join(capsys.readouterr().err.split())
    assert store.drafts()[0].revision == 1


def test_a_text_from_a_file_is_checked_at_once(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Add the link, it helps our SEO.\n"), "utf-8"))
    assert main(["drafts", "edit", "1", "--body-file", "-"]) == 0
    out = capsys.readouterr().out
    assert 'to do: "SEO" reads like spam' in out
    assert main(["drafts", "approve", "1"]) == 3, "A-14: problems stand"


def test_a_file_that_is_no_text_changes_nothing(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    assert main(["drafts", "edit", "1", "--body-file", str(tmp_path / "picture.png")]) == 2
    assert "is not a text in UTF-8" in " ".join(capsys.readouterr().err.split())
    assert store.drafts()[0].revision == 1


def test_a_number_past_every_draft_is_said(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "approve", "9" * 20]) == 3
    assert "too large" in capsys.readouterr().err


def test_the_editor_s_text_is_taken_apart(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_editor(text: str, **_options: object) -> str:
        assert text.startswith(
            "To: Jane Doe <jane@courier.example>\nSubject: Thank you for mentioning Acme Robotics\n\n"
        )
        return text.replace("Dear Jane", "Dear Ms Doe").replace("Thank you for mentioning", "Your piece on")

    monkeypatch.setattr("click.edit", in_editor)
    assert main(["drafts", "edit", "1"]) == 0
    draft = next(draft for draft in store.drafts() if draft.draft.opportunity_id == 1).draft
    assert draft.subject == "Your piece on Acme Robotics"
    assert draft.body.startswith("Dear Ms Doe,")
    assert (draft.to_address, draft.problems) == ("jane@courier.example", ())


@pytest.mark.parametrize("answer", [None, "same"])
def test_an_editor_left_without_saving_changes_nothing(
    store: Store, answer: str | None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.edit", lambda text, **_options: text if answer else None)
    assert main(["drafts", "edit", "1"]) == 0
    assert "Nothing was changed." in capsys.readouterr().out
    assert store.standing(1).rev == 0


def test_a_text_without_its_first_lines_is_refused(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.edit", lambda _text, **_options: "Hello,\n\nthank you.")
    assert main(["drafts", "edit", "1"]) == 2
    assert '"To:" is missing' in capsys.readouterr().err
    assert store.standing(1).rev == 0


def test_templates_of_one_s_own_are_checked(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "lint"]) == 2
    assert "drafts.templates" in capsys.readouterr().err
    body = tmp_path / "letters" / "unlinked_brand" / "en" / "body.txt"
    body.parent.mkdir(parents=True)
    body.write_text("Thank you.\n{{ mention.sentense }}\n", encoding="utf-8")
    assert main(["drafts", "lint", str(tmp_path / "letters")]) == 3
    assert "line 2: there is no variable" in " ".join(capsys.readouterr().err.split())
    body.write_text("Thank you. {{ link.url }}\n", encoding="utf-8")
    assert main(["drafts", "lint", str(tmp_path / "letters")]) == 0


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_says_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["drafts", command, "--help"])
    assert "--config" in capsys.readouterr().out


def test_a_draft_is_written_anew_from_its_template(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    (first,) = [draft for draft in store.drafts() if draft.draft.opportunity_id == 1]
    store.edit_draft(1, subject="Mine", body="Mine.", to_address=None, to_name=None, by="kim", now=NIGHT)
    assert main(["drafts", "approve", "1"]) == 3
    assert main(["drafts", "write", "--again", "1", "--by", "kim"]) == 0
    assert "draft 1, revision 3, written anew: " in capsys.readouterr().out.replace("\n", " ")
    again = store.draft_of(1)
    assert again is not None
    assert (again.draft.body, again.draft.to_address) == (first.draft.body, "jane@courier.example")
    assert (again.written_by, store.history(1)[-1].actor) == (None, "kim")
    assert len(list(Path("drafts").glob("*.eml"))) == 1


def test_what_cannot_be_written_anew_is_said_and_stops_no_other(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["drafts", "write", "--again", "9", "--again", "2"]) == 3
    said = capsys.readouterr()
    assert "there is no opportunity 9" in said.err
    assert "draft 2, revision 2, written anew" in said.out
    assert main(["drafts", "sent", "1"]) == 0
    assert main(["drafts", "write", "--again", "1"]) == 3
    assert "it is sent; there is nothing left to edit" in capsys.readouterr().err


def test_a_slip_of_the_hand_is_undone(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mentions.cli.drafts.undo.now", lambda: NIGHT + timedelta(hours=6, minutes=3))
    assert main(["drafts", "skip", "1", "--reason", "a friend"]) == 0
    assert main(["drafts", "undo", "1", "--by", "kim"]) == 0
    assert "draft 1: taken back: skipped. It is drafted." in capsys.readouterr().out
    assert state(store, 1) is OpportunityState.DRAFTED
    assert main(["drafts", "undo", "1", "--json"]) == 3
    assert "nothing to take back" in json.loads(capsys.readouterr().out)["refused"]


def test_undo_comes_too_late(store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mentions.cli.drafts.undo.now", lambda: NIGHT + timedelta(hours=6, minutes=11))
    assert main(["drafts", "skip", "1", "--reason", "a friend"]) == 0
    assert main(["drafts", "undo", "1"]) == 3
    assert "more than 10 minutes ago: reopen it instead" in " ".join(capsys.readouterr().err.split())
    assert state(store, 1) is OpportunityState.IGNORED
