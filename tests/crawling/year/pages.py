"""What an article of the year may be on a day, by the word that plot.toml uses for it."""

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tests.hostile_web import Answer, Asked

OURS: Final = "acme.example"
NAME: Final = "Acme Robotics"
SHORTENER: Final = "bit.ly"
MOVED: Final = "-moved"  # ends the new address of an article that moved
_WORDS: Final = (
    "mayor crane quay tide rope ferry pilot buoy anchor winch hull mast keel deck cargo dock pier wharf sluice canal "
    "barge tug diver gull fog lantern harbour sailor net catch market herring"
)
_PAYWALL: Final = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'

Shown = Callable[["Article"], Answer]


class Article:
    """One article: `number` gives it a text like no other's, `port` is where our own pages are served."""

    def __init__(self, number: int, port: int, asked: Asked) -> None:
        self.number, self.port, self.asked = number, port, asked

    @property
    def title(self) -> str:
        """The headline."""
        return f"{self.asked.path.rpartition('/')[2].replace('-', ' ').capitalize()} at harbour {self.number}"

    def ours(self, path: str = "/") -> str:
        """An address of ours."""
        return f"http://{OURS}:{self.port}{path}"

    def page(
        self, sentence: str, *, number: int | None = None, head: str = "", nav: str = "", after: str = ""
    ) -> Answer:
        """The article with this sentence in its middle."""
        words = [f"{word}{self.number if number is None else number}" for word in _WORDS.split()]
        told = " ".join(f"The {a} of the {b} {c} past the {d}." for a, b, c, d in zip(*[iter(words)] * 4, strict=True))
        return Answer(
            f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{self.title}</title>{head}</head>
            <body><nav><a href="/">Home</a> {nav}</nav><article><h1>{self.title}</h1>
            <p>{told}</p><p>{told} {sentence}</p><p>{told}</p></article>{after}</body></html>""".encode()
        )

    def unlinked(self, *, nav: str = "", after: str = "") -> Answer:
        """It names us and does not link."""
        said = f"Much of the heavy lifting is done by machines from {NAME}, the foreman said."
        return self.page(said, nav=nav, after=after)

    def linked(self, path: str = "/", rel: str = "", head: str = "") -> Answer:
        """It names us, and the name is a link to a page of ours."""
        marked = f' rel="{rel}"' if rel else ""
        link = f'<a href="{self.ours(path)}"{marked}>{NAME}</a>'
        return self.page(f"The machines come from {link}, the foreman said.", head=head)


def _comments(article: Article) -> Answer:
    comment = f'<p>Look at <a href="{article.ours()}" rel="ugc">{NAME}</a> for these.</p>'
    return article.unlinked(after=f'<section id="comments" class="comments"><h2>Comments</h2>{comment}</section>')


def _paywall(article: Article) -> Answer:
    title = article.title
    return Answer(
        f"<!doctype html><title>{title}</title>{_PAYWALL}<article><h1>{title}</h1><p>The harbour …</p>".encode()
    )


def _silent(_: Article) -> Answer:
    """Headers, and then nothing for longer than any crawl waits; ends when the web does."""

    def never() -> Iterator[bytes]:
        threading.Event().wait(600)
        yield b""

    return Answer(chunks=never())


SHOWN: Final[Mapping[str, Shown]] = {
    "unlinked": lambda article: article.unlinked(),
    "linked": lambda article: article.linked(),
    "nofollow": lambda article: article.linked(rel="nofollow"),
    "sponsored": lambda article: article.linked(rel="sponsored"),
    "careers": lambda article: article.linked("/careers"),
    "report": lambda article: article.linked("/lift-report"),
    "old address": lambda article: article.linked("/old"),
    "shortener": lambda article: article.page(
        f'The machines come from <a href="http://{SHORTENER}:{article.port}/acme">{NAME}</a>, the foreman said.'
    ),
    "moved": lambda article: Answer(b"", 301, (("Location", f"{article.asked.path}{MOVED}"),)),
    "noindex": lambda article: article.linked(head='<meta name="robots" content="noindex">'),
    "canonical": lambda article: article.linked(
        head=f'<link rel="canonical" href="http://wire.example:{article.port}/the-same-story">'
    ),
    "comments": _comments,
    "navigation": lambda article: article.unlinked(nav=f'<a href="{article.ours()}">{NAME}</a>'),
    "nameless": lambda article: article.page("Much of the heavy lifting is done by machines, the foreman said."),
    "rewritten": lambda article: article.page("Nothing is as it was.", number=article.number + 500),
    "link only": lambda article: article.page(f'The machines come from <a href="{article.ours()}">this maker</a>.'),
    "paywall": _paywall,
    "soft 404": lambda _: Answer(b"<!doctype html><title>Page not found - Courier</title><h1>Oops</h1><p>Gone.</p>"),
    "to the front": lambda _: Answer(b"", 302, (("Location", "/"),)),
    "404": lambda _: Answer(b"<!doctype html><title>Not found</title><p>There is nothing here.</p>", 404),
    "410": lambda _: Answer(b"<!doctype html><title>Gone</title><p>Taken down.</p>", 410),
    "403": lambda _: Answer(b"no", 403),
    "500": lambda _: Answer(b"oops", 500),
    "silent": _silent,
}
