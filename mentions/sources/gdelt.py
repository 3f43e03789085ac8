"""GDELT's index of the world's news (DOC 2.0 API): a query from a target's names, and the list it answers with.

https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/ describes the parameters. What it does not say: a query may have
about 250 characters, names in OR must stand in parentheses, and refusals are plain text, often with status 200.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from mentions.exceptions import SourceError
from mentions.sources.announced import Announced, first_of_each, plain_title, web_address

MAX_QUERY = 240  # characters; longer ones are refused ("Your query was too short or too long.")
MAX_QUERIES = 6  # of one target and night: its rate is one request in five seconds
MAX_RECORDS = 250  # the API's own limit
MAX_DAYS_BACK = 90  # "a rolling window of the last 3 months"
SHORTEST_NAME = 4  # characters; it refuses shorter phrases ("The specified phrase is too short.")

_OVERLAP = timedelta(hours=2)  # an article enters the index some while after the site was seen
_STAMP = "%Y%m%d%H%M%S"
_NOT_A_QUERY = re.compile(r"[\"()<>:~*\\]")  # letters that are operators of its query language


def query_for(names: Iterable[str], *, languages: Sequence[str] = (), countries: Sequence[str] = ()) -> list[str]:
    """The queries that ask for these names, MAX_QUERIES at most, each short enough; empty where no name can be asked.

    `("Acme Robotics" OR acmebot) sourcelang:english`. Names that are too short for GDELT are left out.
    """
    narrowed = "".join(f" {part}" for part in (_any("sourcelang", languages), _any("sourcecountry", countries)) if part)
    room = MAX_QUERY - len(narrowed)
    queries: list[list[str]] = []
    for phrase in _phrases(names):
        if len(phrase) + 2 > room:
            continue
        if queries and len(_any_of([*queries[-1], phrase])) <= room:
            queries[-1].append(phrase)
        else:
            queries.append([phrase])
    return [_any_of(phrases) + narrowed for phrases in queries[:MAX_QUERIES]]


def query_url(
    endpoint: str,
    query: str,
    *,
    since: datetime | None = None,
    now: datetime | None = None,
    first_days: int = 7,
) -> str:
    """The address that asks for articles, newest first. Without `now`: without times, the name of the query.

    `since` None: the last `first_days` days; else from then on, with some overlap, but never further back than GDELT
    remembers.
    """
    parameters = {"query": query, "mode": "artlist", "format": "json", "maxrecords": MAX_RECORDS, "sort": "datedesc"}
    if now is not None:
        start = now - timedelta(days=first_days) if since is None else since - _OVERLAP
        start = max(start, now - timedelta(days=MAX_DAYS_BACK))
        parameters |= {"startdatetime": start.strftime(_STAMP), "enddatetime": now.strftime(_STAMP)}
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(parameters)}"


def read_gdelt(body: bytes) -> tuple[list[Announced], bool]:
    """The articles of an answer, and whether there may be more than it holds.

    Raises SourceError with GDELT's own words where it refuses: too many requests, a query it does not take.
    """
    text = body.decode("utf-8-sig", errors="replace").strip()
    if not text or text == "{}":
        return [], False  # nothing found
    if not text.startswith("{"):
        words = " ".join(re.sub(r"<[^<>]*>", " ", text).split())[:200]
        raise SourceError(f"GDELT answers: {words}")
    try:
        # strict=False: titles hold raw control characters.
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"GDELT's answer is not valid JSON ({error})") from error
    articles = data.get("articles", []) if isinstance(data, dict) else None
    if not isinstance(articles, list):
        raise SourceError("GDELT's answer holds no list of articles")
    pages = [page for article in articles[: 2 * MAX_RECORDS] if isinstance(article, dict) and (page := _page(article))]
    return first_of_each(pages, MAX_RECORDS), len(articles) >= MAX_RECORDS


def _page(article: dict[str, object]) -> Announced | None:
    address = web_address(_text(article.get("url")), "")
    if address is None:
        return None
    # "seendate" is when GDELT saw it, minutes to hours after it was published: the best there is.
    return Announced(
        url=address, title=_title(_text(article.get("title"))), published=_seen(_text(article.get("seendate")))
    )


def _title(text: str | None) -> str | None:
    """GDELT sets blanks around punctuation: "Acme ' s robots , again"."""
    title = plain_title(text)
    return re.sub(r"\s+([,.;:!?%])", r"\1", title) if title else None


def _seen(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _phrases(names: Iterable[str]) -> list[str]:
    """Names as GDELT takes them: without operators, in quotes where they are several words, none twice."""
    plain: dict[str, str] = {}
    for name in names:
        words = " ".join(_NOT_A_QUERY.sub(" ", unicodedata.normalize("NFC", name)).split())
        if len(words) >= SHORTEST_NAME or not words.isascii():
            plain.setdefault(words.casefold(), words)
    return [words if words.isalnum() else f'"{words}"' for words in plain.values() if words]


def _any_of(phrases: Sequence[str]) -> str:
    return phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})"


def _any(operator: str, words: Sequence[str]) -> str:
    return _any_of([f"{operator}:{word.lower()}" for word in words]) if words else ""
