"""Mentions × links → finding: what one page does for one target, and why, in words for people.

The policy is that of the benchmark and of docs/reference/verdicts.md. Of several verdicts that hold, the first in the
order of `Verdict` wins.
"""

from collections.abc import Collection, Sequence
from typing import Final

from mentions.evidence import (
    QUALIFYING,
    address_in_print,
    is_followed,
    judged_mentions,
    links_to_us,
    only_archived,
)
from mentions.extraction.article import Article, Link, Zone
from mentions.findings import Finding, JudgedLink, JudgedMention, LinkDistance, Verdict
from mentions.links import LinkKind, is_home, is_profile
from mentions.matching.mention import Decision, Matches, Mention, Method
from mentions.targets import Kind, Target
from mentions.urls import canonical_url

LEAST_READABLE: Final = 400  # characters of article text; below it a paywall or a script shell hides the rest

_DISTANCE_WORDS: Final = {
    LinkDistance.INSIDE: "the name itself is linked",
    LinkDistance.SENTENCE: "the sentence that names us links to us",
    LinkDistance.PARAGRAPH: "the paragraph that names us links to us",
    LinkDistance.ELSEWHERE: "the article links to us in another place",
    LinkDistance.NONE: "the article links to us",
}
_NEAREST: Final = tuple(_DISTANCE_WORDS)


def own_page(url: str, target: Target) -> Finding:
    """The finding for a page that stands on one of the target's own domains."""
    return Finding(url, target.name, Verdict.OWN_PAGE, reasons=("the page stands on a domain of ours",))


def unknown(url: str, target: Target, reason: str) -> Finding:
    """The finding for a page at which we could not look. `reason` completes "we could not look: …"."""
    return Finding(url, target.name, Verdict.UNKNOWN, reasons=(f"we could not look: {reason}",))


def hidden_text(article: Article) -> str | None:
    """Why the article cannot be judged although the page was fetched; None where enough of it can be read.

    A page behind a paywall or drawn by scripts is judged by what its bytes hold, as long as that is more than a
    teaser: a link that we were not shown must never be read as no link.
    """
    if not (article.metadata.paywalled or article.needs_rendering):
        return None
    readable = sum(block.end - block.start for block in article.blocks if block.zone.is_article)
    if readable >= LEAST_READABLE:
        return None
    if article.metadata.paywalled:
        return "the text stands behind a paywall"
    return "the page is drawn by scripts, and its text is not in what we fetched"


def judge(article: Article, matches: Matches, target: Target, *, dead: Collection[str] = frozenset()) -> Finding:
    """The verdict on one target in one article, with the mentions and links that prove it.

    `matches` are those of this target; `dead` holds the canonical URLs of our pages known to answer 4xx or 5xx.
    """
    reason = hidden_text(article)
    if reason:
        return _finding(article, target, Verdict.UNKNOWN, (), (), (f"we could not look: {reason}",))
    in_article = [mention for mention in matches.mentions if mention.zone.is_article]
    links = links_to_us(article, matches.mentions, target)
    if not in_article:
        mentions = judged_mentions(article, matches.mentions, ())
        return _finding(article, target, Verdict.NOT_MENTIONED, mentions, links, _why_not_mentioned(matches, links))
    verdict, proof, reasons = _verdict(article, in_article, links, target, dead)
    mentions = judged_mentions(article, matches.mentions, proof)
    if verdict in {Verdict.LINKED, Verdict.QUALIFIED}:
        reasons = (_how_near(mentions), *reasons)
    return _finding(article, target, verdict, mentions, links, (*reasons, *_about_the_names(in_article)))


Judged = tuple[Verdict, Sequence[JudgedLink], tuple[str, ...]]


def _verdict(
    article: Article,
    mentions: Sequence[Mention],
    links: Sequence[JudgedLink],
    target: Target,
    dead: Collection[str],
) -> Judged:
    inside = [judged for judged in links if judged.link.zone.is_article]
    good = [judged for judged in inside if _misdirection(judged.link, target, dead) is None]
    followed = [judged for judged in good if is_followed(judged)]
    if followed:
        return Verdict.LINKED, followed, (_shown(_nearest(article, mentions, followed)),)
    if good:
        return Verdict.QUALIFIED, good, _why_qualified(article, good)
    if inside:
        why = _misdirection(inside[0].link, target, dead)
        return Verdict.MISDIRECTED, inside, (f"the article links to us, but {why}: {_address(inside[0].link)}",)
    address = address_in_print(article, target)
    if address:
        return Verdict.BARE_URL, (), (f'the article prints our address "{address}" as text, not as a link',)
    if links:
        return Verdict.OUTSIDE, (), (_why_outside(links), *_what_is_no_link(article, target))
    return (
        Verdict.UNLINKED,
        (),
        ("the article names us, and nothing on the page links to us", *_what_is_no_link(article, target)),
    )


def _misdirection(link: Link, target: Target, dead: Collection[str]) -> str | None:
    """Why a link of the article that leads to us is not the right one; None where it is."""
    url = link.effective_url
    if url is None:
        return None
    if is_profile(url, target):
        return "only to our profile at a social network"
    if canonical_url(url) in dead:
        return "to a page of ours that is gone"
    if target.kind is Kind.REPORT and is_home(url, target) and not is_home(target.link_url, target):
        return "to our home page instead of the report"
    return None


def _nearest(article: Article, mentions: Sequence[Mention], links: Sequence[JudgedLink]) -> JudgedLink:
    """The link of `links` that a person should be shown: the one nearest to a mention, the first of several."""

    def rank(judged: JudgedLink) -> int:
        return min(_NEAREST.index(found.distance) for found in judged_mentions(article, mentions, [judged]))

    return min(links[:50], key=rank)


def _how_near(mentions: Sequence[JudgedMention]) -> str:
    nearest = min((judged.distance for judged in mentions), key=_NEAREST.index, default=LinkDistance.NONE)
    return _DISTANCE_WORDS[nearest]


def _why_qualified(article: Article, links: Sequence[JudgedLink]) -> tuple[str, ...]:
    """Rule 4 of the policy: sponsored is said before ugc, ugc before nofollow."""
    worst = next(word for word in QUALIFYING if any(word in judged.rel for judged in links))
    judged = next(judged for judged in links if worst in judged.rel)
    page_wide = not set(judged.link.rel) & set(QUALIFYING)
    if page_wide and article.metadata.robots & {"nofollow", "none"}:
        why = "the page tells search engines to follow none of its links (robots meta tag or X-Robots-Tag)"
    else:
        every = "every link to us" if len(links) > 1 else "the link"
        why = f'{every} is qualified, so it passes no weight: rel="{" ".join(judged.rel)}"'
    return why, _shown(judged)


def _why_outside(links: Sequence[JudgedLink]) -> str:
    zones = {judged.link.zone for judged in links}
    where = "in the comments" if zones == {Zone.COMMENTS} else "in navigation, footer, related links or the like"
    return f"the article names us, but our only link stands outside the article ({where}): {_address(links[0].link)}"


def _what_is_no_link(article: Article, target: Target) -> tuple[str, ...]:
    """What a reader might take for a link to us, and why it is none."""
    notes = []
    archived = only_archived(article, target)
    if archived:
        notes.append(f"a link leads only to an archived copy of our page: {_address(archived)}")
    opaque = [link for link in article.links if link.kind is LinkKind.OPAQUE and link.zone.is_article]
    if opaque:
        count = f"{len(opaque)} links lead" if len(opaque) > 1 else "one link leads"
        notes.append(f"{count} to an address we cannot see from here: {_address(opaque[0])}")
    return tuple(notes)


def _why_not_mentioned(matches: Matches, links: Sequence[JudgedLink]) -> tuple[str, ...]:
    reasons = []
    if matches.mentions:
        zones = {mention.zone for mention in matches.mentions}
        where = (
            "the readers' comments" if zones == {Zone.COMMENTS} else "navigation, related links, credits or the like"
        )
        reasons.append(f"the name stands only in {where}, not in the article")
    if matches.rejected:
        first = matches.rejected[0]
        why = f" ({first.sense.reasons[0]})" if first.sense.reasons else ""
        reasons.append(f'"{first.matched}" seems to mean something else here{why}')
    if not reasons:
        reasons.append("the article does not name us")
    if any(judged.link.zone.is_article for judged in links):
        reasons.append("a link in the article leads to us all the same")
    return tuple(reasons)


def _about_the_names(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """What a person should know about the spelling and the sense before relying on the finding."""
    notes = []
    misspelt = next((m for m in mentions if m.method is Method.FUZZY), None)
    if misspelt and all(m.method is Method.FUZZY for m in mentions):
        notes.append(f'"{misspelt.matched}" is read as a misspelling of "{misspelt.alias}"')
    if all(m.sense.decision is Decision.UNSURE for m in mentions):
        notes.append("it is not sure that we are meant; please look")
    notes += [reason for reason in mentions[0].sense.reasons if reason not in notes]
    return tuple(notes)


def _shown(judged: JudgedLink) -> str:
    link = judged.link
    if link.kind is LinkKind.OPAQUE and not judged.ours:
        return f'a redirector that hides its target carries our name as its label: "{link.anchor}" → {link.url}'
    return f'"{link.anchor}" → {_address(link)}' if link.anchor else f"→ {_address(link)}"


def _address(link: Link) -> str:
    return link.effective_url or link.url or link.href


def _finding(
    article: Article,
    target: Target,
    verdict: Verdict,
    mentions: tuple[JudgedMention, ...],
    links: tuple[JudgedLink, ...],
    reasons: tuple[str, ...],
) -> Finding:
    about = article.metadata
    return Finding(
        url=article.url,
        target=target.name,
        verdict=verdict,
        mentions=mentions,
        links=links,
        reasons=reasons,
        title=about.title,
        author=", ".join(about.authors) or None,
        published=about.published,
        language=about.language,
        canonical=about.canonical,
    )
