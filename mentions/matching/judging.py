"""Article → Matches: every candidate with its zone, its sentence and its sense."""

from collections import defaultdict
from collections.abc import Mapping

from mentions.extraction.article import Article
from mentions.matching.lessons import Lesson
from mentions.matching.mention import Candidate, Decision, Matches, Mention, Sense
from mentions.matching.senses import Weights, senses_of
from mentions.matching.sentences import sentence_span
from mentions.matching.surroundings import PageView
from mentions.matching.watchlist import Watchlist


def match_article(
    article: Article,
    watchlist: Watchlist,
    lessons: Mapping[str, Lesson] | None = None,
    *,
    weights: Weights | None = None,
) -> Matches:
    """Every candidate of the article in page order: mentions (us, or unsure), and those that mean something else.

    `lessons` is what a person's answers taught, by target (see `feedback.learn`); by default those of the watchlist.
    `weights` replaces the packaged weights: for measuring what was learnt without some pages.
    """
    by_target: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in watchlist.candidates(article.text):
        by_target[candidate.target].append(candidate)
    view = PageView(article)
    known = watchlist.lessons if lessons is None else lessons
    found = [
        _mention(article, candidate, sense)
        for target, candidates in by_target.items()
        for candidate, sense in zip(
            candidates,
            senses_of(
                view,
                candidates,
                watchlist.profile(target),
                lesson=known.get(target),
                weights=weights,
            ),
            strict=True,
        )
    ]
    found.sort(key=lambda mention: (mention.start, mention.end, mention.target))
    return Matches(
        mentions=tuple(mention for mention in found if mention.sense.decision is not Decision.NOT_US),
        rejected=tuple(mention for mention in found if mention.sense.decision is Decision.NOT_US),
    )


def _mention(article: Article, candidate: Candidate, sense: Sense) -> Mention:
    block = article.block_at(candidate.start)
    first, last = sentence_span(article.text, candidate.start, candidate.end, block.start, block.end)
    return Mention(
        target=candidate.target,
        alias=candidate.alias,
        matched=article.text[candidate.start : candidate.end],
        start=candidate.start,
        end=candidate.end,
        zone=block.zone,
        sentence=article.text[first:last],
        similarity=candidate.similarity,
        method=candidate.method,
        sense=sense,
    )
