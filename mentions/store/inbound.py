"""Who links to us: the links of ours that crawled pages hold, and held."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from mentions.inbound.links import InboundLink, Standing
from mentions.pages import PageState
from mentions.store.connecting import Connecting
from mentions.store.models import Finding, Link, Opportunity, Page, Publisher, Recheck, Target
from mentions.store.statements import AnyRow, bytewise, chunks
from mentions.urls import canonical_url


class Linking(Connecting):
    """Part of mentions.store.Store."""

    def inbound_links(
        self,
        *,
        target: str | None = None,
        publisher: str | None = None,
        lost: bool = False,
        to: Collection[str] | None = None,
    ) -> list[InboundLink]:
        """Links of ours that a reader sees or saw on crawled pages, each once, by page and place.

        `target`: on pages that name it, to its domains. `publisher`: on pages of that domain. `lost`: only those that
        do not stand any more. `to`: only those to these pages, by canonical URL. Hidden links are left out; so is
        what leads to profiles, by mentions.inbound.links.from_others.
        """
        with self._read() as connection:
            if to is None:
                return inbound_links(connection, target=target, publisher=publisher, lost=lost)
            return [
                link
                for part in chunks(_spelled(connection, to))
                for link in inbound_links(connection, target=target, publisher=publisher, lost=lost, to=part)
            ]


def inbound_links(
    connection: Connection,
    *,
    target: str | None = None,
    publisher: str | None = None,
    lost: bool = False,
    to: Sequence[str] | None = None,
) -> list[InboundLink]:
    """See Linking.inbound_links; `to`: addresses as they are written in links."""
    query = (
        select(
            Page.key,
            Page.url.label("page_url"),
            Page.title,
            Page.state,
            Publisher.domain,
            Publisher.name,
            Link.effective_url,
            Link.url,
            Link.anchor,
            Link.rel,
            Link.zone,
            Link.nth,
            Link.first_seen_at,
            Link.last_seen_at,
            Finding.last_checked_at,
            Recheck.lost_at,
            Recheck.gone_at,
        )
        .select_from(Link)
        .join(Finding, Finding.id == Link.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .outerjoin(Opportunity, Opportunity.finding_id == Finding.id)
        .outerjoin(Recheck, Recheck.opportunity_id == Opportunity.id)
        .where(Link.ours.is_(True), Link.hidden.is_(False))
        .order_by(bytewise(connection, Page.key), Link.place, Link.id)
    )
    if target is not None:
        query = query.join(Target, Target.id == Finding.target_id).where(Target.name == target)
    if publisher is not None:
        query = query.where(Publisher.domain == publisher)
    if to is not None:
        query = query.where(Link.effective_url.in_(to))
    if lost:
        gone = (Page.state == PageState.GONE) | Recheck.gone_at.is_not(None)
        query = query.where((Link.last_seen_at < Finding.last_checked_at) | gone)
    # A page that names two targets of one domain holds its links twice: once for each.
    found: dict[tuple[object, ...], InboundLink] = {}
    for row in connection.execute(query):
        link = _record(row)
        key = (row.key, link.url, link.anchor, link.zone, row.nth)
        known = found.get(key)
        if known is None or (link.stands and not known.stands):
            found[key] = link
    return list(found.values())


def _spelled(connection: Connection, pages: Collection[str]) -> list[str]:
    """The addresses in links that are one of these pages, as they are written."""
    written = select(Link.effective_url).where(Link.effective_url.is_not(None)).distinct()
    return sorted(url for (url,) in connection.execute(written) if url and canonical_url(url) in pages)


def _record(row: AnyRow) -> InboundLink:
    return InboundLink(
        page_url=row.page_url,
        page_title=row.title,
        publisher=row.domain,
        publisher_name=row.name,
        url=canonical_url(row.effective_url or row.url),
        anchor=row.anchor,
        rel=tuple(row.rel),
        zone=row.zone,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        standing=_standing(row),
    )


def _standing(row: AnyRow) -> Standing:
    if row.state is PageState.GONE or row.gone_at is not None:
        return Standing.LOST
    if row.last_seen_at >= row.last_checked_at:
        return Standing.STANDS
    return Standing.LOST if row.lost_at is not None else Standing.MISSING
