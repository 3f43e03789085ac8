"""The browser's files and flags."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mentions.budgets import Rendering
from mentions.crawling.rendering.budget import RenderBudget
from mentions.crawling.rendering.launching import launch_options, make_folder, remove_folder, temporary_files_in


def test_leftovers_of_a_killed_run_are_removed_and_those_of_a_living_one_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    dead = tmp_path / f"mentions-browser-{int(gone.stdout)}-abc"
    living = tmp_path / f"mentions-browser-{os.getppid()}-abc"
    other = tmp_path / "mentions-browser-of-somebody-else"
    for folder in (dead, living, other):
        folder.mkdir()
        (folder / "file").touch()
    mine = make_folder()
    assert {path.name for path in tmp_path.iterdir()} == {living.name, other.name, mine.name}
    remove_folder(mine)
    assert not mine.exists()


def test_temporary_files_go_where_they_are_removed_and_the_environment_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    with temporary_files_in(tmp_path):
        assert os.environ["TMPDIR"] == str(tmp_path)
    assert "TMPDIR" not in os.environ
    monkeypatch.setenv("TMPDIR", "/var/tmp")
    with pytest.raises(RuntimeError), temporary_files_in(tmp_path):
        raise RuntimeError
    assert os.environ["TMPDIR"] == "/var/tmp"


def test_the_sandbox_is_given_up_only_for_root_and_everything_goes_through_the_proxy() -> None:
    options = launch_options(Path("/usr/bin/chromium"), 8118, root=False)
    assert options["chromium_sandbox"] is True
    assert launch_options(Path("/usr/bin/chromium"), 8118, root=True)["chromium_sandbox"] is False
    assert {"--proxy-server=http://127.0.0.1:8118", "--proxy-bypass-list=<-loopback>"} <= set(options["args"])


def test_a_budget_counts_by_publisher_and_in_all() -> None:
    budget = RenderBudget(Rendering(max_pages=3, max_pages_per_publisher=2))
    assert [budget.take("a.example"), budget.take("a.example")] == [None, None]
    assert "this publisher's 2" in str(budget.take("a.example"))
    assert budget.take("b.example") is None
    assert "the night's 3" in str(budget.take("c.example"))
