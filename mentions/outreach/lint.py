"""What is wrong with an email before a person may approve it. Pure: text in, problems in plain words out."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from mentions.outreach.cleaning import UNSPACED
from mentions.outreach.greetings import greeting_problem

LONGEST_BODY: Final = 150  # words
LONGEST_SUBJECT: Final = 50  # characters
MOST_ALIKE: Final = 0.92  # share of an email that may stand in an earlier one to the same person; see _alike

_URL: Final = re.compile(r"https?://[^\s<>\"“”»«]+")
_LEFT_OVER: Final = re.compile(
    r"\{\{|\}\}|\{%|%\}|\bNone\b|[\[<](?:first ?)?(?:name|company|title|url|link)[\]>]"
    r"|(?-i:[\[<][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ _-]+[\]>]|\b(?:X{3,}|TODO|TBD)\b)|\blorem ipsum\b",
    re.IGNORECASE,
)
# What spam filters and editors both hold against an email like ours; only our own words are looked at.
_SPAM: Final = re.compile(
    r"\b(?:seo|back-?links?|link ?juice|do-?follow|domain authority|page ?rank|link exchange|link building|guest post"
    r"|act now|limited time|click here|free of charge|100 ?% free|guaranteed?|risk[- ]free|urgent|asap|winner"
    r"|kostenlos|gratis|garantiert|dringend|jetzt zugreifen|linktausch|linkaufbau|gratuit|urgence|garanti"
    r"|échange de liens|urgente|garantizado|intercambio de enlaces)\b|!{2,}",
    re.IGNORECASE,
)
_WHITE: Final = re.compile(r"\s+")
_SHOUTING: Final = re.compile(r"\b[A-Z]{4,}(?: [A-Z]{2,}){2,}\b")
# Chinese and Japanese are written without spaces; two of their characters count as one word.


def lint(
    subject: str,
    body: str,
    *,
    article_url: str,
    postal_address: str | None,
    opt_out: str,
    quoted: Sequence[str] = (),
    names: Sequence[str] = (),
    earlier: Sequence[str] = (),
    recipient: str = "",
    others: Sequence[str] = (),
) -> tuple[str, ...]:
    """The problems of an email, the gravest first; none: it may go to a person for approval.

    `quoted` are the crawled texts inside it (sentence, title, anchor …): they are not ours to be blamed for.
    `names` are ours and the recipient's as they are spelt; `earlier` the texts this person got before. `recipient`
    and `others` are whom the greeting should and should not name; see greeting_problem.
    """
    own_subject, own_body = _without(subject, quoted), _without(body, [article_url, *quoted])
    problems = []
    if not postal_address or postal_address not in body:
        problems.append("the postal address is missing; many countries require one (postal_address in [sender])")
    if not opt_out.strip() or opt_out not in body:
        problems.append("the email does not say how to be left alone (opt-out)")
    left_over = _LEFT_OVER.search(own_subject) or _LEFT_OVER.search(own_body)
    if left_over:
        problems.append(f'a placeholder was left over: "{left_over[0]}"')
    greeting = greeting_problem(body, recipient, others)
    if greeting:
        problems.append(greeting)
    problems += _of_subject(subject)
    count = word_count(body)
    if count > LONGEST_BODY:
        problems.append(f"{count} words; editors read {LONGEST_BODY}")
    links = sorted({url.rstrip(".,;:!?)") for url in _URL.findall(own_body)})
    if len(links) > 1:
        problems.append(f"more than one link of ours: {', '.join(links)}")
    spam = _SPAM.search(own_subject) or _SPAM.search(own_body) or _SHOUTING.search(own_subject)
    if spam:
        problems.append(f'"{spam[0]}" reads like spam')
    wrong = _misspelt(subject, quoted, names) or _misspelt(body, quoted, names)
    if wrong:
        problems.append(f'"{wrong[0]}" is written "{wrong[1]}"')
    if any(_alike(body, text) for text in earlier):
        problems.append("nearly the same as an earlier email to this person: write it in words of its own, or skip it")
    return tuple(problems)


def _of_subject(subject: str) -> Iterator[str]:
    if not subject.strip():
        yield "the subject is empty"
    if re.search(r"[\r\n\x0b\x0c\x85\u2028\u2029]", subject):
        yield "the subject has a line break"
    length = len(subject.removeprefix("Re: "))
    if length > LONGEST_SUBJECT:
        yield f"the subject has {length} characters; {LONGEST_SUBJECT} are shown by most mail programs"


def word_count(body: str) -> int:
    """Words as a reader counts them; a web address or a piece of HTML counts as one each."""
    text = re.sub(r"<a [^>]*>(.*?)</a>", " html ", body, flags=re.DOTALL)
    unspaced = len(UNSPACED.findall(text))
    return len(re.findall(r"\w[^\s]*", UNSPACED.sub(" ", text))) + unspaced // 2


def _misspelt(text: str, quoted: Sequence[str], names: Sequence[str]) -> tuple[str, str] | None:
    """A name in our own words in another letter case ("quillon ROBOTICS"), and how it is spelt; None: there is none."""
    spellings = set(names)
    own = _URL.sub(" ", _without(text, [quotation for quotation in quoted if quotation not in spellings]))
    for name in sorted(spellings, key=len, reverse=True):
        for found in re.finditer(rf"(?<![\w@.-]){re.escape(name)}(?![\w@-])", own, re.IGNORECASE):
            if found[0] not in spellings:
                return found[0], name
        own = own.replace(name, " ")
    return None


def _alike(body: str, earlier: str) -> bool:
    """Do two emails say the same? Greeting, request and signature alone make two of ours up to 90 % alike."""
    return fuzz.ratio(_WHITE.sub(" ", body), _WHITE.sub(" ", earlier)) >= MOST_ALIKE * 100


def _without(text: str, quoted: Sequence[str]) -> str:
    """The text without what is quoted in it, the longest quotation first."""
    for quotation in sorted(filter(None, quoted), key=len, reverse=True):
        text = text.replace(quotation, " ")
    return text
