"""`mentions drafts`."""

import json
import sqlite3
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.outreach.drafts import render_draft
from mentions.store import Store, open_store
from tests.outreach.building import SENDER
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, finding, outcome

CONFIG = """
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]

[[targets]]
name = "Orbit Report"
domains = ["orbit.example"]

[sender]
name = "Mara Lindqvist"
email = "mara@acme.example"
company = "Acme Robotics"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mentions.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """Three drafts; two of them about one page."""
    store = open_store(f"sqlite:///{folder / 'mentions.db'}")
    store.register([ACME, ORBIT], [COURIER], NIGHT)
    run_id = store.start_run("nightly", NIGHT)
    looks = [outcome(1, finding(priority=20), finding(target=ORBIT.name)), outcome(2, finding(priority=80))]
    store.save_outcomes(run_id, looks)
    targets = {target.name: target for target in (ACME, ORBIT)}
    found = store.to_draft(min_priority=0)
    store.save_drafts([render_draft(each, targets[each.target], SENDER, COURIER, now=NIGHT) for each in found])
    yield store
    store.close()


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_without_a_command_the_drafts_are_listed(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts"]) == 0
    out = capsys.readouterr().out
    assert out.count("Thank you for mentioning") == 3
    assert "to nobody yet" in out
    assert "to do: no address is published on this page; add one before sending" in out
    assert out.index("priority 80") < out.index("priority 20")
    assert "send one email, not 2" in out


def test_options_without_a_command_are_those_of_the_list(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "--target", "Orbit Report", "--json"]) == 0
    assert [row["target"] for row in rows(capsys)] == ["Orbit Report"]


@pytest.mark.parametrize("width", ["20", "40", "200"])
def test_a_list_fits_the_terminal(
    store: Store, width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert main(["drafts"]) == 0
    assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= int(width)


def test_an_unknown_target_is_named(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "--target", "Acme"]) == 2
    assert "Acme Robotics, Orbit Report" in capsys.readouterr().err


def test_show_prints_the_whole_email(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    number = store.drafts()[0].draft.opportunity_id
    assert main(["drafts", "show", str(number)]) == 0
    out = capsys.readouterr().out
    assert "Subject: Thank you for mentioning Acme Robotics" in out
    assert f"File: {number:04d}-courier.example.eml" in out
    assert store.drafts()[0].draft.body.strip() in out, "line for line, whatever the terminal's width"


def test_show_gives_json_and_the_file_itself(store: Store, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["drafts", "show", "1", "--json"]) == 0
    row = json.loads(capsysbinary.readouterr().out)
    assert (row["number"], row["revision"], row["to_address"]) == (1, 1, None)
    assert main(["drafts", "show", "1", "--eml"]) == 0
    assert message_from_bytes(capsysbinary.readouterr().out)["Subject"] == row["subject"]


def test_show_of_a_missing_number_says_where_to_look(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "show", "99"]) == 2
    assert "there is no draft 99" in capsys.readouterr().err


def test_write_writes_one_file_a_draft(store: Store, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts", "write"]) == 0
    assert "3 drafts in" in capsys.readouterr().out
    names = sorted(path.name for path in (folder / "drafts").iterdir())
    assert names == [f"{number:04d}-courier.example.eml" for number in (1, 2, 3)]
    assert main(["drafts", "write", "--folder", "elsewhere", "--target", "Orbit Report"]) == 0
    assert len(list((folder / "elsewhere").iterdir())) == 1


def test_one_bad_draft_is_listed_and_the_others_are_written_a07(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(folder / "mentions.db") as connection:
        connection.execute("UPDATE draft SET to_address = 'a@b.example, evil@x.example' WHERE opportunity_id = 2")
    connection.close()
    assert main(["drafts", "write"]) == 3
    captured = capsys.readouterr()
    assert "2 drafts in" in captured.out
    assert "draft 2 (courier.example): cannot be exported" in captured.err
    assert len(list((folder / "drafts").iterdir())) == 2


def test_ignored_drafts_are_not_written(store: Store, folder: Path) -> None:
    with sqlite3.connect(folder / "mentions.db") as connection:
        connection.execute("UPDATE opportunity SET state = 'ignored' WHERE id = 1")
    connection.close()
    assert main(["drafts", "write"]) == 0
    assert not (folder / "drafts" / "0001-courier.example.eml").exists()
    assert main(["drafts", "write", "--state", "ignored"]) == 0
    assert (folder / "drafts" / "0001-courier.example.eml").exists()


def test_without_a_sender_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mentions.toml").write_text(CONFIG.partition("[sender]")[0], encoding="utf-8")
    assert main(["drafts", "write"]) == 2
    assert "[sender]" in capsys.readouterr().err


def test_an_empty_store_says_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drafts"]) == 0
    assert "mentions nightly" in capsys.readouterr().out
