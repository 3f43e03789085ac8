"""`mentions scan`: JSON lines out, summary aside, exit codes, and what is broken never stops the rest."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from mentions.analysis import analyse
from mentions.cli import main
from tests.archive.writing import record

CONFIG = """
[[targets]]
name = "Acmetrics"
domains = ["acmetrics.example"]

[[targets]]
name = "Globexia"
domains = ["globexia.example"]
"""
WORDS = " ".join(["The robots of the north are counted every year, and every year there are more of them."] * 12)


def html(paragraph: str) -> bytes:
    return f"""<!doctype html><html lang="en"><head><title>Robots counted</title></head><body>
    <nav><a href="/">Home</a></nav><article><h1>Robots counted</h1><p>{WORDS}</p><p>{paragraph}</p><p>{WORDS}</p>
    </article></body></html>""".encode()


UNLINKED = record("https://courier.example/1", html("Acmetrics counted them again."))
LINKED = record(
    "https://courier.example/2", html('<a href="https://globexia.example/">Globexia</a> sold them, says the firm.')
)
OWN = record("https://www.acmetrics.example/news", html("Nothing here names anybody."))
NOBODY = record("https://courier.example/3", html("Nobody is named here."))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "targets.toml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def archive(folder: Path, name: str, *records: bytes) -> str:
    path = folder / name
    path.write_bytes(b"".join(map(gzip.compress, records)))
    return str(path)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_findings_are_json_lines_with_the_keys_of_the_design(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = archive(tmp_path, "a.warc.gz", UNLINKED, LINKED, OWN, NOBODY)
    assert main(["scan", "--config", str(config), path]) == 0
    out, err = capsys.readouterr()
    found = lines(out)
    assert [(f["url"], f["target"], f["verdict"]) for f in found] == [
        ("https://courier.example/1", "Acmetrics", "unlinked"),
        ("https://courier.example/2", "Globexia", "linked"),
        ("https://www.acmetrics.example/news", "Acmetrics", "own_page"),
    ]
    keys = (
        "url target verdict zone matched similarity sentence mentions links author published language priority reasons"
    )
    assert set(keys.split()) <= found[0].keys()
    assert found[0]["sentence"] == "Acmetrics counted them again."
    assert found[1]["links"][0] | {} == {
        "url": "https://globexia.example/",
        "effective_url": "https://globexia.example/",
        "rel": [],
        "zone": "body",
        "anchor": "Globexia",
        "ours": True,
    }
    assert "4 pages" in err


def test_findings_go_to_a_file_and_the_summary_says_so(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "findings.jsonl"
    path = archive(tmp_path, "a.warc.gz", UNLINKED)
    assert main(["scan", "--config", str(config), path, "-o", str(target)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "unlinked" in err
    assert lines(target.read_text(encoding="utf-8"))[0]["verdict"] == "unlinked"


def test_an_archive_that_cannot_be_read_stops_neither_the_others_nor_goes_unsaid(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.warc.gz"
    bad.write_bytes(gzip.compress(UNLINKED) + gzip.compress(LINKED)[:-50])
    good = archive(tmp_path, "good.warc.gz", OWN)
    missing = str(tmp_path / "missing.warc.gz")
    assert main(["scan", "--config", str(config), "--quiet", str(bad), missing, good]) == 3
    out, err = capsys.readouterr()
    assert [f["verdict"] for f in lines(out)] == ["unlinked", "own_page"]
    assert "bad.warc.gz" in err
    assert "missing.warc.gz: cannot be opened" in err


def test_records_that_are_no_pages_are_counted(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = archive(tmp_path, "a.warc.gz", record(headers=("Content-Type: image/png",)), UNLINKED)
    assert main(["scan", "--config", str(config), path]) == 0
    assert "not HTML: 1" in capsys.readouterr().err


def test_a_page_that_must_not_be_parsed_is_unknown_for_the_names_it_holds(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """F-07"""
    bomb = record("https://courier.example/bomb", b"<p>Acmetrics</p>" + b"<div>" * 200_000)
    path = archive(tmp_path, "a.warc.gz", bomb, UNLINKED)
    assert main(["scan", "--config", str(config), path]) == 0
    out, err = capsys.readouterr()
    assert [(f["target"], f["verdict"]) for f in lines(out)] == [("Acmetrics", "unknown"), ("Acmetrics", "unlinked")]
    assert "unparsable: 1" in err


def test_a_page_that_breaks_our_code_is_reported_and_the_next_one_judged(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = analyse

    def fragile(page: Any, *args: Any, **options: Any) -> Any:
        if page.url.endswith("/2"):
            raise RuntimeError("a defect of ours")
        return real(page, *args, **options)

    monkeypatch.setattr("mentions.scanning.analyse", fragile)
    path = archive(tmp_path, "a.warc.gz", LINKED, UNLINKED)
    assert main(["scan", "--config", str(config), "-q", path]) == 3
    out, err = capsys.readouterr()
    assert [f["verdict"] for f in lines(out)] == ["unlinked"]
    assert "https://courier.example/2: RuntimeError: a defect of ours" in err


def test_a_configuration_that_is_wrong_is_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--config", str(tmp_path / "none.toml"), "a.warc.gz"]) == 2
    assert "none.toml" in capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_exit_code_2(tmp_path: Path, config: Path) -> None:
    path = archive(tmp_path, "a.warc.gz", UNLINKED)
    assert main(["scan", "--config", str(config), path, "-o", str(tmp_path / "no" / "folder.jsonl")]) == 2


@pytest.mark.parametrize("columns", ["80", "120"])
def test_a_terminal_shows_how_far_the_scan_is(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    for name, value in (("FORCE_COLOR", "1"), ("TERM", "xterm"), ("COLUMNS", columns)):
        monkeypatch.setenv(name, value)
    path = archive(tmp_path, "a.warc.gz", *[NOBODY] * 60, UNLINKED)
    assert main(["scan", "--config", str(config), path, "-o", str(tmp_path / "f.jsonl")]) == 0
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().err)
    assert "49 pages, 0 parsed, 0 findings" in shown
    assert max(map(len, re.split(r"[\r\n]", shown))) <= int(columns)


def test_a_log_shows_no_progress(tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = archive(tmp_path, "a.warc.gz", *[NOBODY] * 60, UNLINKED)
    assert main(["scan", "--config", str(config), path, "-o", str(tmp_path / "f.jsonl")]) == 0
    assert "parsed," not in capsys.readouterr().err
