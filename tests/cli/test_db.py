"""`mentions db`: what people see, and exit codes."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.store import open_store, upgrading
from mentions.store.lock import run_lock
from mentions.store.migrations import HEAD
from tests.cli.test_scan import CONFIG


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    path = tmp_path / "mentions.toml"
    path.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("MENTIONS_CONFIG", str(path))
    monkeypatch.setenv("COLUMNS", "80")
    return f"sqlite:///{tmp_path / 'mentions.db'}"


def made(url: str) -> None:
    open_store(url).close()


def test_a_backup_names_what_is_not_in_it(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(url)
    assert main(["db", "backup", str(tmp_path / "b.db")]) == 0
    out = capsys.readouterr().out
    assert f"b.db: {(tmp_path / 'b.db').stat().st_size / 1e6:,.1f} MB, schema {HEAD}, checked." in out
    assert f"key of the suppression list: {tmp_path / 'mentions.db.key'} (not made yet)" in out
    assert f"saved pages: {tmp_path / 'mentions.db.pages'}" in out
    assert f"drafts: {tmp_path / 'drafts'}" in out


def test_a_backup_into_a_folder_has_the_time_in_its_name(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(url)
    (tmp_path / "kept").mkdir()
    assert main(["db", "backup", str(tmp_path / "kept")]) == 0
    [file] = (tmp_path / "kept").iterdir()
    assert file.name.startswith("mentions-2")
    assert file.name.endswith("Z.db")


def test_what_ends_in_a_slash_is_a_folder_that_is_made(url: str, tmp_path: Path) -> None:
    """As the README has it: a file of that name would be in the way of the second night's backup."""
    open_store(url).close()
    assert main(["db", "backup", f"{tmp_path / 'new' / 'kept'}/"]) == 0
    [made] = (tmp_path / "new" / "kept").iterdir()
    assert made.name.startswith("mentions-")
    assert (tmp_path / "new" / "kept").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_named(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["db", "backup", f"{tmp_path / 'file' / 'kept'}/"]) == 2
    assert "the folder cannot be made: Not a directory" in " ".join(capsys.readouterr().err.split())


def test_a_backup_that_cannot_be_made_is_1(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "backup", str(tmp_path / "b.db")]) == 1
    assert "there is no database" in capsys.readouterr().err


def test_a_restore_says_where_the_replaced_one_lies(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """G-06."""
    made(url)
    main(["db", "backup", str(tmp_path / "b.db")])
    assert main(["db", "restore", str(tmp_path / "b.db")]) == 0
    out = capsys.readouterr().out
    assert "The database it replaces lies in" in out
    assert "erase them once more" in out
    assert "see `mentions user list`" in out
    with run_lock(url):
        assert main(["db", "restore", str(tmp_path / "b.db")]) == 75
    assert "another run works on" in capsys.readouterr().err


def test_a_restored_list_without_its_key_is_said(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(url)
    main(["suppress", "add", "jo@courier.example", "--reason", "asked"])
    main(["db", "backup", str(tmp_path / "b.db")])
    (tmp_path / "mentions.db.key").unlink()
    assert main(["db", "restore", str(tmp_path / "b.db")]) == 1
    assert "key" in capsys.readouterr().err


@pytest.mark.parametrize(("command", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_of_postgresql_the_command_is_shown_and_nothing_done(
    tmp_path: Path, command: str, tool: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = '\n[store]\nurl = "postgresql://pr:s3cret@db.example/mentions"\n'
    (tmp_path / "mentions.toml").write_text(CONFIG + store, encoding="utf-8")
    assert main(["db", command, str(tmp_path / "b.dump")]) == 2
    err = capsys.readouterr().err
    assert f"    {tool} " in err
    assert "postgresql://pr@db.example/mentions" in err
    assert "s3cret" not in err


def test_an_upgrade_names_its_steps_and_its_backup(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """G-05: the upgrade, said and done by itself."""
    upgrading.upgrade(url, to="0011")
    assert main(["db", "upgrade", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert f"The schema is 0011, this program needs {HEAD}; steps:" in out
    assert "0012  Disavowed domains" in out
    assert upgrading.check(url) == "0011"
    with run_lock(url):
        assert main(["db", "upgrade"]) == 75
    assert main(["db", "upgrade"]) == 0
    assert f"The database as it was lies in {tmp_path / 'mentions.db.schema-0011.backup'}" in capsys.readouterr().out
    assert upgrading.check(url) == HEAD
    assert main(["db", "upgrade"]) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_an_upgrade_makes_a_database_that_is_not_there(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "upgrade"]) == 0
    assert "The schema is not there yet" in capsys.readouterr().out
    assert upgrading.check(url) == HEAD


def test_check_shows_each_look_and_ends_with_1_where_one_is_wrong(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(url)
    assert main(["db", "check"]) == 0
    out = capsys.readouterr().out
    assert out.count("✓ sound") == 8
    assert "The database is sound." in out
    assert max(map(len, out.splitlines())) <= 80
    with closing(sqlite3.connect(tmp_path / "mentions.db")) as database:
        database.execute(
            "INSERT INTO run (kind, started_at, state, counts, publishers, warnings) "
            "VALUES ('nightly', '2026-11-20 03:00:00', 'dreaming', '{}', '{}', '[]')"
        )
        database.commit()
    assert main(["db", "check", "--json"]) == 1
    looked = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [problem] = [row for row in looked if not row["sound"]]
    assert problem["subject"] == "words"
    assert "run.state says 'dreaming'" in problem["says"]


def test_info_shows_what_belongs_to_the_database(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "info"]) == 0
    assert "not there yet" in capsys.readouterr().out
    assert not (tmp_path / "mentions.db").exists()
    made(url)
    assert main(["db", "info", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == HEAD
    assert found["bytes"] > 0
    assert found["rows"]["page"] == 0
    assert found["beside"]["key of the suppression list"].endswith("mentions.db.key (not made yet)")
    assert found["copies"] == []
