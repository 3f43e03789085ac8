"""Whose page is it?"""

from mentions.owners import Owners
from mentions.targets import Target

ACME = Target(name="Acme", domains=("acme.example", "acme.test"))
BLOG = Target(name="Acme Blog", domains=("acme.example/blog",))
OTHER = Target(name="Globex", domains=("globex.example",))
OWNERS = Owners([ACME, BLOG, OTHER])


def test_a_page_belongs_to_every_target_on_whose_domain_it_stands() -> None:
    assert OWNERS.of("https://www.acme.example/blog/1") == (ACME, BLOG)
    assert OWNERS.of("https://www.acme.example/news") == (ACME,)
    assert OWNERS.of("https://ACME.test./") == (ACME,)


def test_a_page_of_nobody_belongs_to_nobody() -> None:
    assert OWNERS.of("https://courier.example/acme.example") == ()
    assert OWNERS.of("https://notacme.example/") == ()
    assert OWNERS.of("https://example/") == ()
    assert OWNERS.of("mailto:a@acme.example") == ()
