"""A publisher whose pages change from day to day, for tests of looking again: a page is what its story says of the day.

    news = Changing()                                            # pages of courier.example, served by hostile_web.Web
    news.page("/a", {0: tale(1, UNLINKED), 5: tale(1, LINKED)})  # what the page is from each day on
    news.page("/b", lambda day: missing() if day > 9 else tale(2, UNLINKED))
    with Web(news.routes) as web:
        config = config_in(tmp_path, web.port)
        await news.night(config, 0)                              # crawl: what the feed announces is found and judged
        await news.night(config, 5, spiders=(RecheckSpider,))    # five days later: what is due is looked at

`night` sets the day and the clock of the run (NOW plus so many days); nothing sleeps and nothing reads the real clock.
A page that is a mapping keeps its answer until the next day that the mapping names.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from mentions.config import Config
from mentions.crawling.publisher_spider import PublisherSpider
from mentions.rechecking.wanted import Wanted
from mentions.store.records import RunSummary
from spiders.recheck import RecheckSpider
from tests.crawling.newsweb import NOW, feed, night
from tests.hostile_web import Answer, Asked, Route

HOST = "courier.example"

Story = Callable[[int], Answer]

_WORDS = (
    "mayor crane quay tide rope ferry pilot buoy anchor winch hull mast keel deck cargo dock pier wharf sluice canal",
    "barge tug diver gull fog lantern harbour sailor net catch market herring",
)


def at(day: float) -> datetime:
    """The moment of that day's run; day 0 is NOW."""
    return NOW + timedelta(days=day)


def tale(number: int, sentence: str) -> Answer:
    """An article that holds this sentence, and is like no other number's: what tells one story is asked about once."""
    words = [f"{word}{number}" for word in " ".join(_WORDS).split()]
    body = " ".join(f"The {a} of the {b} {c} past the {d}." for a, b, c, d in zip(*[iter(words)] * 4, strict=True))
    title = f"Story {number} of the harbour"
    return Answer(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
        <nav><a href="/">Home</a></nav><article><h1>{title}</h1>
        <p>{body}</p><p>{body} {sentence}</p><p>{body}</p></article></body></html>""".encode()
    )


def missing(status: int = 404) -> Answer:
    """No page."""
    return Answer(b"<!doctype html><title>Not found</title><p>There is nothing here.</p>", status)


@dataclass
class Changing:
    """Pages of one site by path, and the day it is there."""

    day: int = 0
    stories: dict[str, Story] = field(default_factory=dict)
    announced: list[str] = field(default_factory=list)

    def page(self, path: str, story: Story | Mapping[int, Answer]) -> str:
        """A page that the feed announces; returns its path."""
        self.stories[path] = story if callable(story) else _by_day(story)
        self.announced.append(path)
        return path

    @property
    def routes(self) -> dict[str, Route]:
        """For Web."""
        return {
            f"{HOST}/feed.xml": lambda _: feed(self.announced),
            f"{HOST}/robots.txt": self._answer,
            f"{HOST}/*": self._answer,
        }

    async def night(
        self,
        config: Config,
        day: float,
        *,
        spiders: Sequence[type[PublisherSpider]] = (RecheckSpider,),
        drafting: bool = False,
        wanted: Wanted | None = None,
    ) -> RunSummary:
        """A run at that day."""
        self.day = int(day)
        return await night(config, spiders=spiders, drafting=drafting, now=at(day), wanted=wanted)

    def _answer(self, asked: Asked) -> Answer:
        """Pages say when they are unchanged, as most sites' do."""
        story = self.stories.get(asked.path)
        if story is None:
            return missing()
        answer = story(self.day)
        if answer.status != 200:
            return answer
        etag = f'"{sha256(answer.body).hexdigest()[:12]}"'
        if asked.headers.get("if-none-match") == etag:
            return Answer(b"", 304, (("ETag", etag),))
        return Answer(answer.body, 200, (*answer.headers, ("ETag", etag)), answer.content_type)


def _by_day(answers: Mapping[int, Answer]) -> Story:
    def story(day: int) -> Answer:
        return answers[max(since for since in answers if since <= day)]

    return story
