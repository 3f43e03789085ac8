"""`mentions contacts erase|export|forget` and `mentions suppress`, as a person uses them."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.outreach.eml import as_eml, file_name
from mentions.snapshots import Snapshots
from mentions.store import open_store
from tests.cli.test_drafts import CONFIG
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, draft, finding, outcome

JANE = "jane.doe@courier.example"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two drafts, both written as files: 1 to Jane, 2 to the desk."""
    from mentions.config import load_config

    (tmp_path / "mentions.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    config = load_config(tmp_path / "mentions.toml")
    assert config.sender
    store = open_store(config.store_url)
    store.register([ACME, ORBIT], [COURIER], NIGHT)
    store.save_outcomes(store.start_run("nightly", NIGHT), [outcome(1, finding()), outcome(2, finding())])
    first, second = sorted(f.opportunity_id for f in store.to_draft(min_priority=0) if f.opportunity_id)
    letter = replace(
        draft(first), to_address=JANE, to_name="Jane Doe", body=f"Dear Jane Doe,\n\n{'long ' * 40}{JANE}\n"
    )
    store.save_drafts([letter, draft(second)])
    config.drafts_folder.mkdir()
    for stored in store.drafts():
        (config.drafts_folder / file_name(stored)).write_bytes(as_eml(stored, config.sender))
    store.close()
    return tmp_path


def emls(folder: Path) -> list[str]:
    return sorted(path.name[:4] for path in (folder / "drafts").glob("*.eml"))


def test_erasing_takes_the_files_along_and_names_what_it_cannot_reach(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """E-04."""
    with zipfile.ZipFile(folder / "drafts" / "old.zip", "w") as packed:
        packed.write(next((folder / "drafts").glob("0001*")), "1.eml")
    (folder / "mentions.db.schema-0001.backup").write_bytes(b"\x00Jane Doe" + JANE.encode() + b"desk")
    (folder / "mentions.db.schema-0002.backup").write_bytes(b"nobody")
    assert emls(folder) == ["0001", "0002"]
    assert main(["contacts", "erase", JANE.upper(), "--yes", "--by", "ada"]) == 3
    out = capsys.readouterr().out
    assert emls(folder) == ["0002"]
    assert "1 draft file deleted" in out
    assert "old.zip" in out
    assert "schema-0001.backup" in "".join(out.split()), "lines end anywhere in long paths"
    assert "schema-0002.backup" not in out
    assert "jane" not in out.casefold()
    assert main(["suppress", "check", JANE]) == 1
    assert "erased at the person's request" in capsys.readouterr().out


def test_erasing_deletes_the_saved_pages_that_name_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """E-04: by address and by name, however the page spells it."""
    snapshots = Snapshots(folder / "mentions.db.pages")
    pages = {
        "a" * 32: f"<p>{JANE}</p>",
        "b" * 32: "<p>By Jane&nbsp;Doe</p>".replace("&nbsp;", " "),
        "c" * 32: "<p>By J&#97;ne Doe</p>",
        "d" * 32: "<p>By nobody</p>",
    }
    for digest, html in pages.items():
        snapshots.keep(digest, html.encode(), NIGHT)
    assert main(["contacts", "erase", JANE, "--yes", "--by", "ada"]) == 0
    assert [digest[0] for digest in pages if snapshots.has(digest)] == ["d"]
    assert "3 saved pages deleted" in capsys.readouterr().out


def test_erasing_asks_first(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert main(["contacts", "erase", JANE]) != 0
    assert emls(folder) == ["0001", "0002"]
    assert main(["suppress", "check", JANE]) == 0


def test_erasing_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contacts", "erase", JANE, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["opportunities"] == [1]
    assert told["rows"]["draft"] == 1
    assert [Path(path).name[:4] for path in told["files_deleted"]] == ["0001"]
    assert told["files_left"] == []


def test_everything_held_about_somebody_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Snapshots(folder / "mentions.db.pages").keep("a" * 32, f"<p>{JANE}</p>".encode(), NIGHT)
    assert main(["contact", "export", JANE]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["table"] for row in told["rows"]] == ["page", "page", "draft"]
    assert [row["author"] for row in told["rows"][:2]] == ["Jane Doe", "Jane Doe"]
    assert told["rows"][2]["to_name"] == "Jane Doe"
    assert [Path(path).name[:4] for path in told["files"]] == ["0001", "aaaa"]
    assert main(["contacts", "export", "nobody@courier.example", "-o", "held.json"]) == 1
    assert json.loads((folder / "held.json").read_text())["rows"] == []


def test_what_is_no_address_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["contacts", "erase", "courier.example", "--yes"], ["contacts", "export", "Jane"]):
        assert main(command) == 2
        assert "not exactly one email address" in capsys.readouterr().err


def test_forgetting_says_what_went(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contacts", "forget"]) == 0
    assert "Nothing to forget" in capsys.readouterr().out


def test_the_list_is_added_to_shown_and_taken_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suppress", "add", JANE, "gazette.example", "--reason", "asked by phone", "--by", "ada"]) == 0
    capsys.readouterr()
    assert main(["suppress", "list"]) == 0
    shown = capsys.readouterr().out
    assert "gazette.example" in shown
    assert "asked by phone" in shown
    assert "jane" not in shown
    assert main(["suppress", "list", "--json"]) == 0
    kinds = [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()]
    assert kinds == ["domain", "address"]
    assert main(["suppress", "check", "x@news.gazette.example", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["suppressed"] is True
    assert main(["suppress", "remove", "gazette.example", JANE]) == 0
    assert main(["suppress", "remove", "gazette.example"]) == 1
    assert main(["suppress", "list"]) == 0
    assert "Nobody is on the list" in capsys.readouterr().out


def test_no_file_to_somebody_on_the_list_stays_or_comes_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A-13: an .eml file in the drafts folder is one click from being sent."""
    assert main(["suppress", "add", JANE, "--reason", "asked"]) == 0
    assert "1 draft file deleted: 0001-courier.example.eml" in capsys.readouterr().out
    assert emls(folder) == ["0002"]
    assert main(["drafts", "write"]) == 3
    assert emls(folder) == ["0002"]
    assert "draft 1 (courier.example): must not be sent: this address is on the suppression" in capsys.readouterr().err
    (folder / "no.txt").write_text("courier.example\n", encoding="utf-8")
    assert main(["suppress", "import", "no.txt"]) == 0
    assert emls(folder) == []


def test_one_slip_of_the_pen_adds_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suppress", "add", "gazette.example", "co.uk"]) == 2
    assert "'co.uk': it is an ending that belongs to many" in capsys.readouterr().err
    assert main(["suppress", "check", "gazette.example"]) == 0


def test_lists_travel_as_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "no.csv").write_text(f"Email,Reason\n{JANE},said no\nnobody,\nbob@gazette.example,\n", encoding="utf-8")
    assert main(["suppress", "import", "no.csv", "--reason", "old list"]) == 3
    said = capsys.readouterr()
    assert "2 entries read, 2 new." in said.out
    assert "line 3: it is neither one email address nor a domain" in said.err
    assert main(["suppress", "export", "-o", "list.csv"]) == 0
    assert "jane" not in (folder / "list.csv").read_text()
    assert main(["suppress", "import", "list.csv"]) == 0
    assert "0 new." in capsys.readouterr().out
    assert main(["suppress", "import", "missing.csv"]) == 2


def test_a_key_from_the_environment(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = folder / "mentions.toml"
    config.write_text(config.read_text() + '\n[store]\nkey_env = "LIST_KEY"\n', encoding="utf-8")
    monkeypatch.delenv("LIST_KEY", raising=False)
    assert main(["suppress", "add", JANE]) == 2
    assert "LIST_KEY is not set" in capsys.readouterr().err
    monkeypatch.setenv("LIST_KEY", "0123456789abcdef0123")
    assert main(["suppress", "add", JANE]) == 0
    assert not (folder / "mentions.db.key").exists()
    monkeypatch.setenv("LIST_KEY", "another key of enough length")
    assert main(["suppress", "check", JANE]) == 1
    assert "not the one that the addresses were hashed with" in capsys.readouterr().err


def test_doctor_notices_a_lost_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suppress", "add", JANE]) == 0
    (folder / "mentions.db.key").unlink()
    main(["doctor"])
    assert "the key of the suppression list is missing" in " ".join(capsys.readouterr().out.split())
