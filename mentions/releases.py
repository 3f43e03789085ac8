"""Pages that nobody edits for their readers: press wires, republished releases, paid pieces, platforms.

Asking there is useless (nobody to ask) or harmful (a release is our own text); every rule says its evidence.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from mentions.extraction.article import Article, Block
from mentions.outreach.cleaning import words
from mentions.publishers import Publisher
from mentions.urls import host_of, registrable_domain

# Distribution services by their own hosts: what stands there was sent in by a company.
WIRES: Final = words(
    """
    prnewswire.com prnewswire.co.uk businesswire.com globenewswire.com accessnewswire.com accesswire.com newswire.ca
    newswire.com prweb.com prlog.org einpresswire.com einnews.com issuewire.com openpr.com openpr.de pressebox.de
    pressebox.com presseportal.de presseportal.ch ots.at pressetext.com firmenpresse.de news.aktuell.de cision.com
    presswire.com 24-7pressrelease.com send2press.com realwire.com responsesource.com pressat.co.uk prtimes.jp
    atpress.ne.jp dreamnews.jp
    """
)

# Where members write, not editors; an encyclopaedia counts a company asking for a link as a conflict of interest.
PLATFORMS: Final = words(
    """
    facebook.com instagram.com threads.net x.com twitter.com tiktok.com youtube.com youtu.be linkedin.com xing.com
    pinterest.com reddit.com quora.com tumblr.com bsky.app mastodon.social vk.com weibo.com t.me telegram.org
    discord.com flickr.com vimeo.com soundcloud.com twitch.tv stackoverflow.com stackexchange.com github.com gitlab.com
    news.ycombinator.com disqus.com meetup.com slideshare.net scribd.com issuu.com wikipedia.org wikidata.org
    wikimedia.org fandom.com trustpilot.com glassdoor.com kununu.com g2.com capterra.com crunchbase.com yelp.com
    tripadvisor.com amazon.com ebay.com etsy.com
    """
)

# Copies of other people's pages, kept as they were.
ARCHIVES: Final = words("archive.org archive.ph archive.today archive.is webcache.googleusercontent.com")

# The common forum programs by the addresses they give their threads, and what sites call the place.
_FORUM_PATH: Final = re.compile(r"/(?:viewtopic|showthread|viewthread|printthread)\.php|/(?:forums?|threads?|boards?)/")
_FORUM_HOST: Final = re.compile(r"(?:^|\.)(?:forums?|community|boards?|discuss)\.")
_FORUM_TOPIC: Final = re.compile(r"\bforums?\b", re.IGNORECASE)

_WIRE_TOPIC: Final = re.compile(r"\b(?:press|pr|news) ?(?:wire|release)s?\b|presseportal|newswire", re.IGNORECASE)

# The datelines and sign-offs that wires put on what they distribute. A sentence about a wire has none of these forms.
_WIRE_MARK: Final = re.compile(
    r"/\s?(?:PR\s?Newswire|CNW|EINPresswire\.com)\s?/|\((?:BUSINESS WIRE|GLOBE NEWSWIRE|ACCESS ?(?:NEWS)?WIRE|"
    r"EZ Newswire|Newsfile Corp\.[^)]{0,40}|PRWEB|Marketwired|ots)\)\s{0,3}(?:--|–|—|-)?"
    r"|\bOriginal-Content von: |\bübermittelt durch news aktuell\b"
    r"|View (?:the )?(?:original|source) (?:content|version)[^.\n]{0,60}"
    r"(?:prnewswire|businesswire|globenewswire|newswire)",
)
_RELEASE_LABEL: Final = re.compile(
    r"(?:press release|news release|for immediate release|media release|company announcement"
    r"|pressemitteilung|presseinformation|pressemeldung|communiqué de presse|nota de prensa|comunicado de prensa"
    r"|comunicato stampa|persbericht|プレスリリース|新闻稿)\W{0,3}",
    re.IGNORECASE,
)
_PAID_LABEL: Final = re.compile(
    r"(?:sponsored|sponsored (?:content|post|article|feature)|partner content|paid (?:post|content|partnership)"
    r"|advertorial|advertisement feature|bezahlter inhalt|contenu sponsorisé|publirédactionnel|publirreportaje"
    r"|contenido patrocinado|PR記事)\W{0,3}",
    re.IGNORECASE,
)
# Words that also stand over every advertising slot: they speak of the piece only beside its headline.
_PAID_OR_SLOT: Final = re.compile(r"(?:promoted|anzeige|werbung|sponsorisé|patrocinado)\W{0,3}", re.IGNORECASE)
_PRESS_CONTACT: Final = re.compile(
    r"(?:media|press|pr) (?:contacts?|inquiries|enquiries)|presse-?(?:kontakt|anfragen)|contacts? presse"
    r"|contacto de prensa",
    re.IGNORECASE,
)
_ABOUT_US: Final = re.compile(r"(?:about|über|à propos(?: de| d['’])?|acerca de|sobre)\s*", re.IGNORECASE)
_DATELINE: Final = re.compile(r"\s*[^\W\d_][^.()\n]{1,40} \(([^\W\d_][\w .&/-]{1,30})\)\s{0,2}[—–-]+\s")
_LABEL_LENGTH: Final = 40  # a kicker or badge, not a sentence
_ABOVE: Final = 5  # blocks above the headline in which a label may stand
_BELOW: Final = 60  # blocks below it: labels stand over a piece, not under it


def is_platform(url: str) -> bool:
    """Does the page stand on a platform whose members, not editors, write?"""
    return _listed(url, PLATFORMS)


def is_archive(url: str) -> bool:
    """Is the page an archive's copy, which nobody changes?"""
    return _listed(url, ARCHIVES)


def is_home_page(url: str) -> bool:
    """Is the page a site's front, which shows other articles every hour?"""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def is_forum(url: str, publisher: Publisher | None) -> bool:
    """Is the page a thread of a forum, by its address or by what the publisher's entry says of it?"""
    path = urlsplit(url).path.lower()
    listed = publisher is not None and any(_FORUM_TOPIC.search(topic) for topic in publisher.topics)
    return listed or bool(_FORUM_PATH.search(path) or _FORUM_HOST.search(host_of(url)))


def is_wire(url: str, publisher: Publisher | None) -> bool:
    """Does the page stand on a press wire, by its host or by what the publisher's entry says of it?"""
    return _listed(url, WIRES) or (publisher is not None and calls_itself_wire(publisher))


def calls_itself_wire(publisher: Publisher) -> bool:
    """Does the publisher's entry say that it is a press wire?"""
    return any(_WIRE_TOPIC.search(topic) for topic in publisher.topics)


def _listed(url: str, hosts: frozenset[str]) -> bool:
    host = host_of(url)
    return host in hosts or registrable_domain(host) in hosts


def wire_mark(article: Article) -> str | None:
    """The dateline or sign-off by which a wire marks what it distributes, as it stands in the article; else None."""
    for block in article.blocks:
        if block.zone.is_article:
            found = _WIRE_MARK.search(article.text, block.start, block.end)
            if found:
                return " ".join(found[0].split())
    return None


def agency_credit(article: Article) -> str | None:
    """The agency that a dateline credits: "Reuters" of "BERLIN (Reuters) – …"; None where there is none."""
    for block in article.blocks:
        if block.zone.is_article and block.tag not in {"h1", "h2", "h3"} and block.end - block.start > _LABEL_LENGTH:
            found = _DATELINE.match(article.text, block.start, block.end)
            if found:
                return found[1]
    return None


def release_label(article: Article) -> str | None:
    """The label that calls the piece a press release ("Press release", "Pressemitteilung"); else None."""
    return _label(article, _RELEASE_LABEL)


def paid_label(article: Article) -> str | None:
    """The label that calls the piece paid for ("Sponsored", "Anzeige"); else None."""
    return _label(article, _PAID_LABEL) or _label(article, _PAID_OR_SLOT, above=2, below=2)


def _label(article: Article, pattern: re.Pattern[str], *, above: int = _ABOVE, below: int = _BELOW) -> str | None:
    """A short block near the start of the article that holds nothing but the label."""
    start = _first_headline(article)
    for block in article.blocks[max(start - above, 0) : start + below + 1]:
        if block.zone.is_article and len(text := _text(article, block)) <= _LABEL_LENGTH and pattern.fullmatch(text):
            return text
    return None


def _first_headline(article: Article) -> int:
    return next((n for n, block in enumerate(article.blocks) if block.tag == "h1"), 0)


def company_sign_off(article: Article, names: tuple[str, ...]) -> str | None:
    """The "About Acme" paragraph of a release, where a press contact stands beside it; else None."""
    about, has_contact = None, False
    known = {name.casefold() for name in names}
    for block in article.blocks:
        if not block.zone.is_article or len(text := _text(article, block)) > 200:
            continue
        has_contact = has_contact or bool(_PRESS_CONTACT.match(text))
        opening = _ABOUT_US.match(text)
        if opening and text[opening.end() :].rstrip(" :.").casefold() in known:
            about = text
    return about if has_contact else None


def _text(article: Article, block: Block) -> str:
    return " ".join(article.text[block.start : block.end].split())
