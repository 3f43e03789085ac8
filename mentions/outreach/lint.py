"""What is wrong with an email before a person may approve it. Pure: text in, problems in plain words out."""

import re
from collections.abc import Sequence
from typing import Final

LONGEST_BODY: Final = 150  # words
LONGEST_SUBJECT: Final = 50  # characters

_URL: Final = re.compile(r"https?://[^\s<>\"“”»«]+")
_LEFT_OVER: Final = re.compile(
    r"\{\{|\}\}|\{%|%\}|\bNone\b|\[(?:NAME|COMPANY|FIRST ?NAME|TITLE|URL|LINK)\]", re.IGNORECASE
)
# What spam filters and editors both hold against an email like ours; only our own words are looked at.
_SPAM: Final = re.compile(
    r"\b(?:seo|back-?links?|link ?juice|do-?follow|domain authority|page ?rank|link exchange|link building|guest post"
    r"|act now|limited time|click here|free of charge|100 ?% free|guaranteed?|risk[- ]free|urgent|asap|winner"
    r"|kostenlos|gratis|garantiert|dringend|jetzt zugreifen|linktausch|linkaufbau|gratuit|urgence|garanti"
    r"|échange de liens|urgente|garantizado|intercambio de enlaces)\b|!{2,}",
    re.IGNORECASE,
)
_SHOUTING: Final = re.compile(r"\b[A-Z]{4,}(?: [A-Z]{2,}){2,}\b")
# Chinese and Japanese are written without spaces; two of their characters count as one word.
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def lint(
    subject: str,
    body: str,
    *,
    article_url: str,
    postal_address: str | None,
    opt_out: str,
    quoted: Sequence[str] = (),
) -> tuple[str, ...]:
    """The problems of an email, the gravest first; none: it may go to a person for approval.

    `quoted` are the crawled texts inside it (sentence, title, anchor …): they are not ours to be blamed for.
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
    if not subject.strip():
        problems.append("the subject is empty")
    if re.search(r"[\r\n\x0b\x0c\x85\u2028\u2029]", subject):
        problems.append("the subject has a line break")
    if len(subject) > LONGEST_SUBJECT:
        problems.append(f"the subject has {len(subject)} characters; {LONGEST_SUBJECT} are shown by most mail programs")
    count = word_count(body)
    if count > LONGEST_BODY:
        problems.append(f"{count} words; editors read {LONGEST_BODY}")
    links = sorted({url.rstrip(".,;:!?)") for url in _URL.findall(own_body)})
    if len(links) > 1:
        problems.append(f"more than one link of ours: {', '.join(links)}")
    spam = _SPAM.search(own_subject) or _SPAM.search(own_body) or _SHOUTING.search(own_subject)
    if spam:
        problems.append(f'"{spam[0]}" reads like spam')
    return tuple(problems)


def word_count(body: str) -> int:
    """Words as a reader counts them; a web address or a piece of HTML counts as one each."""
    text = re.sub(r"<a [^>]*>(.*?)</a>", " html ", body, flags=re.DOTALL)
    unspaced = len(_UNSPACED.findall(text))
    return len(re.findall(r"\w[^\s]*", _UNSPACED.sub(" ", text))) + unspaced // 2


def _without(text: str, quoted: Sequence[str]) -> str:
    """The text without what is quoted in it, the longest quotation first."""
    for quotation in sorted(filter(None, quoted), key=len, reverse=True):
        text = text.replace(quotation, " ")
    return text
