"""`mentions links`: who links to us, on a terminal and for programs."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.extraction.article import Link, Zone
from mentions.findings import JudgedLink, Verdict
from mentions.links import LinkKind
from mentions.store import open_store
from tests.store.building import ACME, COURIER, NIGHT, finding, found, outcome

CONFIG = """
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]
"""
DAY = timedelta(days=1)
HOSTILE = '=HYPERLINK("http://evil.test")\x1b[31m\u202e'


def _link(anchor: str, address: str = "https://acme.example/robots", rel: tuple[str, ...] = ()) -> JudgedLink:
    made = Link(address, address, address, LinkKind.WEB, anchor, rel, Zone.BODY, 0, 4)
    return JudgedLink(made, ours=True, rel=rel)


@pytest.fixture(autouse=True)
def _configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mentions.toml"
    path.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("MENTIONS_CONFIG", str(path))
    monkeypatch.setenv("COLUMNS", "80")
    store = open_store(f"sqlite:///{tmp_path / 'mentions.db'}")
    store.register([ACME], [COURIER], NIGHT)
    run = store.start_run("nightly", NIGHT)
    store.add_found([found(1), found(2)])
    kept = finding(Verdict.LINKED, links=(_link("Acme Robotics"),))
    store.save_outcomes(
        run,
        [
            outcome(1, kept),
            outcome(2, finding(Verdict.LINKED, links=(_link(HOSTILE, rel=("nofollow",)), _link("old")))),
        ],
    )
    store.save_outcomes(
        run, [outcome(2, finding(Verdict.QUALIFIED, links=(_link(HOSTILE, rel=("nofollow",)),)), at=NIGHT + DAY)]
    )
    store.close()


def test_referring_domains_in_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links"]) == 0
    out = capsys.readouterr().out
    [line] = [line for line in out.splitlines() if line.startswith("courier.example")]
    assert line.split() == ["courier.example", "2", "1", "1", "2026-11-20", "2026-11-21"]
    assert "1 domain links to you, from 2 pages that name you; 1 of them" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80


def test_what_was_lost_is_told_as_missing_after_one_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "--lost"]) == 0
    out = capsys.readouterr().out
    assert "“old” → https://acme.example/robots" in out
    assert "missing, followed, in the body, seen 2026-11-20 to 2026-11-20" in out


def test_hostile_anchors_are_shown_and_never_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "--domain", "courier.example"]) == 0
    assert main(["links", "--anchors"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "too few for shares" in " ".join(out.split())
    assert main(["links", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    [hostile] = [row for row in rows if "HYPERLINK" in row["anchor"]]
    assert hostile["anchor"].startswith("'=")
    assert (hostile["followed"], hostile["rel"]) == ("no", "nofollow")


def test_links_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "--format", "json", "--page", "https://acme.example/robots/"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 3
    assert rows[0]["anchor_kind"] == "brand"
    assert {row["standing"] for row in rows} == {"stands", "missing"}


def test_mistakes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "--target", "Nobody"]) == 2
    assert "there are: Acme" in capsys.readouterr().err
    assert main(["links", "--anchors", "--format", "csv"]) == 2
    assert main(["links", "--domain", "not a domain"]) == 2
    assert main(["links", "--domain", "herald.example"]) == 0
    assert "No page that links to you is known so far." in capsys.readouterr().out
