"""`mentions export`."""

import csv
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.findings import Verdict
from mentions.store import Store, open_store
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, draft, finding, outcome

CONFIG = """
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]

[[targets]]
name = "Orbit Report"
domains = ["orbit.example"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mentions.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """Three opportunities, one of them with a draft."""
    store = open_store(f"sqlite:///{folder / 'mentions.db'}")
    store.register([ACME, ORBIT], [COURIER], NIGHT)
    run_id = store.start_run("nightly", NIGHT)
    store.save_outcomes(
        run_id,
        [
            outcome(2, finding(priority=80)),
            outcome(1, finding(Verdict.BARE_URL, priority=20), finding(target=ORBIT.name)),
        ],
    )
    first = store.to_draft(min_priority=0)[0]
    assert first.opportunity_id is not None
    store.save_drafts([draft(first.opportunity_id)])
    yield store
    store.close()


def exported(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_export_writes_a_csv_here(store: Store, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export"]) == 0
    rows = exported(folder / "reclaim.csv")
    assert [(row["page_url"][-4:], row["target"], row["state"]) for row in rows] == [
        ("0001", "Acme Robotics", "new"),
        ("0001", "Orbit Report", "new"),
        ("0002", "Acme Robotics", "drafted"),
    ]
    assert rows[2]["subject"] == "A link in your article"
    assert rows[2]["contact_email"] == "desk@courier.example"
    assert rows[2]["suggested_link_url"] == "https://acme.example/"
    assert capsys.readouterr().out == "3 opportunities written to reclaim.csv\n"


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_two_exports_are_equal_bytes(store: Store, folder: Path, form: str) -> None:
    """E-05."""
    for name in ("a", "b"):
        assert main(["export", "--format", form, "-o", name]) == 0
    assert (folder / "a").read_bytes() == (folder / "b").read_bytes()


@pytest.mark.parametrize(
    ("filters", "pages"),
    [
        (["--target", "Orbit Report"], ["0001"]),
        (["--verdict", "bare_url"], ["0001"]),
        (["--state", "drafted"], ["0002"]),
        (["--publisher", "courier.example", "--min-priority", "70"], ["0002"]),
        (["--publisher", "elsewhere.example"], []),
        (["--language", "en", "--target", "Acme Robotics"], ["0001", "0002"]),
        (["--language", "de"], []),
        (["--since", "2026-11-20", "--until", "2026-11-21", "--verdict", "bare_url"], ["0001"]),
        (["--since", "2026-11-21"], []),
        (["--until", "2026-11-20"], []),
    ],
)
def test_filters(store: Store, folder: Path, filters: list[str], pages: list[str]) -> None:
    assert main(["export", *filters]) == 0
    assert [row["page_url"][-4:] for row in exported(folder / "reclaim.csv")] == pages


def test_standard_output_holds_the_file_and_nothing_else(
    store: Store, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", "--format", "jsonl", "-o", "-"]) == 0
    out, err = capfdbinary.readouterr()
    assert len([json.loads(line) for line in out.splitlines()]) == 3
    assert err == b"3 opportunities written to reclaim.jsonl\n"


def test_an_export_is_written_down_in_the_history(store: Store, folder: Path) -> None:
    assert main(["export", "--target", "Orbit Report"]) == 0
    database = sqlite3.connect(folder / "mentions.db")
    (row,) = database.execute("SELECT subject, detail FROM event WHERE kind = 'exported'")
    database.close()
    assert row[0] == "export/reclaim.csv"
    assert json.loads(row[1]) == {
        "what": "reclaim",
        "rows": 1,
        "left_out": 0,
        "filters": {"target": "Orbit Report"},
    }


def test_nothing_found_is_said_with_what_to_do_next(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export"]) == 0
    assert "mentions nightly" in capsys.readouterr().out
    assert exported(folder / "reclaim.csv") == []


def test_an_unknown_target_is_refused_with_the_known_ones(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--target", "Acne"]) == 2
    assert "there are: Acme Robotics, Orbit Report" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_an_error_in_words(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "-o", "nowhere/reclaim.csv"]) == 1
    assert "cannot write nowhere/reclaim.csv" in capsys.readouterr().err


def test_what_other_tools_import_is_named_and_written(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "hubspot"]) == 0
    (contact,) = exported(folder / "hubspot_contacts.csv")
    assert (contact["Email"], contact["Company name"]) == ("desk@courier.example", "The Daily Courier")
    assert main(["export", "mailmerge"]) == 0
    assert exported(folder / "mailmerge.csv") == []
    assert "Approve some first: mentions drafts approve NUMBER" in capsys.readouterr().out


def test_who_was_suppressed_meanwhile_is_left_out_and_counted(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A-13."""
    store.suppress("desk@courier.example", reason="asked us to stop", by="kim", now=NIGHT)
    assert main(["export", "--json"]) == 0
    shown = capsys.readouterr()
    said = json.loads(shown.out)
    assert (said["rows"], said["file"]) == (2, "reclaim.csv")
    assert list(said["left_out"].values()) == [1]
    assert "desk@" not in (folder / "reclaim.csv").read_text(encoding="utf-8-sig")
    assert "desk@" not in shown.out + shown.err


def test_marked_domains_stand_in_the_disavow_file(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["disavow", "add", "*.Spam.example", "--reason", "bought links", "--by", "kim"]) == 0
    assert main(["disavow", "add", "spam.example"]) == 0
    assert main(["disavow", "add", "co.uk"]) == 2
    assert main(["disavow", "list"]) == 0
    shown = capsys.readouterr()
    assert "spam.example was marked already" in shown.out
    assert "by kim: bought links" in shown.out
    assert "belongs to many" in shown.err
    assert main(["export", "disavow"]) == 0
    assert (folder / "disavow.txt").read_text() == "# bought links\ndomain:spam.example\n"
    assert main(["export", "disavow", "--target", "Orbit Report"]) == 2
    assert main(["disavow", "remove", "spam.example"]) == 0
    assert main(["disavow", "list", "--json"]) == 0
    assert store.disavowed() == []
