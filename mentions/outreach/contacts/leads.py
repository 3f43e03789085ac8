"""Links to pages that may publish contacts: recognised by their words and paths in seven languages, never guessed."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from mentions.extraction.article import Article, Link, Person
from mentions.links import LinkKind
from mentions.outreach.contacts.model import Lead, LeadKind
from mentions.urls import canonical_url, host_of, path_segments, registrable_domain

# In the order in which a link's words are asked. Written without accents, as they are compared.
_WORDS: Final = {
    LeadKind.CORRECTIONS: (
        r"corrections?(?: (?:policy|and clarifications))?|report an? (?:error|correction)|request a correction"
        r"|korrekturen|fehler (?:melden|gefunden\??)|correctifs?|rectificatifs?|signaler une erreur|correcciones"
        r"|fe de er(?:r)?atas?|correzioni|segnala un errore|correcoes|erramos|correcties|fout melden"
    ),
    LeadKind.MASTHEAD: (
        r"masthead|(?:our |the )?(?:editorial )?(?:staff|team|board)|meet the team|(?:our )?(?:newsroom|editors)"
        r"|staff directory|our journalists|(?:die |unsere )?redaktion|redaktionsteam|(?:unser |das )?team|autoren"
        r"|(?:la )?redaction|l.?equipe|notre equipe|ours|(?:la )?redaccion|(?:nuestro )?equipo|(?:la )?redazione"
        r"|(?:a )?redacao|(?:nossa )?equipe|expediente|(?:de )?redactie|colofon"
    ),
    LeadKind.CONTACT_PAGE: (
        r"contact(?: us| (?:the )?(?:newsroom|editors?|[a-z]+))?|get in touch|kontakt(?:formular)?|contactez.nous"
        r"|nous contacter|contacto|contactanos|contactenos|contactar|contatti|contattaci|contato|contactos"
        r"|fale conosco|contacteer ons"
    ),
    LeadKind.IMPRINT: (
        r"imprint|legal notice|impressum|mentions legales|aviso legal|note legali|informazioni legali|aviso juridico"
    ),
    LeadKind.ABOUT: (
        r"about(?: us| the [a-z]+| [a-z]+)?|(?:uber|ueber) uns|a propos(?: de nous)?|qui sommes.nous"
        r"|(?:sobre|acerca de) nosotros|quienes somos|chi siamo|sobre(?: nos)?|quem somos|over ons|wie zijn wij"
    ),
}
_PATTERNS: Final = {kind: re.compile(words) for kind, words in _WORDS.items()}
_MOST_WORDS: Final = 5  # of a link's text; a longer one is a headline
_DEEPEST: Final = 3  # segments of a path; articles lie deeper, or have long names
_AUTHOR_PATH: Final = re.compile(
    r"(?:authors?|people|person|profiles?|staff|contributors?|journalists?|by|autor(?:en|es|i|in)?|auteurs?|redakteure?"
    r"|redacteurs?|redactores|periodistas?|journalistes?|giornalisti|firmas?|colunistas?|team)"
)


def leads_of(article: Article, author: str | None) -> Iterator[Lead]:
    """The pages of the same site that may say how to reach its editors, each once, at most one of a kind.

    `author` is the one certain author, whose own page counts. None of a page that asks robots to follow no links.
    """
    if article.metadata.robots & {"nofollow", "none"}:
        return
    seen = {canonical_url(article.url)}
    kinds: set[LeadKind] = set()
    for lead in (*_author_page(article, author), *_editorial(article), *_linked(article)):
        key = canonical_url(lead.url)
        if key not in seen and lead.kind not in kinds:
            seen.add(key)
            kinds.add(lead.kind)
            yield lead


def _author_page(article: Article, author: str | None) -> Iterator[Lead]:
    if author is None:
        return
    for link in _own_links(article):
        named = " ".join(link.anchor.casefold().split()).removeprefix("by ") == author.casefold()
        if named and ("author" in link.rel or _is_author_path(link.url)):
            yield Lead(LeadKind.AUTHOR_PAGE, link.url or "", article.url, author)
    for person in article.metadata.people:
        yield from (
            Lead(LeadKind.AUTHOR_PAGE, page, article.url, author)
            for page in _pages(person)
            if person.name.casefold() == author.casefold() and _is_here(page, article)
        )


def _pages(person: Person) -> tuple[str, ...]:
    return tuple(page for page in person.pages if len(path_segments(urlsplit(page).path)) > 0)


def _editorial(article: Article) -> Iterator[Lead]:
    kinds = {"masthead": LeadKind.MASTHEAD, "corrections": LeadKind.CORRECTIONS}
    for kind, url in article.metadata.editorial_pages:
        if _is_here(url, article):
            yield Lead(kinds[kind], url, article.url)


def _linked(article: Article) -> Iterator[Lead]:
    for link in _own_links(article):
        kind = None if link.zone.is_article else kind_of(link.anchor, link.url or "")
        if kind is not None:
            yield Lead(kind, link.url or "", article.url)


def kind_of(anchor: str, url: str) -> LeadKind | None:
    """What a link to a page of the same site promises, by its words, else by the last part of its path."""
    path = path_segments(urlsplit(url).path)
    if not path or len(path) > _DEEPEST:
        return None
    text = _folded(anchor)
    if len(text.split()) > _MOST_WORDS:
        return None
    last = _folded(re.sub(r"\.(?:html?|php|aspx?)$", "", path[-1]).replace("-", " ").replace("_", " "))
    for words in (text, last):
        for kind, pattern in _PATTERNS.items():
            if words and pattern.fullmatch(words):
                return kind
    return None


def _own_links(article: Article) -> Iterator[Link]:
    """Visible links to other pages of the same site that may be followed."""
    for link in article.links:
        followed = link.kind is LinkKind.WEB and not link.hidden and "nofollow" not in link.rel
        if followed and link.url and _is_here(link.url, article):
            yield link


def _is_here(url: str, article: Article) -> bool:
    return registrable_domain(host_of(url)) == registrable_domain(host_of(article.url))


def _is_author_path(url: str | None) -> bool:
    segments = path_segments(urlsplit(url or "").path)
    return len(segments) > 1 and any(_AUTHOR_PATH.fullmatch(segment) for segment in segments[:-1])


def _folded(text: str) -> str:
    letters = " ".join(text.casefold().split())
    if not letters.isascii():  # a page has hundreds of links, and few with an accent
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return letters.strip(" .:›»→")
