"""Links whose address hides where they lead, once somebody has looked: which they are, and the article that knows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mentions.extraction.article import Article, Link
from mentions.findings import Finding, Verdict
from mentions.links import LinkKind, read_href

# Verdicts that no link can change: the page is ours, or it does not name us, or nobody could read it.
_SETTLED = frozenset({Verdict.OWN_PAGE, Verdict.UNKNOWN, Verdict.NOT_MENTIONED})


def with_resolved(article: Article, resolved: Mapping[str, str]) -> Article:
    """The article in which every opaque link whose URL is in `resolved` leads where it was seen to lead.

    What it leads to is read as any link is: a share button behind a shortener is still no link to us.
    """
    if not resolved or not any(link.url in resolved for link in article.links):
        return article
    return replace(article, links=tuple(_resolved(link, resolved) for link in article.links))


def _resolved(link: Link, resolved: Mapping[str, str]) -> Link:
    target = resolved.get(link.url or "") if link.kind is LinkKind.OPAQUE else None
    if target is None:
        return link
    found = read_href(target, target)
    if found.kind is LinkKind.OPAQUE:  # it ended at another redirector that would not let us on
        return link
    return replace(link, effective_url=found.effective_url, kind=found.kind)


def worth_resolving(links: Sequence[Link], findings: Sequence[Finding]) -> tuple[str, ...]:
    """The addresses to look behind: opaque links in an article that names us and holds no link that proves itself.

    A link that is only believed because it is labelled with our name proves nothing yet. In page order, none twice.
    """
    if not any(_open(finding) for finding in findings):
        return ()
    urls = (link.url for link in links if link.kind is LinkKind.OPAQUE and link.zone.is_article and not link.hidden)
    return tuple(dict.fromkeys(url for url in urls if url))


def _open(finding: Finding) -> bool:
    if finding.verdict in _SETTLED:
        return False
    proven = any(judged.ours and judged.link.kind is not LinkKind.OPAQUE for judged in finding.links)
    return not (finding.verdict is Verdict.LINKED and proven)


def linked_pages_of_ours(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The addresses of ours that articles link to, as they are followed; in page order, none twice."""
    urls = (
        judged.link.effective_url
        for finding in findings
        if finding.verdict not in _SETTLED
        for judged in finding.links
        if judged.ours and judged.link.zone.is_article
    )
    return tuple(dict.fromkeys(url for url in urls if url))
