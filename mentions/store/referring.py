"""Who links to us, counted by the database: by page of ours, and by referring domain. Single links: inbound.py."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Text, and_, case, cast, func, or_, select

from mentions.extraction.article import Zone
from mentions.findings import Verdict
from mentions.inbound.links import QUALIFIERS
from mentions.inbound.referrers import Referrer
from mentions.inbound.tallies import AddressTally, Linking
from mentions.pages import PageState
from mentions.store.connecting import Connecting
from mentions.store.models import Finding, Link, Opportunity, Page, Publisher, Recheck, Target
from mentions.store.statements import AnySelect, chunks

_ARTICLE_ZONES: Final = [zone for zone in Zone if zone.is_article]


class Referring(Connecting):
    """Part of mentions.store.Store."""

    def address_tallies(self, *, own_domains: Collection[str]) -> list[AddressTally]:
        """Each address that visible links of ours lead to, as written, with who links there.

        `own_domains`: publishers whose pages are ours and do not count.
        """
        with self._read() as connection:
            return address_tallies(connection, own_domains)

    def linked_addresses(self) -> list[str]:
        """Every address that a visible link of ours leads to, as written, none twice."""
        query = select(Link.effective_url).where(Link.ours.is_(True), Link.hidden.is_(False)).distinct()
        with self._read() as connection:
            return [url for (url,) in connection.execute(query) if url]

    def linking_pages(self, addresses: Collection[str], *, own_domains: Collection[str]) -> list[Linking]:
        """The pages with a link that stands to one of these addresses, as written there."""
        with self._read() as connection:
            return list(linking_pages(connection, addresses, own_domains))

    def referring_domains(
        self,
        *,
        own_domains: Collection[str],
        without: Sequence[str] = (),
        target: str | None = None,
    ) -> list[Referrer]:
        """Every domain that links to us, or did, those with the most linking pages first; without their links.

        `without`: addresses as written that are no page of ours. `target`: only on pages that name it.
        """
        with self._read() as connection:
            return referring_domains(connection, own_domains, without, target)


def address_tallies(connection: Connection, own_domains: Collection[str]) -> list[AddressTally]:
    """See Referring.address_tallies."""
    stands, article = _stands(), Link.zone.in_(_ARTICLE_ZONES)
    query = _links(
        own_domains,
        Link.effective_url,
        func.count(_if(stands, Page.publisher_id).distinct()).label("domains"),
        func.count(_if(stands, Page.id).distinct()).label("pages"),
        func.count(_if(and_(stands, article), Page.id).distinct()).label("in_article"),
    ).group_by(Link.effective_url)
    return [AddressTally(*row) for row in connection.execute(query)]


def linking_pages(
    connection: Connection, addresses: Collection[str], own_domains: Collection[str]
) -> Iterator[Linking]:
    """See Referring.linking_pages."""
    query = _links(
        own_domains, Link.effective_url, Page.publisher_id, Page.id, Link.zone.in_(_ARTICLE_ZONES)
    ).distinct()
    for part in chunks(sorted(addresses)):
        for row in connection.execute(query.where(_stands(), Link.effective_url.in_(part))):
            yield Linking(row[0], row[1], row[2], bool(row[3]))


def referring_domains(
    connection: Connection, own_domains: Collection[str], without: Sequence[str], target: str | None
) -> list[Referrer]:
    """See Referring.referring_domains."""
    stands, article = _stands(), Link.zone.in_(_ARTICLE_ZONES)
    gone = or_(Page.state == PageState.GONE, Recheck.gone_at.is_not(None))
    lost = or_(gone, and_(~stands, Recheck.lost_at.is_not(None)))
    # A page that names two targets of one domain holds its links twice: once for each.
    one = cast(Page.id, Text) + "/" + Link.link_key + "/" + cast(Link.nth, Text)
    query = (
        _links(
            own_domains,
            Publisher.domain,
            Publisher.name,
            func.count(_if(stands, Page.id).distinct()).label("pages"),
            func.count(_if(and_(stands, article, _followed()), Page.id).distinct()).label("followed"),
            func.count(_if(and_(stands, article), Page.id).distinct()).label("in_article"),
            func.count(_if(and_(~stands, ~lost), one).distinct()).label("missing"),
            func.count(_if(lost, one).distinct()).label("lost"),
            func.min(Link.first_seen_at).label("first_seen_at"),
            func.max(Link.last_seen_at).label("last_seen_at"),
        )
        .join(Publisher, Publisher.id == Page.publisher_id)
        .group_by(Publisher.id, Publisher.domain, Publisher.name)
    )
    if target is not None:
        query = query.join(Target, Target.id == Finding.target_id).where(Target.name == target)
    for part in chunks(without):
        query = query.where(Link.effective_url.not_in(part))
    found = [Referrer(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda referrer: (-referrer.pages, -referrer.followed, referrer.domain))


def _links(own_domains: Collection[str], *columns: Any) -> AnySelect:
    """Visible links of ours on pages of others."""
    own = select(Publisher.id).where(Publisher.domain.in_(sorted(own_domains)))
    return (
        select(*columns)
        .select_from(Link)
        .join(Finding, Finding.id == Link.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .outerjoin(Opportunity, Opportunity.finding_id == Finding.id)
        .outerjoin(Recheck, Recheck.opportunity_id == Opportunity.id)
        .where(
            Link.ours.is_(True),
            Link.hidden.is_(False),
            Link.effective_url.is_not(None),
            Finding.verdict != Verdict.OWN_PAGE,
            Page.publisher_id.not_in(own),
        )
    )


def _stands() -> ColumnElement[bool]:
    """As mentions.inbound.Standing says it."""
    return and_(
        Link.last_seen_at >= Finding.last_checked_at,
        Page.state.is_distinct_from(PageState.GONE),
        Recheck.gone_at.is_(None),
    )


def _followed() -> ColumnElement[bool]:
    tokens = cast(Link.rel, Text)
    return and_(*(tokens.not_like(f'%"{token}"%') for token in sorted(QUALIFIERS)))


def _if(condition: ColumnElement[bool], value: Any) -> ColumnElement[Any]:
    """The value where it holds; NULL, which no aggregate counts, where it does not."""
    return case((condition, value))
