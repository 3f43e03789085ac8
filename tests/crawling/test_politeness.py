"""Which manners a host gets."""

import pytest

from mentions.crawling.politeness import politeness_of
from mentions.publishers import Politeness

GENTLE, HASTY = Politeness(delay_s=9), Politeness(delay_s=0.5, concurrency=2)
BY_DOMAIN = {"courier.example": GENTLE, "blog.courier.example": HASTY}


@pytest.mark.parametrize(
    ("host", "manners"),
    [
        ("courier.example", GENTLE),
        ("courier.example.", GENTLE),
        ("www.courier.example", GENTLE),
        ("blog.courier.example", HASTY),
        ("a.blog.courier.example", HASTY),
        ("notcourier.example", Politeness()),
        ("courier.example.evil.test", Politeness()),
        ("", Politeness()),
    ],
)
def test_a_host_has_the_manners_of_its_publisher(host: str, manners: Politeness) -> None:
    assert politeness_of(host, BY_DOMAIN) == manners
