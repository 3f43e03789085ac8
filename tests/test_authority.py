"""Imported scores of publishers: what is read, and what is said of rows that cannot be."""

from pathlib import Path

import pytest

from mentions.authority import parse_authorities, read_authorities
from mentions.exceptions import ConfigError

FILE = Path("scores.csv")


@pytest.mark.parametrize(
    "text",
    [
        "domain,score\ncourier.example,61\n",
        "Score;Domain\n61;https://www.courier.example/news\n",
        "Target\tDomain Rating\tTraffic\r\nnews.courier.example\t61.0\t9000\r\n",
    ],
)
def test_scores_are_read_by_registrable_domain(text: str) -> None:
    read = parse_authorities(text, FILE)
    assert {domain: a.score for domain, a in read.scores.items()} == {"courier.example": 61}
    assert read.problems == ()


def test_bad_rows_are_named_by_their_line_and_the_others_are_read() -> None:
    rows = (
        "courier.example,61",
        "nowhere,5",
        "tribune.example,high",
        "",
        "herald.example,120",
        "x.example",
        "b.example,nan",
    )
    read = parse_authorities("\n".join(("domain,score", *rows)), FILE)
    assert list(read.scores) == ["courier.example"]
    assert read.problems == (
        "scores.csv, line 3: 'nowhere' is no domain; the row is left out",
        "scores.csv, line 4: 'high' is no number; the row is left out",
        "scores.csv, line 6: 120 is not between 0 and 100; the row is left out",
        "scores.csv, line 7: has 1 column; the row is left out",
        "scores.csv, line 8: nan is not between 0 and 100; the row is left out",
    )


def test_of_two_rows_of_one_site_the_higher_counts() -> None:
    read = parse_authorities("domain,score\na.courier.example,10\ncourier.example,61\nb.courier.example,20\n", FILE)
    assert read.scores["courier.example"].score == 61


def test_a_file_without_the_columns_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"domain and score"):
        parse_authorities("a,b\n1,2\n", FILE)
    with pytest.raises(ConfigError, match=r"cannot be read"):
        read_authorities(tmp_path / "missing.csv")
