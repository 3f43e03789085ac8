"""The process that reads pages: questions come in on standard input, answers go out on standard output, one by one.

A process of its own, because reading a page that names us costs ten times as much as fetching it, and because the
parser meets bytes that anybody may have written: should it hang or crash, the crawl loses one page and goes on.
Both ends are ours and the pipe has no name, so pickles are safe here.
"""

import os
import pickle
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO, Final

from mentions.analysis import Analysis, analyse, concluded
from mentions.extraction.article import Article
from mentions.links import LinkKind
from mentions.matching import Watchlist
from mentions.matching.mention import Matches
from mentions.pages import Page, PageState
from mentions.publishers import Publisher

MAX_MEMORY_BYTES: Final = 2 * 1024**3  # of address space; a page that needs more is not read
_NO_PAGE: Final = Page("", b"")  # goes back in place of the page: whoever asked has it


@dataclass(frozen=True, slots=True)
class Question:
    """A page to judge. `unreadable` says why it must not be parsed (again); None: it may be."""

    page: Page
    publisher: Publisher | None
    now: datetime
    unreadable: str | None = None
    resolved: Mapping[str, str] = field(default_factory=dict)  # where opaque links lead, by their URL
    dead: frozenset[str] = frozenset()  # canonical URLs of our own pages that are gone


@dataclass(frozen=True, slots=True)
class Stumbled:
    """Our own code failed on a page: the name of the error, and what it said."""

    kind: str
    said: str


def answer(question: Question, watchlist: Watchlist) -> Analysis | Stumbled:
    """What `analysis.analyse` says of the page, without what the crawl does not need. Never raises."""
    try:
        return _lighter(_judged(question, watchlist))
    except MemoryError:
        reason = "reading the page takes too much memory"
        if question.unreadable:
            return Analysis(_NO_PAGE, None, (), PageState.UNPARSABLE, reason)
        return answer(replace(question, unreadable=reason), watchlist)
    except Exception as error:  # noqa: BLE001  # one page on which our code fails must not end the night
        return Stumbled(type(error).__name__, str(error))


def _judged(question: Question, watchlist: Watchlist) -> Analysis:
    page, publisher, now = question.page, question.publisher, question.now
    if question.unreadable is None:
        return analyse(page, watchlist, now=now, publisher=publisher, resolved=question.resolved, dead=question.dead)
    return concluded(
        page,
        None,
        Matches(),
        watchlist,
        state=PageState.UNPARSABLE,
        reason=question.unreadable,
        now=now,
        publisher=publisher,
    )


def _lighter(analysis: Analysis) -> Analysis:
    """Without the page's bytes and the article's blocks: to send them back costs more than to fetch the page did."""
    article = analysis.article
    return replace(analysis, page=_NO_PAGE, article=_lighter_article(article) if article else None)


def _lighter_article(article: Article) -> Article:
    """Metadata, text, and those links of which only their owner knows where they lead."""
    opaque = tuple(link for link in article.links if link.kind is LinkKind.OPAQUE and link.zone.is_article)
    return replace(article, blocks=(), links=opaque)


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answers until there are no more questions. First the watchlist comes, and a word goes back that it is there."""
    watchlist: Watchlist = pickle.load(questions)  # noqa: S301  # from the process that started us
    pickle.dump("ready", answers)
    answers.flush()
    while True:
        try:
            question: Question = pickle.load(questions)  # noqa: S301  # likewise
        except EOFError:
            return
        pickle.dump(answer(question, watchlist), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def main() -> None:
    """Serves standard input and output. What anyone prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Ctrl-C reaches every process of the terminal; the crawl ends in order, and its pipe then ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, answers)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
