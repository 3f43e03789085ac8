"""`mentions drafts hand-off` as files, archive and links (A-07, A-13, A-15, G-11); IMAP is tested with its server."""

import json
import sqlite3
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from zipfile import ZipFile

import pytest

from mentions.cli import main
from mentions.cli.common import now
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.store import Store
from mentions.store.lock import hand_off_lock
from mentions.store.records import OpportunityState
from mentions.workflow import Decision, Move
from tests.outreach.handoff.building import close_prepared, prepared
from tests.store.building import DAY, finding, link, outcome

HAND_OFF = ["drafts", "hand-off", "--by", "mara"]


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


def test_files_are_written_and_marked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = prepared(folder, 2)
    assert main(HAND_OFF) == 0
    out = capsys.readouterr().out
    assert "2 drafts handed off. Nothing was sent" in out
    files = sorted((folder / "approved").iterdir())
    assert [path.name for path in files] == ["0001-courier.example.eml", "0002-courier.example.eml"]
    assert str(files[0]) in out
    assert BytesParser(policy=default).parsebytes(files[0].read_bytes())["X-Unsent"] == "1"
    assert states(store) == ["handed_off", "handed_off"]
    assert [(h.via, h.place) for h in store.handed_off()] == [("eml", None), ("eml", None)]
    assert main(HAND_OFF) == 0
    assert "No approved draft waits" in capsys.readouterr().out


def test_only_the_numbers_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = prepared(folder, 3)
    assert main([*HAND_OFF, "2", "9", "--json"]) == 3
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["number"], row["handed_off"]) for row in rows] == [(9, False), (2, True)]
    assert rows[0]["reason"] == "it is not approved: mentions drafts approve 9"
    assert states(store) == ["approved", "handed_off", "approved"]


def test_an_archive_is_never_overwritten(folder: Path) -> None:
    store = prepared(folder, 2)
    assert main([*HAND_OFF, "1", "--to", "zip"]) == 0
    assert main([*HAND_OFF, "2", "--to", "zip"]) == 0
    archives = sorted((folder / "approved").glob("*.zip"))
    assert len(archives) == 2
    names = set()
    for path in archives:
        with ZipFile(path) as archive:
            names |= set(archive.namelist())
    assert names == {"0001-courier.example.eml", "0002-courier.example.eml", "manifest.csv"}
    assert states(store) == ["handed_off"] * 2


def test_links_are_printed_whole_a15(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    store = prepared(folder, 2)
    with sqlite3.connect(folder / "mentions.db") as connection:
        connection.execute("UPDATE draft SET body = ? WHERE opportunity_id = 2", ("x" * 5_000,))
    connection.close()
    assert main([*HAND_OFF, "--to", "mailto"]) == 3
    captured = capsys.readouterr()
    assert any(line.strip().startswith("→ mailto:desk1@courier.example?subject=") for line in captured.out.splitlines())
    assert "too long for a mail" in captured.err
    assert states(store) == ["handed_off", "approved"]


@pytest.mark.parametrize("way", ["eml", "zip"])
def test_one_bad_among_many_is_listed_a07(folder: Path, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    store = prepared(folder, 20)
    with sqlite3.connect(folder / "mentions.db") as connection:
        connection.execute("UPDATE draft SET to_address = 'a@b.example, evil@x.example' WHERE opportunity_id = 11")
    connection.close()
    assert main([*HAND_OFF, "--to", way]) == 3
    captured = capsys.readouterr()
    assert "19 drafts handed off, 1 left as they were" in captured.out
    assert "draft 11 is left: cannot be exported" in captured.err
    assert states(store).count("approved") == 1


def test_who_was_suppressed_after_the_approval_is_left_a13(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = prepared(folder, 2)
    store.suppress("desk1@courier.example", reason="asked us", by="mara", now=now())
    assert main(HAND_OFF) == 3
    assert "draft 1 is left: the recipient must not be written to" in capsys.readouterr().err
    assert [path.name for path in (folder / "approved").iterdir()] == ["0002-courier.example.eml"]
    assert store.standing(1).state is OpportunityState.APPROVED
    store.suppress("courier.example", reason=None, by="mara", now=now())
    store.decide(2, Decision(Move.UNAPPROVE), by="mara", now=now())


@pytest.mark.parametrize(
    ("verdict", "says", "state"),
    [
        (Verdict.QUALIFIED, "though it is marked nofollow", OpportunityState.APPROVED),
        (Verdict.NOT_MENTIONED, "does not name us any more", OpportunityState.APPROVED),
    ],
)
def test_what_the_last_look_says_counts_g11(
    folder: Path, verdict: Verdict, says: str, state: OpportunityState, capsys: pytest.CaptureFixture[str]
) -> None:
    store = prepared(folder, 1)
    rel = ("nofollow",) if verdict is Verdict.QUALIFIED else ()
    links = () if verdict is Verdict.NOT_MENTIONED else (link(rel=rel),)
    look = outcome(1, finding(verdict, links=links, level=Level.SKIP), at=now())
    store.save_outcomes(store.start_run("nightly", now()), [look])
    assert main([*HAND_OFF, "--dry-run"]) == 3
    assert store.standing(1).state is OpportunityState.APPROVED, "a dry run changes nothing"
    assert main(HAND_OFF) == 3
    assert says in " ".join(capsys.readouterr().err.split())
    assert store.standing(1).state is state
    assert not (folder / "approved").exists()


def test_what_a_look_found_linked_is_closed_and_not_handed_off_g11(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = prepared(folder, 1)
    look = outcome(1, finding(Verdict.LINKED, links=(link(),), level=Level.SKIP), at=now())
    store.save_outcomes(store.start_run("nightly", now()), [look])
    assert store.standing(1).state is OpportunityState.RECLAIMED
    assert main([*HAND_OFF, "1"]) == 3
    assert "already linked" in " ".join(capsys.readouterr().err.split())
    assert not (folder / "approved").exists()


def test_what_was_put_off_waits(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = prepared(folder, 1)
    store.decide(1, Decision(Move.SNOOZE, until=now() + 3 * DAY), by="mara", now=now())
    assert main(HAND_OFF) == 3
    assert "put off until" in capsys.readouterr().err


def test_another_hand_off_under_way_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = prepared(folder, 1)
    with hand_off_lock(f"sqlite:///{folder / 'mentions.db'}"):
        assert main(HAND_OFF) == 75
    assert "another hand-off works on" in capsys.readouterr().err
    assert states(store) == ["approved"]


def test_a_folder_that_cannot_be_written_leaves_everything_approved(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = prepared(folder, 1)
    (folder / "approved").write_text("in the way")
    assert main(HAND_OFF) == 3
    assert main([*HAND_OFF, "--to", "zip"]) == 1
    assert capsys.readouterr().err.count("cannot be written") == 2
    assert states(store) == ["approved"]


def test_without_a_mailbox_that_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepared(folder, 1)
    assert main([*HAND_OFF, "--to", "imap"]) == 2
    assert "[imap]: is missing" in capsys.readouterr().err
    assert main(["drafts", "check-sent"]) == 2
    assert "[imap]: is missing" in capsys.readouterr().err


def test_the_way_stands_in_the_configuration(folder: Path) -> None:
    prepared(folder, 1, more_config='\n[handoff]\nto = "zip"\nfolder = "for-mara"\n')
    assert main(HAND_OFF) == 0
    assert len(list((folder / "for-mara").glob("drafts-*.zip"))) == 1


@pytest.mark.parametrize("width", ["40", "80"])
def test_it_fits_the_terminal(
    folder: Path, width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    prepared(folder, 1)
    assert main([*HAND_OFF, "--dry-run"]) == 0
    assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= int(width)
