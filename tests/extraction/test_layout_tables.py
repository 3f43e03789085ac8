"""Where tables lay out a page, menus and boxes in the cells around the article are none of it."""

import pytest

from mentions.extraction.article import Zone
from tests.extraction.pages_for_tests import page_html, read, zone_of

URL = "https://gazette.example/2004/tide.html"
PAGE = """<html><head><title>Harbour Gazette - Tide gauges on trial</title></head><body bgcolor="#ffffff">
<table width="100%" border="0" cellpadding="0"><tr><td bgcolor="#003366" colspan="3"><font color="white"
size="5"><b>The Harbour Gazette</b></font></td></tr>
<tr><td width="150" valign="top" bgcolor="#eeeeee"><font size="2"><a href="/">Home</a><br><a
href="/news.html">News</a><br><a href="/fish.html">Fish prices</a><br><a href="/ferries.html">Ferries</a><br><a
href="/links.html">Links</a><br><br><b>Sponsors</b><br>Corabix Rope Works<br>Weare Tavolari Paint</font></td>
<td valign="top"><font face="Verdana" size="4"><b>Tide gauges on trial</b></font><br><font size="1">by Tessa
Marlow, 14 March 2004</font><br><br>
<font face="Verdana" size="2">Three firms were asked to measure the same tide last week, and only one of them
got its boots wet. The harbour board had invited Veltmar Instruments, a maker of gauges in the valley, to set up
a float in the inner basin.<br><br>
The float did what floats do. It went up, it went down, and by Thursday the board had a curve that looked much
like the one in the almanac. "We did not expect to learn anything new," said the harbour master, "but it is good
to see the almanac proved right."<br><br>
Not everybody was content. A radar gauge from <a href="http://www.oddling.example/">Oddling Sensors</a> lost the
water twice on Wednesday, when a flock of gulls sat on the pier below it. The firm says that gulls are not
covered by the contract.<br><br>
The board will decide in April which gauge it keeps. Until then the float stays where it is.</font>
<br><br><font size="1"><a href="/old/2003.html">Last year's tide</a> | <a href="/old/ferry.html">Ferry late
again</a> | <a href="mailto:desk@gazette.example">Write to us</a></font></td>
<td width="120" valign="top"><font size="1"><b>Also in this issue</b><br><a href="/a.html">Mayor counts
boats</a><br><a href="/b.html">Quillon Bakery reopens</a><br><a href="/c.html">A month of
fog</a></font></td></tr>
<tr><td colspan="3" align="center"><font size="1">Copyright 2004 The Harbour Gazette. Pages by Pixmoor Web
Design.</font></td></tr></table></body></html>
"""


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Veltmar Instruments", Zone.BODY),
        ("the almanac proved right", Zone.BODY),
        ("Oddling Sensors", Zone.BODY),
        ("The board will decide", Zone.BODY),
        ("Fish prices", Zone.BOILERPLATE),
        ("Corabix Rope Works", Zone.BOILERPLATE),
        ("Quillon Bakery", Zone.BOILERPLATE),
        ("Pixmoor Web Design", Zone.BOILERPLATE),
    ],
)
def test_an_old_page_of_tables(words: str, zone: Zone) -> None:
    assert zone_of(read(PAGE, URL), words) is zone


def test_a_table_in_an_article_is_its_own() -> None:
    rows = "".join(
        f"<tr><td>{firm}</td><td>{boxes} boxes an hour</td></tr>"
        for firm, boxes in (("Veltmar", 31), ("Quillon", 28), ("Corabix", 12))
    )
    assert zone_of(read(page_html(f"<table>{rows}</table>")), "Quillon") is Zone.BODY


def test_paragraphs_in_several_cells_are_all_article() -> None:
    cells = "".join(
        f"<tr><td>{words}</td></tr>"
        for words in (
            "The first gauge stands on the quay and has been read by hand every morning since the harbour was built.",
            "The second one stands at the lighthouse, where Veltmar reads it by wire, and nobody has to get up for it.",
            "The third was lost in the storm of last winter, and what it measured on its last day is still disputed.",
        )
    )
    article = read(f"<html><body><h1>Three gauges of the harbour</h1><table>{cells}</table></body></html>", URL)
    assert zone_of(article, "Veltmar reads it") is Zone.BODY


def test_a_table_of_facts_with_one_long_cell_stays_whole() -> None:
    told = "".join(f"<p>{words}</p>" for words in ("The arm was tested for a year on the quay. " * 6,) * 3)
    rows = "".join(
        f"<tr><th>{name}</th><td>{value}</td></tr>"
        for name, value in (("Made by", "Veltmar Works"), ("Weight", "two tons"), ("Tested", told))
    )
    page = f"<html><body><h1>The arm of the quay</h1><table>{rows}</table></body></html>"
    assert zone_of(read(page, URL), "Veltmar Works") is Zone.BODY
