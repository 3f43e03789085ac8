"""Records for tests of the store: short to write, whole enough to be stored."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from mentions.extraction.article import Link, Zone
from mentions.findings import Finding, JudgedLink, JudgedMention, LinkDistance, Verdict
from mentions.links import LinkKind
from mentions.matching.mention import Decision, Mention, Method, Sense
from mentions.opportunities import Assessment, Level, Part
from mentions.pages import PageState
from mentions.publishers import Publisher, SourceKind
from mentions.store.records import FoundPage, NewDraft, PageOutcome
from mentions.targets import Target

NIGHT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ACME = Target(name="Acme Robotics", domains=("acme.example",))
ORBIT = Target(name="Orbit Report", domains=("orbit.example",))
COURIER = Publisher(name="The Daily Courier", domain="courier.example", feeds=("https://courier.example/rss",))


def url(number: int) -> str:
    return f"https://courier.example/news/{number:04d}"


def found(number: int, *, at: datetime = NIGHT, published: datetime | None = None) -> FoundPage:
    return FoundPage(
        key=url(number),
        url=url(number),
        publisher=COURIER.domain,
        source_url="https://courier.example/rss",
        source_kind=SourceKind.FEED,
        found_at=at,
        published=published,
    )


def mention(sentence: str, *, target: str = ACME.name, zone: Zone = Zone.BODY) -> JudgedMention:
    return JudgedMention(
        Mention(
            target=target,
            alias=target,
            matched=target,
            start=0,
            end=len(target),
            zone=zone,
            sentence=sentence,
            similarity=1.0,
            method=Method.EXACT,
            sense=Sense(Decision.US, 0.9, ("named in full",)),
        ),
        LinkDistance.NONE,
    )


def link(address: str = "https://acme.example/", *, rel: tuple[str, ...] = (), zone: Zone = Zone.BODY) -> JudgedLink:
    made = Link(address, address, address, LinkKind.WEB, "Acme", rel, zone, 0, 4)
    return JudgedLink(made, ours=True, rel=rel)


def finding(
    verdict: Verdict = Verdict.UNLINKED,
    *,
    target: str = ACME.name,
    sentences: Sequence[str] = ("Acme Robotics builds robots.",),
    links: tuple[JudgedLink, ...] = (),
    level: Level = Level.ASK_NOW,
    priority: int | None = 60,
) -> tuple[Finding, Assessment]:
    judged = Finding(
        url=url(0),
        target=target,
        verdict=verdict,
        mentions=tuple(mention(sentence, target=target) for sentence in sentences),
        links=links,
        reasons=("the article names us",),
        priority=priority,
    )
    return judged, Assessment(level, priority, (Part("verdict", 40, 50, "no link at all"),), ("worth asking",))


def outcome(
    number: int,
    *findings: tuple[Finding, Assessment],
    at: datetime = NIGHT,
    state: PageState = PageState.LIVE,
    http_status: int | None = 200,
    reason: str | None = None,
) -> PageOutcome:
    live = state is PageState.LIVE
    return PageOutcome(
        key=url(number),
        url=url(number),
        publisher=COURIER.domain,
        state=state,
        looked_at=at,
        final_url=url(number),
        http_status=http_status,
        reason=reason,
        etag='"1"' if live else None,
        content_hash="abc" if live else None,
        body_bytes=1000,
        title=f"Robots, part {number}" if live else None,
        author="Jane Doe" if live else None,
        published=NIGHT - DAY if live else None,
        language="en" if live else None,
        text="Acme Robotics builds robots." if findings else None,
        findings=tuple(findings),
    )


def failed(number: int, *, at: datetime = NIGHT) -> PageOutcome:
    return outcome(number, at=at, state=PageState.ERROR, http_status=503, reason="the site answers with an error")


def draft(opportunity_id: int, *, subject: str = "A link in your article", at: datetime = NIGHT) -> NewDraft:
    return NewDraft(
        opportunity_id=opportunity_id,
        template="unlinked_brand/en",
        subject=subject,
        body="Dear editor, …",
        to_name=None,
        to_address="desk@courier.example",
        contact_source_url="https://courier.example/contact",
        suggested_url="https://acme.example/",
        suggested_anchor="Acme Robotics",
        suggested_html='<a href="https://acme.example/">Acme Robotics</a>',
        rendered_at=at,
        problems=("no postal address",),
    )
