"""What other pages and days tell about opportunities: the facts behind mentions.asking.Known, many at a time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, select

from mentions.asking import Authority, EarlierAsk, Known, LinkHabit, Moved, Reach, Rules
from mentions.findings import Verdict
from mentions.outreach.contacts.model import LeadKind
from mentions.outreach.suppression import SuppressionList, blocking, normal_address
from mentions.store import moving, stories
from mentions.store.models import Article, Contact, ContactPage, Draft, Finding, Opportunity, Page, Publisher
from mentions.store.statements import AnyRow, chunks

_GONE: Final = re.compile(r"\b(?:404|410)\b|not found|is gone|no longer", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked lately: by address, and by publisher; each the newest first, with the opportunity's id."""

    by_address: Mapping[str, Sequence[tuple[datetime, int, str]]]
    by_publisher: Mapping[int, Sequence[tuple[datetime, int, str]]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the opportunities of one batch may need, read in a handful of queries."""

    links: Mapping[int, LinkHabit]  # by publisher
    pages_linking: Mapping[int, int]  # by publisher
    asked: Asked
    copies: Mapping[int, Any]  # CopyOf by page
    moved: Mapping[tuple[int, int], Moved]  # by page and target
    gone: Mapping[tuple[int, str], str]  # (publisher, author) → how we know
    suppression: SuppressionList
    authorities: Mapping[str, Authority]

    def known(self, row: AnyRow) -> Known:
        """What is known about one opportunity: a row of `reassessing`."""
        address = row.chosen_address or row.draft_address or row.contact_address
        named = bool(row.chosen_name or row.contact_name)
        form = row.chosen_form is not None and address is None
        reach = Reach(named=named and address is not None, address=address is not None, form=form)
        return Known(
            links=self.links.get(row.publisher_id),
            asked=self._asked(row, address),
            copy_of=self.copies.get(row.page_id),
            moved=self.moved.get((row.page_id, row.target_id)),
            suppressed=blocking(address, row.domain, self.suppression),
            pages_linking=self.pages_linking.get(row.publisher_id, 0),
            authority=self.authorities.get(row.domain),
            reach=reach,
            author_gone=self.gone.get((row.publisher_id, _plain(row.author))) if row.author else None,
        )

    def _asked(self, row: AnyRow, address: str | None) -> EarlierAsk | None:
        """The last ask of this person, else of anybody at the publisher; never that of the opportunity itself."""
        person = self.asked.by_address.get(_address(address), ()) if address else ()
        for same, asks in ((True, person), (False, self.asked.by_publisher.get(row.publisher_id, ()))):
            for at, opportunity_id, about in asks:
                if opportunity_id != row.opportunity_id:
                    return EarlierAsk(at, about, same)
        return None


def facts(
    connection: Connection,
    rows: Sequence[AnyRow],
    rules: Rules,
    *,
    asked: Asked,
    suppression: SuppressionList,
    authorities: Mapping[str, Authority],
) -> Facts:
    """The facts for a batch of opportunities."""
    publishers = sorted({row.publisher_id for row in rows})
    pages = {row.page_id for row in rows}
    return Facts(
        links=link_habits(connection, publishers),
        pages_linking=pages_linking(connection, publishers),
        asked=asked,
        copies=stories.copies(connection, pages, rules),
        moved=moving.giving_way(connection, pages),
        gone=_authors_gone(connection, publishers),
        suppression=suppression,
        authorities=authorities,
    )


def link_habits(connection: Connection, publishers: Sequence[int]) -> dict[int, LinkHabit]:
    """How the articles of publishers link out; those of which none was read are left out."""
    habits: dict[int, LinkHabit] = {}
    for part in chunks(publishers):
        rows = connection.execute(
            select(
                Article.publisher_id,
                func.count().label("pages"),
                func.count().filter(Article.links_out > 0).label("linking"),
                func.count().filter(Article.links_followed > 0).label("followed"),
            )
            .where(Article.publisher_id.in_(part))
            .group_by(Article.publisher_id)
        )
        habits |= {row.publisher_id: LinkHabit(row.pages, row.linking, row.followed) for row in rows}
    return habits


def pages_linking(connection: Connection, publishers: Sequence[int]) -> dict[int, int]:
    """How many pages of each publisher link to any target of ours, followed, as far as the last good look knows."""
    counts: dict[int, int] = {}
    for part in chunks(publishers):
        rows = connection.execute(
            select(Page.publisher_id, func.count(Finding.page_id.distinct()).label("pages"))
            .join(Page, Page.id == Finding.page_id)
            .where(Page.publisher_id.in_(part), Finding.verdict == Verdict.LINKED, Finding.missing_since.is_(None))
            .group_by(Page.publisher_id)
        )
        counts |= {row.publisher_id: row.pages for row in rows}
    return counts


def asked_since(connection: Connection, rules: Rules, now: datetime) -> Asked:
    """Everybody who was written to within the days that the rules name."""
    days = max(rules.person_again_after_days, rules.publisher_again_after_days)
    at = func.coalesce(Opportunity.sent_at, Opportunity.handed_off_at)
    newest = (
        select(func.max(Draft.revision)).where(Draft.opportunity_id == Opportunity.id).correlate(Opportunity)
    ).scalar_subquery()
    query = (
        select(
            Opportunity.id,
            func.coalesce(Opportunity.sent_at, Opportunity.handed_off_at).label("at"),
            Page.publisher_id,
            func.coalesce(Page.title, Page.url).label("about"),
            Draft.to_address,
        )
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Draft, (Draft.opportunity_id == Opportunity.id) & (Draft.revision == newest), isouter=True)
        .where(at >= now - timedelta(days=days))
        .order_by(at.desc(), Opportunity.id)
    )
    by_address: dict[str, list[tuple[datetime, int, str]]] = {}
    by_publisher: dict[int, list[tuple[datetime, int, str]]] = {}
    for row in connection.execute(query):
        if row.at is None:
            continue
        ask = (row.at, row.id, str(row.about))
        by_publisher.setdefault(row.publisher_id, []).append(ask)
        if row.to_address:
            by_address.setdefault(_address(row.to_address), []).append(ask)
    return Asked(by_address, by_publisher)


def _authors_gone(connection: Connection, publishers: Sequence[int]) -> dict[tuple[int, str], str]:
    """The authors whose own page at the publisher is not there any more."""
    gone: dict[tuple[int, str], str] = {}
    for part in chunks(publishers):
        rows = connection.execute(
            select(ContactPage.publisher_id, ContactPage.name, ContactPage.url, ContactPage.problem).where(
                ContactPage.publisher_id.in_(part),
                ContactPage.kind == LeadKind.AUTHOR_PAGE,
                ContactPage.name.is_not(None),
                ContactPage.problem.is_not(None),
            )
        )
        for row in rows:
            if row.name and row.problem and _GONE.search(row.problem):
                gone[row.publisher_id, _plain(row.name)] = f"their page {row.url} is not there any more"
    return gone


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _address(text: str) -> str:
    try:
        return normal_address(text)
    except ValueError:
        return text.casefold()


def contact_columns() -> tuple[Any, ...]:
    """What of a chosen contact a row for `Facts.known` holds; its query joins Contact on Opportunity.contact_id."""
    return (
        Contact.email.label("chosen_address"),
        Contact.name.label("chosen_name"),
        Contact.form_url.label("chosen_form"),
        Publisher.domain,
    )
