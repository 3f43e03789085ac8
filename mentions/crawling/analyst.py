"""The process that reads pages: steps come in on standard input, answers go out on standard output, one by one.

A process of its own, because reading a page that names us costs ten times as much as fetching it, and because the
parser meets bytes that anybody may have written: should it hang or crash, the crawl loses one page and goes on.
An article stays here from step to step; to send it back and forth would cost more than to fetch its page did.
Both ends are ours and the pipe has no name, so pickles are safe here.
"""

import os
import pickle
import signal
import sys
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from mentions.analysis import Analysis, analyse, concluded, state_of_page
from mentions.asking import NO_RULES, Rules
from mentions.exceptions import UnparsablePage
from mentions.extraction import read_article, read_article_if
from mentions.extraction.article import Article
from mentions.links import LinkKind
from mentions.matching import Watchlist, match_article
from mentions.matching.mention import Matches
from mentions.outreach.contacts import Lead, PageContacts, Subject
from mentions.outreach.contacts.reading import contacts_of, read_contacts
from mentions.pages import Page, PageState
from mentions.publishers import Publisher
from mentions.signs import signs_of

MAX_MEMORY_BYTES: Final = 2 * 1024**3  # of address space; a page that needs more is not read
MOST_OPEN: Final = 200  # pages between two steps; the oldest is forgotten, and judged from the start when it comes up
_NO_PAGE: Final = Page("", b"")  # goes back in place of the page: whoever asked has it


@dataclass(frozen=True, slots=True)
class Stumbled:
    """Our own code failed on a page: the name of the error, and what it said."""

    kind: str
    said: str


class Answer:
    """Answers that are no analysis."""

    DONE = "done"
    NOT_OPEN = "not open"  # the page of this number is not here (any more)
    EXHAUSTED = "exhausted"  # the page takes too much memory


@dataclass(slots=True)
class _Open:
    """A page between two steps."""

    page: Page
    state: PageState
    reason: str | None
    expected: tuple[str, ...]
    article: Article | None = None
    matches: Matches = field(default_factory=Matches)


class Desk:
    """Takes pages through the steps of `analysis.analyse` one by one. The pages are known by numbers of the caller."""

    def __init__(self, watchlist: Watchlist, rules: Rules = NO_RULES) -> None:
        self._watchlist, self._rules = watchlist, rules
        self._ours = frozenset(domain for target in watchlist.targets for domain in target.domains)
        self._open: OrderedDict[int, _Open] = OrderedDict()

    def answer(self, step: str, *given: Any) -> Any:
        """What the step of that name returns; one of `Answer` or Stumbled where it cannot. Never raises."""
        try:
            return getattr(self, step)(*given)
        except MemoryError:
            return Answer.EXHAUSTED
        except Exception as error:  # noqa: BLE001  # one page on which our code fails must not end the night
            return Stumbled(type(error).__name__, str(error))

    def read(self, number: int, page: Page, expected: tuple[str, ...] = ()) -> str:
        """Reads the article, where the page may hold a name of ours, or named targets (`expected`) before."""
        opened = self._open[number] = _Open(page, *state_of_page(page), expected)
        if len(self._open) > MOST_OPEN:
            self._open.popitem(last=False)
        if opened.reason is None and (expected or self._watchlist.may_mention(page.body)):
            try:
                opened.article = read_article(page) if expected else read_article_if(page, self._watchlist.candidates)
            except UnparsablePage as error:
                opened.state, opened.reason = PageState.UNPARSABLE, str(error)
        return Answer.DONE

    def match(self, number: int) -> str:
        """Finds our names in the article."""
        opened = self._open.get(number)
        if opened is None:
            return Answer.NOT_OPEN
        if opened.article is not None:
            opened.matches = match_article(opened.article, self._watchlist)
        return Answer.DONE

    def judge(self, number: int, publisher: Publisher | None, now: datetime) -> Analysis | str:
        """The analysis; the page is forgotten."""
        opened = self._open.pop(number, None)
        if opened is None:
            return Answer.NOT_OPEN
        analysis = concluded(
            opened.page,
            opened.article,
            opened.matches,
            self._watchlist,
            state=opened.state,
            reason=opened.reason,
            now=now,
            publisher=publisher,
            rules=self._rules,
            expected=opened.expected,
        )
        return _lighter(self._with_contacts(analysis, publisher))

    def analyse(
        self,
        page: Page,
        publisher: Publisher | None,
        now: datetime,
        resolved: Mapping[str, str] = MappingProxyType({}),
        dead: frozenset[str] = frozenset(),
        expected: tuple[str, ...] = (),
    ) -> Analysis:
        """All steps at once."""
        analysis = analyse(
            page,
            self._watchlist,
            now=now,
            publisher=publisher,
            resolved=resolved,
            dead=dead,
            rules=self._rules,
            expected=expected,
        )
        return _lighter(self._with_contacts(analysis, publisher))

    def _with_contacts(self, analysis: Analysis, publisher: Publisher | None) -> Analysis:
        """With whom the page publishes, where somebody may be asked: now, because the article is at hand."""
        if analysis.article is None or not analysis.worth_asking:
            return analysis
        return replace(analysis, published=contacts_of(analysis.article, ours=self._ours, publisher=publisher))

    def contacts(self, page: Page, publisher: Publisher | None, lead: Lead | None) -> tuple[PageContacts, Subject]:
        """Who may be written to, by what the page publishes; nobody where it cannot be read."""
        try:
            return read_contacts(page, ours=self._ours, publisher=publisher, lead=lead)
        except UnparsablePage:
            return PageContacts(), Subject(page.url, None)

    def give_up(self, page: Page, reason: str, publisher: Publisher | None, now: datetime) -> Analysis:
        """What can be said of a page that must not be read: unknown for every target whose name stands in its bytes."""
        return _lighter(
            concluded(
                page,
                None,
                Matches(),
                self._watchlist,
                state=PageState.UNPARSABLE,
                reason=reason,
                now=now,
                publisher=publisher,
                rules=self._rules,
            )
        )


def _lighter(analysis: Analysis) -> Analysis:
    """With the signs of the article; without the page, the blocks, and all links but those that hide their target."""
    article, signs = analysis.article, None
    if article is not None:
        if analysis.reason is None:
            signs = signs_of(article, [finding for finding, _ in analysis.findings])
        opaque = tuple(link for link in article.links if link.kind is LinkKind.OPAQUE and link.zone.is_article)
        article = replace(article, blocks=(), links=opaque)
    return replace(analysis, page=_NO_PAGE, article=article, signs=signs)


def serve(steps: BinaryIO, answers: BinaryIO) -> None:
    """Answers until there are no more steps. First watchlist and rules come; a word goes back that they are there."""
    packed: tuple[Watchlist, Rules] = pickle.load(steps)  # noqa: S301  # from the process that started us
    desk = Desk(*packed)
    said: Any = Answer.DONE
    while True:
        pickle.dump(said, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
        try:
            step = pickle.load(steps)  # noqa: S301  # likewise
        except EOFError:
            return
        said = desk.answer(*step)


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
