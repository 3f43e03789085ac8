"""Links for tests: short to write."""

from datetime import UTC, datetime, timedelta

from mentions.extraction.article import Zone
from mentions.inbound import InboundLink, Standing
from mentions.targets import Kind, Target

DAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
QUILLON = Target(name="Quillon Robotics", aliases=("Quillon",), domains=("quillon.example",), about="robot arms")
REPORT = Target(name="State of Grippers", kind=Kind.REPORT, domains=("quillon.example/grippers",))
TARGETS = (QUILLON, REPORT)
HOME = "https://quillon.example/"


def inbound(
    number: int = 1,
    *,
    domain: str | None = None,
    page: str | None = None,
    url: str = HOME,
    anchor: str = "Quillon",
    rel: tuple[str, ...] = (),
    zone: Zone = Zone.BODY,
    standing: Standing = Standing.STANDS,
    days_ago: int = 0,
) -> InboundLink:
    """A link from a page of its own on a domain of its own, unless said otherwise."""
    publisher = domain or f"paper-{number}.example"
    return InboundLink(
        page_url=page or f"https://{publisher}/{number}",
        page_title=None,
        publisher=publisher,
        publisher_name=publisher,
        url=url,
        anchor=anchor,
        rel=rel,
        zone=zone,
        first_seen_at=DAY - timedelta(days=days_ago),
        last_seen_at=DAY,
        standing=standing,
    )
