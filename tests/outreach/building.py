"""Findings, drafts and articles for the tests of outreach: invented, small, every field overridable."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mentions.assessments import Contact
from mentions.config import Sender
from mentions.extraction.article import Article, Block, Link, Metadata, Zone
from mentions.findings import Finding, JudgedLink, JudgedMention, LinkDistance, Verdict
from mentions.links import LinkKind
from mentions.matching.mention import Decision, Mention, Method, Sense
from mentions.publishers import Publisher
from mentions.store.records import NewDraft, StoredDraft, StoredFinding
from mentions.targets import Target, TargetPage

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
PAGE = "https://courier.example/tech/night-shift"

TARGET = Target(
    name="Quillon Robotics",
    aliases=("Quillon",),
    domains=("quillon.example",),
    url="https://quillon.example/",
    pages=(
        TargetPage(url="https://quillon.example/warehouse-report", when=("report", "survey", "Studie")),
        TargetPage(url="https://quillon.example/arms", when=("robot arm",)),
    ),
    profiles=("https://www.linkedin.com/company/quillon",),
)
PUBLISHER = Publisher(name="The Daily Courier", domain="courier.example", feeds=("https://courier.example/rss",))
SENDER = Sender(
    name="Mara Lindqvist",
    role="Communications",
    email="mara@quillon.example",
    company="Quillon Robotics",
    postal_address="12 Harbour Street, 20457 Hamburg",
)
CONTACT = Contact("jane.doering@courier.example", "Jane Doering", PAGE, "beside the author's name")


def stored(**changes: Any) -> StoredFinding:
    """A finding as the store gives it."""
    finding = StoredFinding(
        id=3,
        target=TARGET.name,
        target_kind="brand",
        verdict=Verdict.UNLINKED,
        level="ask_now",
        priority=70,
        publisher="courier.example",
        publisher_name="The Daily Courier",
        page_url=PAGE,
        page_title="One warehouse in three works at night",
        page_state=None,
        published_at=NOW,
        author="Jane Doering",
        language="en",
        sentence="A machine by Quillon sorts the parcels.",
        matched="Quillon",
        zone="body",
        reasons=(),
        first_seen_at=NOW,
        last_seen_at=NOW,
        last_checked_at=NOW,
        opportunity_id=7,
    )
    return replace(finding, **changes)


def draft(finding: StoredFinding | None = None, **changes: Any) -> StoredDraft:
    """A draft as the store gives it."""
    new = NewDraft(
        opportunity_id=7,
        template="unlinked_brand/en",
        subject="Thank you for mentioning Quillon",
        body="Hello,\n\nThank you.\n",
        to_name="Jane Doering",
        to_address="jane.doering@courier.example",
        contact_source_url=PAGE,
        suggested_url="https://quillon.example/",
        suggested_anchor="Quillon",
        suggested_html='<a href="https://quillon.example/">Quillon</a>',
        rendered_at=NOW,
    )
    return StoredDraft(1, 1, replace(new, **changes), finding or stored(), "<mentions-1@quillon.example>")


def mention(**changes: Any) -> Mention:
    """A mention in the body, surely us."""
    found = Mention(
        target=TARGET.name,
        alias="Quillon",
        matched="Quillon",
        start=0,
        end=7,
        zone=Zone.BODY,
        sentence="Quillon builds machines.",
        similarity=1.0,
        method=Method.EXACT,
        sense=Sense(Decision.US, 0.9),
    )
    return replace(found, **changes)


def finding(*mentions: Mention, **changes: Any) -> Finding:
    """A finding with these mentions (one in the body, without any)."""
    judged = tuple(JudgedMention(each, LinkDistance.NONE) for each in mentions or (mention(),))
    return replace(Finding(PAGE, TARGET.name, Verdict.UNLINKED, judged, published=NOW), **changes)


def article(*texts: str | tuple[str, Zone] | tuple[str, Zone, str], **metadata: Any) -> Article:
    """An article of paragraphs; a text alone is a body paragraph, else (text, zone) or (text, zone, tag)."""
    blocks, text = [], ""
    for item in texts:
        words, zone, tag = (item, Zone.BODY, "p") if isinstance(item, str) else (*item, "p")[:3]
        text += "\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(words), zone, tag))
        text += words
    return Article(PAGE, text, tuple(blocks), (), Metadata(**metadata))


def with_links(page: Article, *links: Link) -> Article:
    """The article with these links."""
    return replace(page, links=links)


def mail_link(href: str, zone: Zone = Zone.BODY, *, hidden: bool = False) -> Link:
    """A mailto link."""
    return Link(href, None, None, LinkKind.MAIL, "write to us", (), zone, 0, 0, hidden)


def judged_link(url: str, zone: Zone = Zone.BODY, kind: LinkKind = LinkKind.WEB) -> JudgedLink:
    """A link that leads, or may lead, to us."""
    return JudgedLink(Link(url, url, url, kind, "a link", (), zone, 0, 0), kind is LinkKind.WEB, ())
