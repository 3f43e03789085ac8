"""`mentions feedback`: what a person says is kept, moved, and counts for later pages."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.matching.lessons import REJECTED
from mentions.store import Store, open_store
from mentions.store.records import OpportunityState
from tests.cli.test_drafts import CONFIG
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, finding, outcome

BIRDS = "The Heron colony at the weir counted its nests, and chicks stood among the reeds."
PAGE = (
    f"<html><body><article><h1>News</h1><p>{BIRDS} The warden was glad of the wet spring.</p></article></body></html>"
)
HERON = """
[[targets]]
name = "Heron"
domains = ["heron.example"]
about = "water pumps"
not_about = "the bird"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mentions.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """Two opportunities: 1 about Acme Robotics, 2 about the Orbit Report."""
    store = open_store(f"sqlite:///{folder / 'mentions.db'}")
    store.register([ACME, ORBIT], [COURIER], NIGHT)
    run_id = store.start_run("nightly", NIGHT)
    store.save_outcomes(run_id, [outcome(1, finding()), outcome(2, finding(target=ORBIT.name, sentences=[]))])
    yield store
    store.close()


def states(folder: Path) -> dict[int, tuple[str, str | None]]:
    with closing(sqlite3.connect(folder / "mentions.db")) as database:
        return {row[0]: row[1:] for row in database.execute("SELECT id, state, reason FROM opportunity")}


def test_rejecting_closes_the_opportunity_and_accepting_reopens_it(
    store: Store,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["feedback", "reject", "1", "--by", "ada", "--note", "another firm"]) == 0
    out = capsys.readouterr().out
    assert "something else" in out
    assert "another firm" in out
    assert states(folder)[1] == (OpportunityState.IGNORED.value, "not us")
    assert main(["feedback", "accept", "1", "--by", "bea"]) == 0
    assert states(folder)[1] == (OpportunityState.NEW.value, None)
    [answer] = store.answers()
    assert (answer.is_us, answer.said_by, answer.note) == (True, "bea", None), "a person may think again"


def test_an_unknown_number_says_where_numbers_stand(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", "reject", "99"]) == 1
    assert "there is no opportunity 99" in capsys.readouterr().err


def test_a_finding_whose_text_is_gone_says_so(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", "reject", "2"]) == 1
    assert "no longer kept" in capsys.readouterr().err


def test_answers_are_listed(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", "list"]) == 0
    assert "No answers so far" in capsys.readouterr().out
    main(["feedback", "reject", "1", "--by", "ada"])
    capsys.readouterr()
    assert main(["feedback", "list"]) == 0
    out = capsys.readouterr().out
    assert "something else" in out
    assert "»Acme Robotics« builds robots." in out


def test_answers_travel_to_another_database(
    store: Store,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    main(["feedback", "reject", "1", "--by", "ada"])
    assert main(["feedback", "export", "-o", "answers.jsonl"]) == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mentions.toml").write_text(CONFIG + HERON, encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    capsys.readouterr()
    for new in (1, 0):
        assert main(["feedback", "import", str(folder / "answers.jsonl")]) == 0
        assert f"1 answer read, {new} new" in capsys.readouterr().out
    assert main(["feedback", "export"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["target"], row["is_us"], row["said_by"]) == ("Acme Robotics", False, "ada")


def test_a_broken_file_is_refused_with_its_line(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    Path("broken.jsonl").write_text("{}\n", encoding="utf-8")
    assert main(["feedback", "import", "broken.jsonl"]) == 2
    assert "broken.jsonl: line 1 is no answer" in capsys.readouterr().err
    assert main(["feedback", "import", "missing.jsonl"]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert store.answers() == []


def heron_answers(path: Path, *, count: int = 3) -> None:
    """Answers of people who saw the bird: the signs of `BIRDS` do not matter here, its words do."""
    words = ["chicks", "colony", "counte", "nests", "reeds", "spring", "warden", "weir"]
    row = {"target": "Heron", "is_us": False, "said_by": "ada", "said_at": "2026-11-21T12:00:00+00:00", "note": None}
    lines = [
        row
        | {"page_url": f"https://courier.example/{n}", "sentence": BIRDS, "words": words, "signs": {"definite": 1.0}}
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def checked(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    capsys.readouterr()
    assert main(["check", "page.html", "--target", "Heron", "--json", *options]) == 0
    return capsys.readouterr().out


def test_check_judges_with_a_file_and_with_the_database(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A person's answer changes later judgements, and the reasons say so."""
    (folder / "mentions.toml").write_text(CONFIG + HERON, encoding="utf-8")
    Path("page.html").write_text(PAGE, encoding="utf-8")
    heron_answers(Path("answers.jsonl"))
    assert REJECTED not in checked(capsys)
    assert not Path("mentions.db").exists(), "a check makes no database"
    assert REJECTED in checked(capsys, "--feedback", "answers.jsonl")
    assert main(["feedback", "import", "answers.jsonl"]) == 0
    assert REJECTED in checked(capsys)
