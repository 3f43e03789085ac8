"""A browser is found where it usually lies, newest first, and never replaced by another one than was asked for."""

from pathlib import Path

import pytest

from mentions.browsers import find_browser


def executable(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home"), "PATH": str(tmp_path / "bin")}


def test_none_is_none(environment: dict[str, str]) -> None:
    assert find_browser(None, environment) is None


def test_the_systems_browser_is_found_headless_shell_first(tmp_path: Path, environment: dict[str, str]) -> None:
    chromium = executable(tmp_path / "bin" / "chromium")
    assert find_browser(None, environment) == chromium
    shell = executable(tmp_path / "bin" / "chromium-headless-shell")
    assert find_browser(None, environment) == shell


def test_playwrights_own_goes_first_the_newest_of_them(tmp_path: Path, environment: dict[str, str]) -> None:
    executable(tmp_path / "bin" / "chromium")
    folder = tmp_path / "browsers"
    environment["PLAYWRIGHT_BROWSERS_PATH"] = str(folder)
    executable(folder / "chromium-1200" / "chrome-linux" / "chrome")
    newest = executable(folder / "chromium-1210" / "chrome-linux64" / "chrome")
    executable(folder / "chromium-990" / "chrome-linux" / "chrome")
    assert find_browser(None, environment) == newest
    shell = executable(folder / "chromium_headless_shell-1190" / "chrome-linux" / "headless_shell")
    assert find_browser(None, environment) == shell


def test_a_configured_browser_is_used_or_none(tmp_path: Path, environment: dict[str, str]) -> None:
    executable(tmp_path / "bin" / "chromium")
    mine = tmp_path / "mine"
    assert find_browser(mine, environment) is None
    mine.write_text("no program")
    assert find_browser(mine, environment) is None
    assert find_browser(executable(mine), environment) == mine
