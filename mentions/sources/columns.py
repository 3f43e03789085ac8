"""Which column of an export holds the address, the title, the date: by its header, as the tools we know write it."""

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass

# What stands above the address of the page that mentions or links, best first. Ahrefs: "Referring page URL" (links),
# "URL", "Content URL" (Content and Web Explorer); Semrush: "Source url"; Screaming Frog: "Address", "Source";
# Search Console: "Linking page", "Page", in the languages its owners read; Majestic: "SourceURL"; Moz: "Source URL".
_ADDRESS = (
    "referring page url", "linking page", "source url", "sourceurl", "source page url", "source page", "content url",
    "page url", "article url", "link to article", "mention url", "address", "url address", "full url", "final url",
    "url", "urls", "link", "links", "source", "page", "pages", "top pages", "landing page", "web page", "webpage",
    "permalink", "adresse", "seiten url", "verweisende seite", "verlinkende seite", "verlinkende website", "seite",
    "seiten", "quell url", "artikel url", "adresse url", "url de la page", "page de reference",
    "page d origine", "page contenant le lien", "pages principales", "url source", "direccion", "pagina de enlace",
    "pagina que enlaza", "url de origen", "url de la pagina", "pagina", "paginas", "enlace", "indirizzo",
    "pagina di collegamento", "url di origine", "pagine", "endereco", "pagina com link", "url da pagina", "adres",
    "strona", "strona linkujaca", "adres url", "pagina s", "koppelende pagina", "lank", "sida", "lankande sida", "side",
    "адрес", "страница", "ссылка", "ссылающаяся страница", "リンク元ページ", "ページ", "网址", "页面", "链接", "페이지",
)  # fmt: skip
_TITLE = (
    "referring page title", "source title", "title", "page title", "article title", "headline", "title 1", "titel",
    "content title", "seitentitel", "uberschrift", "titre", "titre de la page", "titulo", "titulo de la pagina",
    "titolo", "tytuł", "otsikko", "rubrik", "заголовок", "название", "タイトル", "标题", "제목",
)  # fmt: skip
# Only days of publication: when a tool first or last saw a page ("First seen", "Last crawled") says little of its age.
_DATE = (
    "published", "publish date", "published date", "publication date", "date published", "date", "first published",
    "veroffentlicht", "veroffentlichungsdatum", "datum", "date de publication", "publie", "fecha",
    "fecha de publicacion", "data", "data di pubblicazione", "data de publicacao", "дата",
    "дата публикации", "公開日", "日期", "날짜",
)  # fmt: skip
_DOMAIN = (
    "domain", "root domain", "referring domain", "source domain", "site", "website", "host", "domaine", "dominio",
    "domane", "domena", "домен", "ドメイン", "域名",
)  # fmt: skip

# What stands above our own addresses in exports of links: never the page that mentions us.
_TARGET = (
    "target url",
    "target",
    "destination",
    "destination url",
    "target page",
    "zielseite",
    "to",
    "link url",
    "zielurl",
)

_WEB = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
_HOST_AND_PATH = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d+)?/\S*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row what stands, counted from 0; None: nowhere. `header`: the first row names the columns."""

    address: int
    title: int | None = None
    date: int | None = None
    domain: int | None = None
    header: bool = True


def find_columns(first: Sequence[str], following: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table by its first row and some rows after it; None where no column holds addresses.

    A header that names an address column is believed only when addresses stand below it: "Source" may be a number.
    Where nothing is named, the first column with addresses is taken.
    """
    names = [_folded(cell) for cell in first]
    if any(looks_like_address(cell) for cell in first):
        return _without_header([first, *following])
    for wanted in _ADDRESS:
        for index, name in enumerate(names):
            if name == wanted and (not following or _any_address(following, index)):
                return Columns(index, _named(names, _TITLE), _named(names, _DATE), _named(names, _DOMAIN))
    unnamed = _without_header(following, ignoring={i for i, name in enumerate(names) if name in _TARGET})
    if unnamed is None:
        return None
    return Columns(unnamed.address, _named(names, _TITLE), _named(names, _DATE), _named(names, _DOMAIN))


def looks_like_address(cell: str) -> bool:
    """Is this a web address, with or without a scheme? A bare host is none: lists of domains are no lists of pages."""
    return bool(_WEB.match(cell) or _HOST_AND_PATH.match(cell))


def _without_header(rows: Sequence[Sequence[str]], ignoring: Container[int] = ()) -> Columns | None:
    width = max((len(row) for row in rows), default=0)
    best = next((index for index in range(width) if index not in ignoring and _holds_addresses(rows, index)), None)
    return None if best is None else Columns(best, header=False)


def _any_address(rows: Sequence[Sequence[str]], index: int) -> bool:
    cells = [row[index] for row in rows if len(row) > index]
    return any(looks_like_address(cell) or cell.startswith("/") for cell in cells)


def _holds_addresses(rows: Sequence[Sequence[str]], index: int) -> bool:
    cells = [row[index] for row in rows if len(row) > index and row[index]]
    return sum(map(looks_like_address, cells)) * 2 > len(cells)


def _named(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _folded(header: str) -> str:
    """A header without case, accents, punctuation: "URL_de la Página" → "url de la pagina"."""
    plain = unicodedata.normalize("NFKC", header).casefold().strip("\ufeff \t\"'")
    if plain.isascii() or any("\u00c0" <= letter <= "\u024f" for letter in plain):
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())
