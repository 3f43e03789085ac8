"""One page, judged whole: the same small functions that the pipelines of a crawl call one by one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final
from weakref import WeakKeyDictionary

from mentions.asking import NO_RULES, Rules
from mentions.assessments import Level
from mentions.exceptions import UnparsablePage
from mentions.extraction import decode, read_article, read_article_if
from mentions.extraction.article import Article
from mentions.findings import Finding
from mentions.matching import Watchlist, match_article
from mentions.matching.mention import Matches
from mentions.missing_pages import says_missing
from mentions.opportunities import Assessment, assess, one_per_article
from mentions.outreach.contacts import PageContacts, Subject
from mentions.owners import Owners
from mentions.pages import Page, PageState
from mentions.publishers import Publisher
from mentions.resolving import with_resolved
from mentions.signs import Signs
from mentions.statuses import state_of_status
from mentions.targets import Target
from mentions.verdicts import hidden_text, judge, own_page, unknown

_NOTHING_RESOLVED: Final[Mapping[str, str]] = MappingProxyType({})


class _Index:
    """What is looked up for every page, made once a watchlist."""

    def __init__(self, targets: Iterable[Target]) -> None:
        targets = tuple(targets)
        self.owners = Owners(targets)
        self.place = {target.name: (place, target) for place, target in enumerate(targets)}


_indexes: Final[WeakKeyDictionary[Watchlist, _Index]] = WeakKeyDictionary()


def _index(watchlist: Watchlist) -> _Index:
    index = _indexes.get(watchlist)
    if index is None:
        index = _indexes[watchlist] = _Index(watchlist.targets)
    return index


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a page is worth to us. `reason` says why `state` is not live; `early`: it cannot hold a name of ours."""

    page: Page
    article: Article | None
    findings: tuple[tuple[Finding, Assessment], ...]
    state: PageState
    reason: str | None = None
    early: bool = False
    signs: Signs | None = None  # None: nobody asked for them (a crawl does), or the article was not read whole
    published: tuple[PageContacts, Subject] | None = None  # whom the page shows; None: nobody asked for it either
    unnamed: tuple[Finding, ...] = ()  # targets that were expected and are not named, with the links that are left

    @property
    def worth_asking(self) -> bool:
        """Is there a finding that somebody may be asked about?"""
        return any(assessment.level is not Level.SKIP for _, assessment in self.findings)


def analyse(
    page: Page,
    watchlist: Watchlist,
    *,
    now: datetime,
    publisher: Publisher | None = None,
    resolved: Mapping[str, str] = _NOTHING_RESOLVED,
    dead: Collection[str] = frozenset(),
    rules: Rules = NO_RULES,
    expected: Collection[str] = (),
) -> Analysis:
    """Judges every target that a page names, and says what state the page is in. Never raises on a page's content.

    What a crawl knows besides, and a saved page does not: `resolved`, where opaque links lead, by their URL; `dead`,
    the canonical URLs of our own pages that are gone; `expected`, the names of targets that the page named before, so
    that it is read whole whether it still names them or not.
    """
    state, reason = state_of_page(page)
    article, matches, early = None, Matches(), False
    if reason is None and not expected and not watchlist.may_mention(page.body):
        if not owners_of(page.url, watchlist):  # nearly every page of an archive: nothing is left to conclude
            return Analysis(page, None, (), state, early=True)
        early = True
    elif reason is None:
        try:
            article = read_article(page) if expected else read_article_if(page, watchlist.candidates)
            if article is None:
                early = True
            else:
                article = with_resolved(article, resolved)
                matches = match_article(article, watchlist)
        except UnparsablePage as error:
            state, reason = PageState.UNPARSABLE, str(error)
    analysis = concluded(
        page,
        article,
        matches,
        watchlist,
        state=state,
        reason=reason,
        now=now,
        publisher=publisher,
        dead=dead,
        rules=rules,
        expected=expected,
    )
    return replace(analysis, early=early)


def leaves_early(page: Page, watchlist: Watchlist) -> bool:
    """Is there surely nothing to judge: the page can be read, holds no name of ours, and is not ours either?"""
    readable = state_of_page(page)[1] is None
    return readable and not watchlist.may_mention(page.body) and not owners_of(page.url, watchlist)


def concluded(
    page: Page,
    article: Article | None,
    matches: Matches,
    watchlist: Watchlist,
    *,
    state: PageState,
    reason: str | None,
    now: datetime,
    publisher: Publisher | None,
    dead: Collection[str] = frozenset(),
    rules: Rules = NO_RULES,
    expected: Collection[str] = (),
) -> Analysis:
    """The last step, once a page was read and its names found: verdicts, priorities, and the state of the page.

    `article` is None where the page was not read; `reason` then says why, or is None where it holds no name of ours.
    `expected` as for `analyse`: where none of them is named any more, the page may only look as if it were there.
    """
    own = tuple(own_page(page.url, target) for target in owners_of(page.url, watchlist))
    if article is None:
        findings = (*own, *_unknown(page, watchlist, own, reason)) if reason else own
        return Analysis(page, None, _assessed(findings, watchlist, now, publisher, None, rules), state, reason)
    hidden = hidden_text(article)
    if hidden:
        state, reason = (PageState.PAYWALLED if article.metadata.paywalled else PageState.UNPARSABLE), hidden
    findings = (*own, *judged_targets(article, matches, watchlist, own, dead=dead))
    unnamed = _unnamed(article, watchlist, expected, findings) if reason is None else ()
    if unnamed and not findings and says_missing(article):
        return Analysis(page, None, (), PageState.SOFT_404, "the site shows an error page in place of the article")
    answers = _assessed(findings, watchlist, now, publisher, article, rules)
    return Analysis(page, article, answers, state, reason, unnamed=unnamed)


def _unnamed(
    article: Article, watchlist: Watchlist, expected: Collection[str], findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """What the article does for targets that it named before and names no more: a link may be left."""
    if not expected:  # as on every page but those that a crawl looks at again
        return ()
    gone = (set(expected) & _index(watchlist).place.keys()) - {finding.target for finding in findings}
    return tuple(judge(article, Matches(), target) for target in _in_order(gone, watchlist))


def judged_targets(
    article: Article,
    matches: Matches,
    watchlist: Watchlist,
    own: tuple[Finding, ...] = (),
    *,
    dead: Collection[str] = frozenset(),
) -> tuple[Finding, ...]:
    """A finding for every target with a candidate on the page, but those of `own`, in the order of the watchlist."""
    named = {mention.target for mention in (*matches.mentions, *matches.rejected)} - {f.target for f in own}
    return tuple(
        judge(article, matches.of(target.name), target, dead=dead)
        for target in _in_order(named, watchlist)
        if target.name in named
    )


def owners_of(url: str, watchlist: Watchlist) -> tuple[Target, ...]:
    """The targets on whose own domains a page stands."""
    return _index(watchlist).owners.of(url)


def state_of_page(page: Page) -> tuple[PageState, str | None]:
    """What status and size say of a page before anyone reads it; (live, None) where there is something to read."""
    if page.unrendered:
        return PageState.ERROR, page.unrendered
    state, reason = state_of_status(page.status)
    if reason is None and not (page.body[:1000].strip() or page.body.strip()):  # large bodies are not copied
        return PageState.UNPARSABLE, "the page is empty"
    return state, reason


def _unknown(page: Page, watchlist: Watchlist, own: tuple[Finding, ...], reason: str) -> tuple[Finding, ...]:
    """Unknown for the targets whose names stand in the raw bytes: a page we cannot read is never read as "no link"."""
    if not watchlist.may_mention(page.body):
        return ()
    named = {candidate.target for candidate in watchlist.candidates(decode(page.body, None))}
    named -= {finding.target for finding in own}
    return tuple(unknown(page.url, target, reason) for target in _in_order(named, watchlist))


def _in_order(named: Iterable[str], watchlist: Watchlist) -> list[Target]:
    """The targets of these names, in the order of the watchlist."""
    place = _index(watchlist).place
    return [target for _, target in sorted((place[name] for name in named), key=lambda entry: entry[0])]


def _assessed(
    findings: tuple[Finding, ...],
    watchlist: Watchlist,
    now: datetime,
    publisher: Publisher | None,
    article: Article | None,
    rules: Rules,
) -> tuple[tuple[Finding, Assessment], ...]:
    place = _index(watchlist).place
    assessed = []
    for finding in findings:
        target = place[finding.target][1]
        answer = assess(finding, target, now=now, publisher=publisher, article=article, rules=rules)
        assessed.append((replace(finding, priority=answer.priority), answer))
    return one_per_article(assessed)
