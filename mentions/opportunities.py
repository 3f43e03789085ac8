"""Is a finding worth asking about, how much, and why. Pure: the same finding on the same day gives the same answer.

`assess` looks at the page; `weighed` adds what other pages and days tell; `one_per_article` leaves one ask a page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from mentions.asking import NO_RULES, Known, LinkHabit, Rules, listed
from mentions.assessments import Assessment, Contact, Level, Part
from mentions.bad_news import bad_news
from mentions.copies import first_published
from mentions.extraction.article import Article
from mentions.findings import Finding, Verdict
from mentions.links import LinkKind, is_home, is_profile
from mentions.matching.mention import Decision, Mention
from mentions.outreach.contacts import published_contact
from mentions.priority import parts_of, with_known
from mentions.publishers import Publisher
from mentions.releases import (
    agency_credit,
    company_sign_off,
    is_archive,
    is_forum,
    is_home_page,
    is_platform,
    is_wire,
    paid_label,
    release_label,
    wire_mark,
)
from mentions.targets import Target
from mentions.urls import host_of, registrable_domain

__all__ = ["Assessment", "Contact", "Level", "Part", "assess", "one_per_article", "weighed"]

# Verdicts that leave nothing to ask for, and why.
_NOTHING_TO_ASK: Final = {
    Verdict.LINKED: "the article links to us already",
    Verdict.QUALIFIED: "the article links to us already; how it qualifies its links is the publisher's choice",
    Verdict.NOT_MENTIONED: "the article does not name us",
    Verdict.OWN_PAGE: "the page is ours",
    Verdict.UNKNOWN: "we could not look",
}

Gate = tuple[Level, str]


def assess(
    finding: Finding,
    target: Target,
    *,
    now: datetime,
    publisher: Publisher | None = None,
    rules: Rules = NO_RULES,
    article: Article | None = None,
    known: Known | None = None,
) -> Assessment:
    """Level, priority with its arithmetic, reasons and contact for one finding.

    Rules that look at the page itself (noindex, paywall, releases, contact) need `article`; without it they are silent.
    So are those that need other pages and days, without `known`.
    """
    answer = _by_the_page(finding, target, now, publisher, rules, article)
    return answer if known is None else weighed(answer, known, rules, now=now)


def _by_the_page(
    finding: Finding,
    target: Target,
    now: datetime,
    publisher: Publisher | None,
    rules: Rules,
    article: Article | None,
) -> Assessment:
    mentions = tuple(judged.mention for judged in finding.mentions if judged.mention.zone.is_article)
    nothing = _NOTHING_TO_ASK.get(finding.verdict)
    if nothing and not (rules.ask_qualified and _is_unpaid(finding)):
        return Assessment(Level.SKIP, None, reasons=(nothing,))
    if not mentions:
        return Assessment(Level.SKIP, None, reasons=("the name stands only outside the article",))
    gates = (
        *_site_gates(finding, target, rules),
        *_page_gates(finding, target, publisher, article),
        *_finding_gates(finding, mentions, article, now, rules.max_age_days),
    )
    skips = tuple(reason for level, reason in gates if level is Level.SKIP)
    if skips:
        return Assessment(Level.SKIP, None, reasons=skips)
    holds = tuple(reason for level, reason in gates if level is Level.HOLD)
    fixes = tuple(_fixes(finding, target))
    notes = tuple(_notes(finding, publisher, article))
    contact = published_contact(article, target, publisher) if article else None
    parts = parts_of(finding, mentions, target, now, article, contact)
    level = Level.HOLD if holds else Level.ASK_AFTER_FIX if fixes else Level.ASK_NOW
    return Assessment(
        level,
        sum(part.points for part in parts),
        parts,
        holds + fixes + (() if holds or fixes else (_worth_asking(finding),)) + notes,
        contact,
    )


def weighed(answer: Assessment, known: Known, rules: Rules, *, now: datetime) -> Assessment:
    """The answer of the page alone, with what other pages and days tell put in."""
    if answer.level is Level.SKIP:
        return answer
    gates = tuple(_known_gates(known, rules, now))
    skips = tuple(reason for level, reason in gates if level is Level.SKIP)
    if skips:
        return Assessment(Level.SKIP, None, reasons=skips)
    parts = with_known(answer.parts, known, enough_pages=rules.pages_to_judge_links)
    holds = tuple(reason for _, reason in gates)
    # The deciding reason comes first: that of "ask now" decides nothing any more.
    kept = answer.reasons[1:] if holds and answer.level is Level.ASK_NOW else answer.reasons
    level = Level.HOLD if holds else answer.level
    return replace(answer, level=level, priority=sum(part.points for part in parts), parts=parts, reasons=holds + kept)


def one_per_article(answers: Sequence[tuple[Finding, Assessment]]) -> tuple[tuple[Finding, Assessment], ...]:
    """One email an article: the target most worth asking for leads, the others wait for a person.

    The level decides, then the priority, then the order of the configuration. What is held or skipped already stays.
    """
    asked = [n for n, (_, answer) in enumerate(answers) if answer.level in {Level.ASK_NOW, Level.ASK_AFTER_FIX}]
    if len(asked) < 2:
        return tuple(answers)
    lead = min(asked, key=lambda n: (answers[n][1].level is not Level.ASK_NOW, -(answers[n][1].priority or 0), n))
    why = f"the same article names {answers[lead][0].target} too, about which we ask: one email an article"
    return tuple(
        (finding, _held(answer, why) if n in asked and n != lead else answer)
        for n, (finding, answer) in enumerate(answers)
    )


def _held(answer: Assessment, why: str) -> Assessment:
    kept = answer.reasons[1:] if answer.level is Level.ASK_NOW else answer.reasons
    return replace(answer, level=Level.HOLD, reasons=(why, *kept))


def _is_unpaid(finding: Finding) -> bool:
    """Is it a qualified link of ours that nobody says was paid for? A paid one must stay marked."""
    ours = [judged for judged in finding.links if judged.ours and judged.link.zone.is_article]
    return finding.verdict is Verdict.QUALIFIED and not any("sponsored" in judged.rel for judged in ours)


def _site_gates(finding: Finding, target: Target, rules: Rules) -> Iterator[Gate]:
    """Whose site it is: ours, a sister's, a competitor's?"""
    host = host_of(finding.url)
    site = registrable_domain(host)
    if listed(host, rules.own_sites):
        yield Level.SKIP, f"{host} is a site of our own house"
    elif listed(host, rules.competitors):
        yield Level.SKIP, f"{host} belongs to a competitor"
    elif site and site.partition(".")[0] in _own_labels(target):
        yield Level.HOLD, f"{site} bears our name: a sister site, a dealer or somebody else's?"


def _own_labels(target: Target) -> frozenset[str]:
    """What stands before the first point of our own domains: "acme" of acme.example."""
    return frozenset(registrable_domain(domain).partition(".")[0] for domain in target.domains if "/" not in domain)


def _known_gates(known: Known, rules: Rules, now: datetime) -> Iterator[Gate]:
    if known.suppressed:
        yield Level.SKIP, known.suppressed
    if known.moved is not None:
        state = known.moved.state.value.replace("_", " ")
        yield Level.SKIP, f"the same article stands at {known.moved.url}, where it is {state}: one article, one email"
    copy = known.copy_of
    if copy is not None:
        if copy.wire:
            yield Level.SKIP, f"a republished press release: the same text stands at {copy.url}"
        else:
            yield Level.HOLD, f"copy of {copy.url} ({copy.publisher}; {copy.why}): one story, one email"
    if known.asked is not None:
        yield from _asked_gates(known, rules, now)
    if known.links is not None and known.links.pages >= rules.pages_to_judge_links:
        yield from _link_gates(known.links, rules.pages_to_judge_links)
    if known.author_gone:
        yield Level.HOLD, f"the author seems to have left: {known.author_gone}"


def _asked_gates(known: Known, rules: Rules, now: datetime) -> Iterator[Gate]:
    asked = known.asked
    if asked is None:
        return
    days = max((now - asked.at).days, 0)
    when = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    if asked.same_person and days < rules.person_again_after_days:
        yield Level.HOLD, f'this person was asked {when}, about "{asked.about}"'
    elif not asked.same_person and days < rules.publisher_again_after_days:
        yield Level.HOLD, f'somebody at this publisher was asked {when}, about "{asked.about}"'


def _link_gates(habit: LinkHabit, enough: int) -> Iterator[Gate]:
    """Half of `enough` articles must have links, for one nofollow link proves no habit."""
    if habit.linking == 0:
        yield (
            Level.HOLD,
            f"the publisher does not link out: of {habit.pages} articles read none has a link to another site",
        )
    elif habit.followed == 0 and 2 * habit.linking >= enough:
        every = f"{habit.linking} of {habit.pages} articles read link to other sites, each with nofollow or the like"
        yield Level.HOLD, f"the publisher's links out are all qualified: {every}"


def _page_gates(
    finding: Finding, target: Target, publisher: Publisher | None, article: Article | None
) -> Iterator[Gate]:
    """What the page is: is there an editor to ask, and would a link there be seen?"""
    if is_wire(finding.url, publisher):
        yield Level.SKIP, f"{_site(finding, publisher)} is a press wire: it carries releases, and nobody edits them"
    if is_platform(finding.url):
        yield Level.SKIP, f"{host_of(finding.url)} is a platform whose members write; there is no editor to ask"
    if is_archive(finding.url):
        yield Level.SKIP, f"{host_of(finding.url)} keeps copies of other sites' pages; nobody changes them"
    if is_home_page(finding.url):
        yield Level.HOLD, "the page is a site's front page, which changes all the time: ask about the article itself"
    if is_forum(finding.url, publisher):
        yield Level.HOLD, "a forum: its members wrote this, and only they or a moderator could add a link"
    origin = _elsewhere(finding)
    if origin:
        yield Level.HOLD, f"the page names {origin} as its original: ask there, not here"
    if article is not None:
        yield from _article_gates(article, target)


def _article_gates(article: Article, target: Target) -> Iterator[Gate]:
    mark = wire_mark(article)
    if mark:
        yield Level.SKIP, f'a republished press release: the text carries "{mark}"'
    label = release_label(article)
    if label:
        yield Level.HOLD, f'the page calls itself a press release ("{label}")'
    sign_off = company_sign_off(article, target.names)
    if sign_off:
        yield Level.HOLD, f'it reads like our own press release: "{sign_off}" and a press contact stand at its end'
    paid = paid_label(article)
    if paid:
        yield Level.HOLD, f'the piece is marked as paid for ("{paid}")'
    if article.metadata.robots & {"noindex", "none"}:
        yield Level.HOLD, "the page asks search engines not to list it (noindex)"
    if article.metadata.paywalled:
        yield Level.HOLD, "the article stands behind a paywall"


def _finding_gates(
    finding: Finding, mentions: tuple[Mention, ...], article: Article | None, now: datetime, max_age_days: int
) -> Iterator[Gate]:
    """What we know of the mention: is it old, is it us at all, and is it bad news?"""
    if finding.published is not None and (days := (now - finding.published).days) > max_age_days:
        yield Level.SKIP, f"published {days} days ago; older than {max_age_days} days is not asked about"
    if all(mention.sense.decision is Decision.UNSURE for mention in mentions):
        yield Level.HOLD, f'"{mentions[0].matched}" may mean something else{_doubt(mentions[0])}: a person should look'
    cue = bad_news(article, mentions, finding.language)
    if cue:
        yield Level.HOLD, f'may be bad news about us ("{cue.word}"): a person should decide'
    opaque = next((judged for judged in finding.links if judged.link.kind is LinkKind.OPAQUE), None)
    if opaque and opaque.link.zone.is_article:
        yield Level.HOLD, f"a link beside the name hides where it leads and may be ours: {opaque.link.href}"


def _doubt(mention: Mention) -> str:
    """What speaks against us, in brackets; what speaks for us would read as the reason of the doubt."""
    against = next((reason for reason in mention.sense.reasons if not reason.startswith("for us")), None)
    return f" ({against.removeprefix('against: ')})" if against else ""


def _fixes(finding: Finding, target: Target) -> Iterator[str]:
    """What we should put right ourselves before we ask anybody."""
    if finding.verdict is not Verdict.MISDIRECTED:
        return
    inside = [judged.link.effective_url for judged in finding.links if judged.link.zone.is_article]
    url = next((url for url in inside if url), None)
    if url and not is_profile(url, target) and not is_home(url, target):
        yield f"the article links to a page of ours that is gone: redirect {url} first, then no email may be needed"


def _notes(finding: Finding, publisher: Publisher | None, article: Article | None) -> Iterator[str]:
    first = first_published(article) if article else None
    if first:
        yield f"the text says that it was first published elsewhere ({first}): see whether to ask there"
    agency = agency_credit(article) if article else None
    if agency:
        yield f"the text came from an agency ({agency}): the publisher may not want to change it"
    if finding.published is None:
        yield "the article carries no date: see that it is recent before asking"
    if publisher is not None and publisher.caveat:
        yield f"{publisher.name}: {publisher.caveat}"


def _worth_asking(finding: Finding) -> str:
    if finding.verdict is Verdict.OUTSIDE:
        return "worth asking: the page links to us, but the article that names us does not"
    if finding.verdict is Verdict.MISDIRECTED:
        return "worth asking: the article's link to us leads to the wrong place"
    if finding.verdict is Verdict.QUALIFIED:
        return "worth asking, as the configuration says: the article's link to us is marked nofollow or ugc"
    if finding.verdict is Verdict.BARE_URL:
        return "worth asking: our address stands in the article and cannot be clicked"
    return "worth asking: the article names us and does not link to us"


def _site(finding: Finding, publisher: Publisher | None) -> str:
    return publisher.name if publisher else host_of(finding.url)


def _elsewhere(finding: Finding) -> str | None:
    """The address that a page on another site gives as its original."""
    if not finding.canonical:
        return None
    there, here = host_of(finding.canonical), host_of(finding.url)
    same = registrable_domain(there) == registrable_domain(here)
    return None if not there or same else finding.canonical
