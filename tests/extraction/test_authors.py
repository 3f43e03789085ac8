"""Names of authors, cleaned."""

import pytest

from mentions.extraction.authors import clean_authors


@pytest.mark.parametrize(
    ("values", "authors"),
    [
        (["By Jane Doe"], ("Jane Doe",)),
        (["Von Jörg Müller"], ("Jörg Müller",)),
        (["Par Élodie Martin"], ("Élodie Martin",)),
        (["Jane Doe and Li Wei"], ("Jane Doe", "Li Wei")),
        (["Jane Doe, John Smith"], ("Jane Doe", "John Smith")),
        (["Holly Wilkes, PhD"], ("Holly Wilkes, PhD",)),
        (["Jane Doe", "jane doe"], ("Jane Doe",)),
        (["記者：山田太郎"], ("山田太郎",)),
        (["毛泽东"], ("毛泽东",)),
        (["https://facebook.com/jane"], ()),
        (["jane@courier.example"], ()),
        (["admin", "Staff", ""], ()),
        (["Jane Doe Published March 14, 2026"], ("Jane Doe",)),
        (["O&#39;Neill"], ("O'Neill",)),
        (["The Daily Courier"], ()),
    ],
)
def test_authors(values: list[str], authors: tuple[str, ...]) -> None:
    assert clean_authors(values, {"The Daily Courier", None}) == authors
