"""Pages that are not there although their server says so: error pages sent as 200, and ways back to the front. Pure.

Asked of pages only that held an article at an earlier look; a story about missing pages is no missing page.
"""

import re
from typing import Final

from mentions.extraction.article import Article
from mentions.urls import host_of, path_segments, registrable_domain, split

_SHORT: Final = 1_500  # characters; an error page with teasers of other stories says in its title what it is
_OPENING: Final = 300  # characters in which a short one says it
_NOT_THERE: Final = re.compile(
    r"^\W*(?:error\W*)?(?:404|410)\b|\b(?:404|410)\W+(?:error|not found|page)\b|^\W*(?:page )?not found\b"
    r"|\b(?:page|article|story|content|post)\b[^.]{0,40}\b(?:not (?:be )?found|no longer (?:available|exists?|here)"
    r"|(?:does not|doesn['’]t) exist|(?:has been|was) (?:removed|deleted|taken down)|is(?: currently)? unavailable)"
    r"|\b(?:seite|artikel|beitrag|inhalt)\b[^.]{0,40}\bnicht (?:mehr )?(?:gefunden|verfügbar|vorhanden|existiert)"
    r"|\b(?:page|article|contenu)\b[^.]{0,40}\b(?:introuvable|non trouvée?|n['’](?:existe|est) (?:plus|pas))"
    r"|\b(?:página|artículo|contenido)\b[^.]{0,40}\b(?:no (?:se )?(?:ha sido )?(?:encontr\w+|existe|disponible))"
    r"|\bpagina non trovata\b|\bpagina niet gevonden\b|\bpágina não encontrada\b",
    re.IGNORECASE,
)
_FRONT: Final = re.compile(r"(?:index|default|home)(?:\.\w{2,5})?|[a-z]{2}(?:-[a-z]{2})?")


def says_missing(article: Article) -> bool:
    """Does what came say of itself that nothing is there: in its title, or at the top of a short text?"""
    if article.metadata.title and _NOT_THERE.search(article.metadata.title):
        return True
    text = article.text.strip()
    return len(text) < _SHORT and bool(_NOT_THERE.search(text[:_OPENING]))


def leads_back(asked: str, final: str) -> bool:
    """Does an article's address lead to the front page of its site now, or to the section it stood in?"""
    there = split(final)
    if there is None or registrable_domain(host_of(asked)) != registrable_domain(host_of(final)) or there.query:
        return False
    old = path_segments(getattr(split(asked), "path", ""))
    new = path_segments(there.path)
    if len(new) >= len(old):
        return False
    return all(_FRONT.fullmatch(segment) for segment in new) or old[: len(new)] == new
