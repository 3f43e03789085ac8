"""What each part of the engine brings: the labelled pages judged again with one part taken away at a time."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from benchmarks.judged import Said, Split, engine, labels_said
from benchmarks.scoring import Score, as_label, score
from mentions.extraction import read_article
from mentions.extraction.article import Article, Link, Zone
from mentions.links import LinkKind
from mentions.matching import match_article
from mentions.matching.mention import Matches, Method
from mentions.verdicts import judge

Change = Callable[[Article, Matches], tuple[Article, Matches]]


def _without_zones(article: Article, matches: Matches) -> tuple[Article, Matches]:
    changed = replace(
        article,
        blocks=tuple(replace(block, zone=Zone.BODY) for block in article.blocks),
        links=tuple(replace(link, zone=Zone.BODY) for link in article.links),
    )
    mentions = tuple(replace(mention, zone=Zone.BODY) for mention in matches.mentions)
    return changed, Matches(mentions, matches.rejected)


def _without_senses(article: Article, matches: Matches) -> tuple[Article, Matches]:
    return article, Matches((*matches.mentions, *matches.rejected))


def _only(methods: set[Method], article: Article, matches: Matches) -> tuple[Article, Matches]:
    return article, Matches(tuple(m for m in matches.mentions if m.method in methods), matches.rejected)


def _changed_links(
    change: Callable[[Link], Link | None], article: Article, matches: Matches
) -> tuple[Article, Matches]:
    return replace(article, links=tuple(kept for link in article.links if (kept := change(link)))), matches


def _not_unwrapped(link: Link) -> Link:
    return replace(link, effective_url=link.url) if link.kind is LinkKind.WEB else link


def _share_is_link(link: Link) -> Link:
    return replace(link, kind=LinkKind.WEB, effective_url=link.url) if link.kind is LinkKind.SHARE else link


_ABLATIONS: Final[Mapping[str, Change]] = {
    "zones (everything is article)": _without_zones,
    "senses (every spelling is us)": _without_senses,
    "misspellings": partial(_only, {Method.EXACT, Method.VARIANT}),
    "ordinary variants and misspellings": partial(_only, {Method.EXACT}),
    "unwrapping of redirectors": partial(_changed_links, _not_unwrapped),
    "share buttons told from links": partial(_changed_links, _share_is_link),
    "labels of opaque redirectors": partial(_changed_links, lambda k: None if k.kind is LinkKind.OPAQUE else k),
}


def ablations(split: Split) -> dict[str, Score]:
    """The score of the split without each part."""
    read = []
    for page in split.pages:
        if split.watchlist.may_mention(page.body):
            article = read_article(page)
            read.append((article, match_article(article, split.watchlist)))
    whole = labels_said(engine(split)[0])
    own = {pair: label for pair, label in whole.items() if label == "own_site"}
    by_name = {target.name: target for target in split.watchlist.targets}
    scores = {}
    for name, change in _ABLATIONS.items():
        said: Said = {}
        for article, matches in read:
            changed, kept = change(article, matches)
            for target in {mention.target for mention in (*kept.mentions, *kept.rejected)}:
                said[article.url, target] = as_label(judge(changed, kept.of(target), by_name[target]))
        scores[name] = score(split.labels, said | own)
    return scores
