"""`mentions drafts hand-off --to imap` against a real Dovecot: once, whatever dies (A-07, A-11, A-12, A-13, G-11)."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.cli.common import now
from mentions.findings import Verdict
from mentions.mailboxes import Imap
from mentions.opportunities import Level
from mentions.outreach.handoff.folders import Use
from mentions.outreach.handoff.mailbox import Mailbox
from mentions.outreach.handoff.secrets import secret_of
from mentions.store import Store
from mentions.store.records import OpportunityState
from mentions.workflow import Decision, Move
from tests.outreach.handoff.building import close_prepared, email, imap_table, lying_in, prepared
from tests.store.building import finding, link, outcome

pytestmark = pytest.mark.service

HAND_OFF = ["drafts", "hand-off", "--to", "imap", "--by", "mara"]
# Dies as the power does: after the server took the draft, before the store knows.
KILLED_BEFORE_COMMIT = """
import os, signal, sys
from mentions.cli import main
from mentions.store.handing import HandingOff
HandingOff.mark_handed_off = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
main(sys.argv[1:])
"""
PUSH = "import sys; from mentions.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture(autouse=True)
def stores_are_closed() -> Iterator[None]:
    yield
    close_prepared()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def states(store: Store) -> list[str]:
    return [d.finding.opportunity_state.value for d in store.drafts() if d.finding.opportunity_state]


def put(settings: Imap, use: Use, content: bytes) -> None:
    with Mailbox(settings, secret_of(settings)) as mailbox:
        place = mailbox.folder(use)
        assert place is not None
        mailbox.put_draft(place, content)


def empty_drafts(settings: Imap) -> None:
    with Mailbox(settings, secret_of(settings)) as mailbox:
        place = mailbox.folder(Use.DRAFTS)
        assert place is not None
        mailbox.enter(place, to_write=True)
        mailbox._imap.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
        mailbox._imap.expunge()


def test_drafts_go_into_the_folder_and_are_marked(
    folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str]
) -> None:
    store = prepared(folder, 3, more_config=imap_table(settings))
    assert main(HAND_OFF) == 0
    out = capsys.readouterr().out
    assert "3 drafts handed off. Nothing was sent" in out
    assert f"“Entwürfe” of {settings.name}" in out
    assert sorted(str(message["To"]) for message in lying_in(settings)) == [
        f"desk{number}@courier.example" for number in (1, 2, 3)
    ]
    assert states(store) == ["handed_off"] * 3
    assert {(h.via, h.place.uid if h.place else None) for h in store.handed_off()} == {("imap", n) for n in (1, 2, 3)}
    assert store.history(1)[-1].actor == "mara"
    assert main(HAND_OFF) == 0
    assert len(lying_in(settings)) == 3, "a second time there is nothing to do"


def test_killed_before_it_was_written_down_it_is_there_once_a11(folder: Path, settings: Imap) -> None:
    store = prepared(folder, 2, more_config=imap_table(settings))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_BEFORE_COMMIT, *HAND_OFF], capture_output=True, check=False, timeout=300
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(lying_in(settings)) == 1, "the server has it"
    assert states(store) == ["approved", "approved"], "and we do not know"
    assert main(HAND_OFF) == 0
    assert len(lying_in(settings)) == 2
    assert states(store) == ["handed_off", "handed_off"]
    assert sorted(h.place.uid for h in store.handed_off() if h.place and h.place.uid) == [1, 2]


def test_two_at_once_put_one_a11(folder: Path, settings: Imap) -> None:
    store = prepared(folder, 3, more_config=imap_table(settings))
    pushes = [
        subprocess.Popen(
            [sys.executable, "-c", PUSH, *HAND_OFF], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [(push.communicate(timeout=300)[1], push.returncode) for push in pushes]
    assert {code for _, code in said} <= {0, 75}
    assert 0 in {code for _, code in said}
    assert all("another hand-off" in words for words, code in said if code == 75)
    assert len(lying_in(settings)) == 3
    assert states(store) == ["handed_off"] * 3


def test_killed_and_sent_meanwhile_it_is_not_put_there_again_a11(
    folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str]
) -> None:
    store = prepared(folder, more_config=imap_table(settings))
    subprocess.run([sys.executable, "-c", KILLED_BEFORE_COMMIT, *HAND_OFF], check=False, timeout=300)
    body = f"Dear desk,\n\n{store.drafts()[0].finding.page_url}\n\nhttps://acme.example/\n"
    put(settings, Use.SENT, email(to="desk1@courier.example", text=body, Message_ID="<anew@thunderbird.example>"))
    empty_drafts(settings)
    assert main(HAND_OFF) == 3
    assert "was sent already" in capsys.readouterr().err
    assert lying_in(settings) == []


def test_a_changed_text_does_not_lie_beside_the_old_one(
    folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str]
) -> None:
    store = prepared(folder, more_config=imap_table(settings))
    assert main(HAND_OFF) == 0
    store.decide(1, Decision(Move.UNAPPROVE), by="mara", now=now())
    store.edit_draft(
        1, subject="Anew", body="Anew.\n", to_address="desk1@courier.example", to_name=None, by="mara", now=now()
    )
    store.decide(1, Decision(Move.APPROVE), by="mara", now=now(), strict=False)
    assert main(HAND_OFF) == 3
    assert "an older version of it lies in “Entwürfe”" in capsys.readouterr().err
    assert len(lying_in(settings)) == 1
    empty_drafts(settings)
    assert main(HAND_OFF) == 0
    assert [str(message["Subject"]) for message in lying_in(settings)] == ["Anew"]


def test_who_was_suppressed_after_the_approval_is_left_a13(
    folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str]
) -> None:
    store = prepared(folder, 2, more_config=imap_table(settings))
    store.suppress("desk1@courier.example", reason="asked not to be written to", by="mara", now=now())
    assert main([*HAND_OFF, "--json"]) == 3
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    left = next(row for row in rows if not row["handed_off"])
    assert left["number"] == 1
    assert "must not be written to" in left["reason"]
    assert [str(message["To"]) for message in lying_in(settings)] == ["desk2@courier.example"]


def test_an_article_that_links_by_now_is_left_and_reclaimed_g11(
    folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str]
) -> None:
    store = prepared(folder, 2, more_config=imap_table(settings))
    look = outcome(1, finding(Verdict.LINKED, links=(link(),), level=Level.SKIP), at=now())
    store.save_outcomes(store.start_run("nightly", now()), [look])
    assert store.standing(1).state is OpportunityState.RECLAIMED, "the look itself closes it"
    assert main([*HAND_OFF, "1"]) == 3
    assert "draft 1 is left: already linked" in " ".join(capsys.readouterr().err.split())
    assert main(HAND_OFF) == 0
    assert len(lying_in(settings)) == 1, "the other one"
    assert store.standing(1).state is OpportunityState.RECLAIMED


def test_one_bad_among_many_is_listed_a07(folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str]) -> None:
    store = prepared(folder, 100, more_config=imap_table(settings))
    with sqlite3.connect(folder / "mentions.db") as connection:
        connection.execute("UPDATE draft SET to_address = 'a@b.example, evil@x.example' WHERE opportunity_id = 41")
    connection.close()
    assert main(HAND_OFF) == 3
    captured = capsys.readouterr()
    assert "99 drafts handed off, 1 left" in captured.out
    assert "draft 41 is left: cannot be exported" in captured.err
    assert captured.err.count("is left") == 1
    with Mailbox(settings, secret_of(settings)) as mailbox:
        place = mailbox.folder(Use.DRAFTS)
        assert place is not None
        mailbox.enter(place)
        assert len(mailbox._search("ALL")) == 99
    assert states(store).count("approved") == 1


def test_a_wrong_password_leaves_everything_approved_a12(
    folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = prepared(folder, 2, more_config=imap_table(settings))
    monkeypatch.setenv("MAIL_PASSWORD", "this-is-another-one")
    assert main(HAND_OFF) == 1
    captured = capsys.readouterr()
    assert f"the mailbox {settings.name} refused the password" in captured.err
    assert "this-is-another-one" not in captured.out + captured.err
    assert states(store) == ["approved", "approved"]


def test_only_the_imap_port_is_reached_a16(folder: Path, settings: Imap, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(folder, 2, more_config=imap_table(settings))
    reached: list[int] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: tuple[str, int]) -> None:
        reached.append(address[1])
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    assert main(HAND_OFF) == 0
    assert main(["drafts", "check-sent"]) == 0
    assert set(reached) == {settings.port_used}


def test_doctor_looks_into_the_mailbox(
    folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(folder, more_config=imap_table(settings))
    main(["doctor"])
    said = " ".join(capsys.readouterr().out.split())
    assert "drafts go into “Entwürfe”, what was sent is looked for in “Gesendet”" in said
    monkeypatch.setenv("MAIL_PASSWORD", "this-is-another-one")
    main(["doctor"])
    said = " ".join(capsys.readouterr().out.split())
    assert "refused the password" in said
    assert "this-is-another-one" not in said


def test_a_dry_run_changes_nothing(folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str]) -> None:
    store = prepared(folder, 2, more_config=imap_table(settings))
    assert main([*HAND_OFF, "--dry-run"]) == 0
    assert "2 drafts would be handed off. Nothing was changed." in capsys.readouterr().out
    assert lying_in(settings) == []
    assert states(store) == ["approved", "approved"]


def test_what_was_sent_is_marked_with_its_time_and_message_id(
    folder: Path, settings: Imap, capsys: pytest.CaptureFixture[str]
) -> None:
    store = prepared(folder, 3, more_config=imap_table(settings))
    assert main(HAND_OFF) == 0
    page = store.drafts()[0].finding.page_url
    body = f"Dear desk, your article ({page}).\n\nhttps://acme.example/\n"
    put(settings, Use.SENT, email(to="desk1@courier.example", text=body, Message_ID="<anew@mail.example>"))
    with Mailbox(settings, secret_of(settings)) as mailbox:
        place = mailbox.folder(Use.DRAFTS)
        assert place is not None
        mailbox.enter(place, to_write=True)
        mailbox._imap.uid("STORE", "1:2", "+FLAGS", r"(\Deleted)")  # 1 was sent, 2 was thrown away
        mailbox._imap.expunge()
    capsys.readouterr()
    assert main(["drafts", "check-sent", "--dry-run"]) == 0
    assert states(store) == ["handed_off"] * 3
    capsys.readouterr()
    assert main(["drafts", "check-sent", "--by", "mara", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["number"]: row["answer"] for row in rows} == {1: "sent", 2: "unclear", 3: "waiting"}
    assert store.standing(1).state is OpportunityState.SENT
    assert store.standing(1).sent_at is not None
    assert store.sent_message_id(1) == "<anew@mail.example>"
    assert store.sent_message_id(2) is None
    assert main(["drafts", "check-sent"]) == 0
    assert "if you sent it: mentions drafts sent 2" in capsys.readouterr().out
