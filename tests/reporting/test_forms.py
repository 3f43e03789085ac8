"""The forms of a report: HTML in one file, CSV no spreadsheet calculates, JSON with stable keys."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

from mentions.reporting.facts import By, DomainLinks, Facts, OwnPageLinks
from mentions.reporting.files import COLUMNS, as_json, write_json, write_report_csv
from mentions.reporting.html import report_html
from mentions.reporting.periods import period
from mentions.reporting.report import Report
from mentions.reporting.report import report as report_of
from tests.reporting.building import NOW, busy_year, day, event, facts, subject

HOSTILE = "</title><script>alert(1)</script>=HYPERLINK(1)\u202e"
NOVEMBER = period("2026-11-01", "2026-11-30", now=NOW)


def made(told: Facts, by: By = By.TARGET) -> Report:
    return report_of(told, NOVEMBER, by, now=NOW)


def hostile() -> Report:
    told = facts(
        [subject(1, target=HOSTILE, publisher="=cmd|' /C calc'!A0")],
        [event(1, "sent", day(2))],
        domains=(DomainLinks("<b>.example", day(2), day(3), True),),
        own_pages=(OwnPageLinks("javascript:alert(1)//<svg onload=x>", 1, 1, 0),),
    )
    return made(told)


class Tags(HTMLParser):
    """What a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_html_file_needs_nothing_from_anywhere() -> None:
    page = Tags()
    text = report_html(made(busy_year()))
    page.feed(text)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.found}
    assert not [given for _, given in page.found if {"href", "src", "style"} & set(given)]
    assert "@import" not in text
    assert "url(" not in text
    assert sum(tag == "svg" for tag, _ in page.found) == 3


def test_the_numbers_of_every_plot_stand_in_tables_too() -> None:
    """Mail programs strip plots."""
    text = re.sub(r"<svg.*?</svg>", "", report_html(made(busy_year())), flags=re.DOTALL)
    for words in ("7 of 26 (27 %)", "77 of 193 (40 %)", "2026-10"):
        assert words in text


def test_strange_words_in_the_html_file_are_only_words() -> None:
    page = Tags()
    text = report_html(hostile())
    page.feed(text)
    assert "script" not in {tag for tag, _ in page.found}
    assert not [given for _, given in page.found if "onload" in given or "href" in given]
    assert "\u202e" not in text


def test_the_csv_file_holds_a_row_for_all_and_one_a_group() -> None:
    stream = io.BytesIO()
    assert write_report_csv(made(busy_year()), stream) == 2
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["by"], row["group"]) for row in rows] == [
        ("total", ""),
        ("target", "Acme Robotics"),
        ("target", "Orbit Report"),
    ]
    assert (rows[0]["named"], rows[0]["asked"], rows[0]["linked"]) == ("193", "26", "7")
    assert rows[0]["days_median"] == "6.0"


def test_no_spreadsheet_calculates_a_group() -> None:
    stream = io.BytesIO()
    told = facts([subject(1, publisher="=cmd|' /C calc'!A0")], [event(1, "sent", day(2))])
    write_report_csv(made(told, By.PUBLISHER), stream)
    assert b"\"'=cmd" in stream.getvalue()


def test_the_keys_of_the_json_form_are_stable() -> None:
    stream = io.BytesIO()
    write_json(made(busy_year()), stream)
    said = json.loads(stream.getvalue())
    assert list(said) == [
        "period",
        "made_at",
        "by",
        "total",
        "groups",
        "months",
        "domains",
        "own_pages",
        "link_ends",
        "not_known",
    ]
    assert list(said["total"]) == ["found", "asked", "happened"]
    assert set(said["total"]["found"]) | set(said["total"]["asked"]) | set(said["total"]["happened"]) >= set(
        COLUMNS
    ) - {"by", "group", "days_lower", "days_median", "days_upper"}
    assert said["total"]["asked"]["days"] == {"count": 7, "lower": 3.0, "median": 6.0, "upper": 9.0}
    assert said["period"] == {"start": "2026-11-01T00:00:00+00:00", "end": "2026-12-01T00:00:00+00:00"}


def test_programs_get_every_group_where_people_get_the_first() -> None:
    told = replace(busy_year(), own_pages=tuple(OwnPageLinks(f"https://acme.example/{n}", 1, 0, 0) for n in range(99)))
    assert len(as_json(made(told))["own_pages"]) == 99
