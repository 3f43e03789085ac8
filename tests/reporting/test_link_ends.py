"""Where reclaimed links end: every link stands in one line, and what somebody must mend is named."""

from mentions.own_pages.overview import PageStanding
from mentions.reporting.facts import LinkEnd
from mentions.reporting.link_ends import advice, link_ends

HOME, STUDY, OLD, FAR, SLOW = (f"https://acme.example/{name}" for name in ("", "study", "old", "far", "slow"))
ENDS = (
    LinkEnd(STUDY, 3, PageStanding.GONE, 0, ("not found (HTTP 404)", "links from 2 domains are lost on it")),
    LinkEnd(SLOW, 1, PageStanding.UNSURE, 0, ("no answer",)),
    LinkEnd(FAR, 2, PageStanding.MOVED, 3, (f"it leads to {HOME}",)),
    LinkEnd(OLD, 4, PageStanding.MOVED, 1, (f"it leads to {HOME}",)),
    LinkEnd(HOME, 10, PageStanding.THERE),
)


def test_each_link_is_counted_once() -> None:
    lines = link_ends(ENDS).lines
    assert [line.value.split(" (")[0] for line in lines] == [
        "20",
        "10 of 20",
        "4 of 20",
        "2 of 20",
        "3 of 20",
        "1 of 20",
    ]


def test_what_needs_somebody_is_named_with_its_reason() -> None:
    table = link_ends(ENDS).table
    assert table is not None
    assert [row[1] for row in table.rows] == ["3", "1", "2"], "one redirect is as good as none"
    assert table.rows[0][0] == f"{STUDY} (not found (HTTP 404); links from 2 domains are lost on it)"
    assert table.rows[2][0] == f"{FAR} (over 3 redirects; it leads to {HOME})"


def test_a_page_that_is_there_and_isolated_is_named_too() -> None:
    odd = LinkEnd(HOME, 2, PageStanding.THERE, 0, ("2 reclaimed links end on a page that no other page links to",))
    table = link_ends([odd]).table
    assert table is not None
    assert len(table.rows) == 1
    assert link_ends(ENDS[-1:]).table is None


def test_gone_pages_are_worth_a_sentence() -> None:
    [said] = advice(ENDS)
    assert said.startswith("3 reclaimed links end on a page of ours that is gone")
    assert advice(ENDS[1:]) == ()
