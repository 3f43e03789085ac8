"""What the names that authors give to elements (class, id, role, itemprop …) say about the place they mark."""

import re
from enum import IntFlag, auto
from functools import lru_cache
from typing import Final


class Hint(IntFlag):
    """A concept that class names share across sites and languages of markup."""

    NAVIGATION = auto()
    FOOTER = auto()
    HEADER = auto()
    ASIDE = auto()
    RELATED = auto()
    CARD = auto()
    SHARE = auto()
    COMMENT = auto()
    AUTHOR = auto()
    META = auto()
    CAPTION = auto()
    CREDIT = auto()
    ADVERT = auto()
    SIGNUP = auto()
    DIALOG = auto()
    TAGS = auto()
    CONTENTS = auto()
    CONTENT = auto()
    BODY = auto()
    HEADLINE = auto()
    STANDFIRST = auto()
    GALLERY = auto()
    FORUM = auto()
    COLLAPSED = auto()
    QUOTE = auto()
    SHOP = auto()
    SEARCH = auto()
    UNSEEN = auto()
    LISTING = auto()
    HERO = auto()
    REFERENCES = auto()
    HIDDEN = auto()
    SIGNATURE = auto()
    BLOCK = auto()


# Gold texts say nothing of these: rules look at them, the model does not.
UNLEARNT: Final = Hint.SIGNATURE | Hint.BLOCK


# Whole words (after splitting camelCase, hyphens, underscores and digits) between \b, stems without.
_WORDS: Final = {
    Hint.NAVIGATION: r"\b(?:nav|navi|menus?|topbar|toolbar|crumbs?|pager|sitemap|skip)\b|navigation|navbar"
    r"|breadcrumb|paginat"
    r"|submenu|megamenu",
    Hint.FOOTER: r"\b(?:foot|colophon|legal|impressum|disclaimers?|contentinfo)\b|footer|copyright",
    Hint.HEADER: r"\bheader\b|masthead|\bbanner\b",
    Hint.ASIDE: r"\b(?:aside|rail|side|secondary|complementary)\b|sidebar|widget",
    Hint.RELATED: r"\b(?:more|also|latest|recent|popular|trending|next|prev|previous|mostread|promos?|recirc"
    r"|similar|outbrain"
    r"|taboola)\b|related|recommend|readmore|morefrom|nextpost|suggest|upnext|further",
    Hint.CARD: r"\b(?:cards?|tiles?|item|loop|feed|stream)\b|teaser|thumb",
    Hint.SHARE: r"\b(?:social|follow|addthis|addtoany|sns|like|facebook|twitter|whatsapp|linkedin"
    r"|pinterest)\b|shar(?:e|ing)"
    r"|socials?",
    Hint.COMMENT: r"\b(?:disqus|repl(?:y|ies)|respond|discuss|livefyre|kommentare?)\b|comment",
    Hint.AUTHOR: r"\b(?:bio|writers?|auteur|autor|vcard|journalists?|reporter|people|person|profile|avatar)\b"
    r"|author|byline"
    r"|contributor",
    Hint.META: r"\b(?:meta|date|time|posted|updated|created|info|stats?|views|readtime|datetime)\b|publish|timestamp"
    r"|dateline|pubdate|metadata",
    Hint.CAPTION: r"\b(?:legend|cutline|bildtext|bildunterschrift)\b|caption",
    Hint.CREDIT: r"\b(?:credits?|source|attribution|quelle|copyright|photographer|fotograf|rights)\b",
    Hint.ADVERT: r"\b(?:ads?|adv|advert\w*|dfp|gpt|sponsor\w*|anzeige|werbung|commercial|affiliate"
    r"|promot\w+)\b|adslot|adunit",
    Hint.SIGNUP: r"\b(?:cta|donat\w+|signup|optin|membership|abo)\b|newsletter|subscri|mailchimp",
    Hint.DIALOG: r"\b(?:popup|modal|overlay|dialog|lightbox|cookies?|consent|gdpr|onetrust|paywall|login"
    r"|alert|notice|toast"
    r"|notification|privacy)\b",
    Hint.TAGS: r"\b(?:tags?|category|categories|topics?|keywords?|labels?|eyebrow|kicker|rubrik|ressort)\b",
    Hint.CONTENTS: r"\b(?:toc|contents|anchors?)\b",
    Hint.CONTENT: r"\b(?:content|main|primary|story|post|entry|single|page)\b|article",
    Hint.BODY: r"\b(?:body|text|richtext|prose|rte|paragraphs?|wysiwyg|copy|p)\b|articlebody|entrycontent|postcontent"
    r"|markdown",
    Hint.HEADLINE: r"\b(?:title|heading|hed|headings?)\b|headline",
    Hint.STANDFIRST: r"\b(?:dek|summary|excerpt|lead|lede|intro|abstract|description|chapo|deck|vorspann"
    r"|teasertext)\b"
    r"|standfirst|subtitle|subhead|introduction",
    Hint.GALLERY: r"\b(?:slides?|swiper|slick|figure|image|img|photos?|media|picture|bild|video|player)\b"
    r"|gallery|slideshow"
    r"|carousel|slider",
    Hint.FORUM: r"\b(?:forum|threads?|messages?|posts?|postbody|answers?|questions?|topic|discussion)\b|messagebody",
    Hint.COLLAPSED: r"\b(?:faqs?|toggle|expand\w*|collapse\w*|panels?|tabs?|tabpanel|spoiler)\b|accordion",
    Hint.QUOTE: r"\b(?:blockquote|zitat|testimonial)\b|quote",
    Hint.SHOP: r"\b(?:price|product|buy|shop|cart|rating|review|offer|deal)s?\b",
    Hint.SEARCH: r"\b(?:search|form|input|field|filter|sort)\b",
    Hint.UNSEEN: r"\b(?:visuallyhidden|sronly|offscreen|screenreader)\b",
    Hint.LISTING: r"\b(?:list|listing|grid|archive|results?|row|col|columns?)\b",
    Hint.HERO: r"\b(?:hero|jumbotron|splash)\b",
    Hint.SIGNATURE: r"\b(?:signatures?|sig)\b",
    Hint.REFERENCES: r"\b(?:references?|reflist|footnotes?|citations?|bibliography|endnotes?)\b",
}
_HINTS: Final = tuple((int(hint), re.compile(pattern)) for hint, pattern in _WORDS.items())
_ANY: Final = re.compile("|".join(_WORDS.values()))  # most words hint at nothing, which one search tells
_HIDING: Final = re.compile(r"\b(?:sr only|screen reader|visually hidden)\b")
# Class names that hide by themselves in the common style sheets; "overflow-hidden" and "md:hidden" are others.
_HIDDEN_CLASSES: Final = frozenset({"hidden", "hide", "d-none", "is-hidden", "display-none", "invisible", "uk-hidden"})
# The same for inline elements of which they make blocks.
_BLOCK_CLASSES: Final = frozenset({"block", "d-block", "flex", "d-flex", "grid", "d-grid", "w-block", "u-block"})
_HIDING_WORDS: Final = frozenset({"sr", "screen", "visually"})
_WORD: Final = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")  # camelCase and hyphens part words
_MAX_NAME_CHARS: Final = 300  # utility-class frameworks write novels; what comes first names the thing


@lru_cache(maxsize=20_000)
def _hints_of_word(word: str) -> int:
    found = 0
    if not _ANY.search(word):
        return found
    for bit, pattern in _HINTS:
        if pattern.search(word):
            found |= bit
    return found


@lru_cache(maxsize=50_000)
def hints_of(names: str) -> int:
    """The hints (as an int, for speed) in a class, id, role … of an element."""
    words = [word.lower() for word in _WORD.findall(names[:_MAX_NAME_CHARS])]
    found = 0
    for word in words:
        found |= _hints_of_word(word)
    classes = names.split()
    if not _HIDDEN_CLASSES.isdisjoint(classes):
        found |= int(Hint.HIDDEN)
    if not _BLOCK_CLASSES.isdisjoint(classes):
        found |= int(Hint.BLOCK)
    if not _HIDING_WORDS.isdisjoint(words) and _HIDING.search(" ".join(words)):
        found |= int(Hint.UNSEEN)
    return found
