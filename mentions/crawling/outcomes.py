"""From a look at a page to the rows that remember it. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from mentions.analysis import Analysis
from mentions.crawling.failures import Trouble
from mentions.extraction.article import Metadata
from mentions.findings import Verdict
from mentions.missing_pages import leads_back
from mentions.pages import Page, PageState
from mentions.store.keys import page_key
from mentions.store.records import PageOutcome, WaitingPage
from mentions.urls import canonical_url

# Verdicts that prove nothing about the text of a page; for all others the text is kept as evidence.
_NO_EVIDENCE = frozenset({Verdict.NOT_MENTIONED, Verdict.UNKNOWN, Verdict.OWN_PAGE})
_DIGEST_LETTERS = 32  # of 64: 128 bits


def outcomes_of(
    asked: WaitingPage, analysis: Analysis, *, looked_at: datetime, publisher_of: Callable[[str], str]
) -> tuple[PageOutcome, ...]:
    """What came of a page that was fetched.

    A page that led to another one has two rows: the address asked for is `redirected`, and what was read belongs to
    the address it led to, whose publisher `publisher_of` names.
    """
    page = analysis.page
    key = canonical_url(page.url)
    if asked.expected and leads_back(asked.url, page.url):
        return (_led_back(asked, page, looked_at),)
    judged = _judged(key, analysis, looked_at=looked_at, publisher=publisher_of(page.url))
    if page_key(key) == asked.key:
        return (judged,)
    redirected = replace(
        _outcome(asked, PageState.REDIRECTED, looked_at),
        final_url=page.url,
        http_status=page.status,
        reason=f"leads to {page.url}",
        there=judged,
    )
    return (redirected, judged)


def _led_back(asked: WaitingPage, page: Page, looked_at: datetime) -> PageOutcome:
    """An article whose address leads to the front page is not there any more, whatever its server calls it."""
    return replace(
        _outcome(asked, PageState.SOFT_404, looked_at),
        final_url=page.url,
        http_status=page.status,
        reason=f"its address leads back to {page.url}",
    )


def outcomes_of_copy(asked: WaitingPage, page: Page, original: str, *, looked_at: datetime) -> tuple[PageOutcome, ...]:
    """What came of a page that says it is a copy of `original`, which has the findings: it leads there.

    Two rows where the address asked for led to the copy.
    """
    keys = dict.fromkeys((asked.key, page_key(canonical_url(page.url))))
    return tuple(
        PageOutcome(
            key=key,
            url=asked.url if key == asked.key else page.url,
            publisher=asked.publisher,
            state=PageState.REDIRECTED,
            looked_at=looked_at,
            final_url=original,
            http_status=page.status,
            reason=f"a copy of {original}, as the page itself says",
        )
        for key in keys
    )


def outcome_of_trouble(asked: WaitingPage, trouble: Trouble, *, looked_at: datetime) -> PageOutcome:
    """What came of a page that could not be fetched."""
    return replace(_outcome(asked, trouble.state, looked_at), http_status=trouble.http_status, reason=trouble.reason)


def outcome_unchanged(asked: WaitingPage, http_status: int, *, looked_at: datetime) -> PageOutcome:
    """A known page is as it was, by its word (304) or its bytes: what is known stays, and when it was last seen."""
    return replace(_outcome(asked, PageState.LIVE, looked_at), http_status=http_status, unchanged=True)


def outcome_of_mistake(asked: WaitingPage, error: BaseException | None, *, looked_at: datetime) -> PageOutcome:
    """What came of a page on which our own code failed: looked at again on the next nights, in case we mend it."""
    reason = f"a mistake of ours: {kind_of(error)}" if error else "a mistake of ours"
    return replace(_outcome(asked, PageState.ERROR, looked_at), reason=reason)


def _outcome(asked: WaitingPage, state: PageState, looked_at: datetime) -> PageOutcome:
    """The row of the address that was asked for."""
    return PageOutcome(key=asked.key, url=asked.url, publisher=asked.publisher, state=state, looked_at=looked_at)


def kind_of(error: BaseException) -> str:
    """The name of an error, of one that happened in another process too."""
    return str(getattr(error, "kind", None) or type(error).__name__)


def _judged(key: str, analysis: Analysis, *, looked_at: datetime, publisher: str) -> PageOutcome:
    page, article = analysis.page, analysis.article
    said = article.metadata if article else Metadata()
    evidence = any(finding.verdict not in _NO_EVIDENCE for finding, _ in analysis.findings)
    return PageOutcome(
        key=key,
        url=page.url,
        publisher=publisher,
        state=analysis.state,
        looked_at=looked_at,
        final_url=page.url,
        http_status=page.status,
        reason=analysis.reason,
        etag=page.headers.get("etag"),
        last_modified=page.headers.get("last-modified"),
        content_hash=content_hash(page.body),
        body_bytes=len(page.body),
        title=said.title,
        author=", ".join(said.authors) or None,  # who is greeted must know that there are two
        published=said.published,
        language=said.language,
        site_name=said.site_name,
        text=article.text if article and evidence else None,
        findings=analysis.findings,
        signs=analysis.signs,
        noindex=bool(said.robots & {"noindex", "none"}),
        unnamed=analysis.unnamed,
        rest=article.text if article and analysis.unnamed and not evidence else None,
    )


def content_hash(body: bytes) -> str:
    """A short digest of a page as it came. Equal: nothing has changed, neither a word nor a link.

    Not of its text: a link may come where every word stays.
    """
    # Processors have instructions for SHA-256: 40 µs for 70 KB, where BLAKE2 takes 75.
    return sha256(body).hexdigest()[:_DIGEST_LETTERS]
