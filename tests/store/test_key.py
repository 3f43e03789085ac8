"""The key of the suppression list's hashes: made once, kept, never replaced."""

import re
import stat
from pathlib import Path

import pytest

from mentions.exceptions import StoreError
from mentions.store.engine import parse_url
from mentions.store.key import AddressKey


@pytest.fixture
def key(tmp_path: Path) -> AddressKey:
    return AddressKey(parse_url(f"sqlite:///{tmp_path / 'mentions.db'}"))


def test_it_is_made_when_it_is_needed_for_this_user_only(key: AddressKey, tmp_path: Path) -> None:
    assert key.find() is None
    made = key.get()
    path = tmp_path / "mentions.db.key"
    assert path.read_text().strip().encode() == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["mentions.db.key"]


def test_another_program_finds_the_same_one(key: AddressKey, tmp_path: Path) -> None:
    other = AddressKey(parse_url(f"sqlite:///{tmp_path / 'mentions.db'}"))
    assert other.find() is None
    made = key.get()
    assert other.get() == made


def test_the_environments_key_wins_and_no_file_is_written(tmp_path: Path) -> None:
    key = AddressKey(parse_url(f"sqlite:///{tmp_path / 'mentions.db'}"), "a key from the environment ")
    assert key.get() == b"a key from the environment"
    assert list(tmp_path.iterdir()) == []


def test_a_short_key_is_refused_without_being_shown(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"store\.key_env\) has fewer than 16 characters") as error:
        AddressKey(parse_url("sqlite:///mentions.db"), "hunter2").get()
    assert "hunter2" not in str(error.value)
    (tmp_path / "mentions.db.key").write_text("\n")
    with pytest.raises(StoreError, match=r"mentions\.db\.key\) has fewer than 16 characters"):
        AddressKey(parse_url(f"sqlite:///{tmp_path / 'mentions.db'}")).get()


def test_postgresql_has_no_place_for_one_and_says_what_to_do() -> None:
    key = AddressKey(parse_url("postgresql://ada:secret@db.example/mentions"))
    assert key.find() is None
    with pytest.raises(StoreError, match=r"name it in mentions\.toml as key_env under \[store\]") as error:
        key.get()
    assert "secret" not in str(error.value)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    key = AddressKey(parse_url(f"sqlite:///{tmp_path / 'nowhere' / 'mentions.db'}"))
    with pytest.raises(StoreError, match=r"cannot be written to .*nowhere"):
        key.get()


def test_every_command_opens_the_store_with_the_configured_key(repository: Path) -> None:
    """Forgotten in one place, that command would take the file beside the database for the key."""
    calls = [
        (path.name, call)
        for path in sorted((repository / "mentions").rglob("*.py"))
        for call in re.findall(r"open_store\((config\.store_url[^)]*)\)", path.read_text(encoding="utf-8"))
    ]
    assert len(calls) > 8
    assert [call for call in calls if "key=config.store_key" not in call[1]] == []
