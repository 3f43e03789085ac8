"""Who wrote it is no article (rule 2 of the policy), even where the lines stand among its paragraphs."""

import pytest

from mentions.extraction.article import Zone
from mentions.extraction.bios import is_bio, persons
from tests.extraction.pages_for_tests import page_html, read, zone_of

AUTHOR = '<meta name="author" content="Jane Doe">'


@pytest.mark.parametrize(
    "bio",
    [
        "Jane Doe is a reporter at the Courier; she wrote about robots for Acme Weekly and about cheese for herself.",
        "Jane Doe, PhD, has counted robots since 2009, first at Acme, then in the harbour of Port Lindow.",
        "* Jane Doe is a professor of harbours at Acme University, and writes here once a month.",
        "Jane Doe (she writes on ports) joined the Courier from Acme Weekly in the year of the strike.",
        "Jane Doe schreibt seit 2009 über Roboter, früher für Acme Heute.",
        "Jane Doe est journaliste au Courrier ; elle a travaillé pour Acme.",
    ],
)
def test_lines_about_the_author_of_the_page_are_no_article(bio: str) -> None:
    assert is_bio(bio, ("Jane Doe",))
    assert zone_of(read(page_html(f"<p>{bio}</p>", head=AUTHOR)), bio[:40]) is Zone.BOILERPLATE


@pytest.mark.parametrize(
    "line",
    [
        "Ines Falk is the head of the night shift, and she has kept her gloves, in case.",
        "“Jane Doe and Acme are at it again”, says the foreman, who has read too many papers.",
        "The reporter Jane Doe is not the first who asked, says Ines Falk, and will not be the last.",
    ],
)
def test_lines_about_others_stay_in_the_article(line: str) -> None:
    assert zone_of(read(page_html(f"<p>{line}</p>", head=AUTHOR)), line[:30]) is Zone.BODY


def test_a_site_that_signs_with_its_own_name_is_no_person() -> None:
    assert persons(("HR Cloud", "Jane Doe", "Newsdesk"), "https://www.hrcloud.example/blog/1") == ("Jane Doe",)
