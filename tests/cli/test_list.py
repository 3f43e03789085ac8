"""`mentions list`: what was found, and the numbers by which other commands know it."""

import json
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.findings import Verdict
from mentions.store import open_store
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, finding, outcome

CONFIG = """\
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]

[[targets]]
name = "Orbit Report"
kind = "report"
domains = ["acme.example"]
"""


@pytest.fixture(autouse=True)
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A linked page, and two worth asking about: their opportunities are 1 and 2, their findings 2 and 3."""
    (tmp_path / "mentions.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    store = open_store(f"sqlite:///{tmp_path / 'mentions.db'}")
    store.register([ACME, ORBIT], [COURIER], NIGHT)
    run_id = store.start_run("nightly", NIGHT)
    store.save_outcomes(run_id, [outcome(1, finding(verdict=Verdict.LINKED))])
    store.save_outcomes(run_id, [outcome(2, finding(priority=80)), outcome(3, finding(priority=20))])
    store.close()


def test_the_numbers_that_other_commands_take_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    assert out.index("new 1") < out.index("new 2"), "the most worth asking about comes first"
    assert "2 found. Next:" in out
    assert not [line for line in out.splitlines() if line.endswith(" ")]


def test_programs_get_the_number_beside_the_finding_s_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--verdict", "all", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["id"]: (row["verdict"], row["opportunity"]) for row in rows} == {
        1: ("linked", None),
        2: ("unlinked", 1),
        3: ("unlinked", 2),
    }


def test_a_target_that_nobody_watches_is_refused_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--target", "Acme"]) == 2
    assert "there are: Acme Robotics, Orbit Report" in " ".join(capsys.readouterr().err.split())
