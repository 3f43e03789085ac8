"""What an address, and the words beside it, say of the office behind it: in seven languages, by whole words."""

import re
import unicodedata
from typing import Final

from mentions.outreach.contacts.model import Role
from mentions.outreach.names import person_name

_NEWSROOM: Final = re.compile(
    r"(?:news(?:room|desk)?|editor(?:s|ial)?|the[-_.]?editors?|redaktion|online-?redaktion|redaction|redaccion|redazione"
    r"|redacao|redactie|readers?|leserbriefe|letters|desk)(?:[-_.]\w+)?",
    re.IGNORECASE,
)
_CORRECTIONS: Final = re.compile(
    r"(?:corrections?|korrekture?n?|correctifs?|correcciones|correzioni|correcoes|correcties|errata|readers?[-_.]?editor)",
    re.IGNORECASE,
)
_GENERAL: Final = re.compile(
    r"(?:info|contact|kontakt|contacto|contatti|contato|hello|hallo|bonjour|hola|mail|office|post|feedback|team)",
    re.IGNORECASE,
)
# Words beside an address that give it another purpose, whatever the address is (B-05).
_ELSEWHERE: Final = re.compile(
    r"\b(?:advertis\w*|ad sales|media sales|sponsorship|subscriptions?|careers?|jobs?|privacy|data protection|legal"
    r"|copyright|press office|syndication|licensing|webmaster|technical support|anzeigen\w*|werbung|vermarktung"
    r"|mediadaten|abo(?:nnement)?s?|aboservice|leserservice|datenschutz\w*|karriere|stellen\w*|publicit[ée]|annonces"
    r"|abonnements?|emplois?|donn[ée]es personnelles|vie priv[ée]e|publicidad|suscripci\w+|empleo|privacidad"
    r"|pubblicit[àa]|abbonamenti|lavora con noi|publicidade|assinaturas?|privacidade|adverteren"
    r"|vacatures|abonnementen)\b",
    re.IGNORECASE,
)
_EDITS: Final = re.compile(
    r"\b(?:editors?|desk|ressort\w*|redakteur\w*|redaktion|leitung|r[ée]dact\w+|rubrique|redactor\w*|redacci[óo]n|secci[óo]n"
    r"|redattor\w*|redazione|editor(?:a|ia)?|reda[çc][ãa]o|redacteur|redactie|caposervizio|jefe de secci[óo]n)\b",
    re.IGNORECASE,
)
_CHIEF: Final = re.compile(
    r"\b(?:editor[- ]in[- ]chief|chief editor|managing editor|executive editor|deputy editor|chefredakt\w+"
    r"|(?:r[ée]dact\w+|directeur|directrice) en chef|redactor\w* jefe|director\w* responsab\w*|direttore"
    r"|hoofdredacteur)\b",
    re.IGNORECASE,
)
_FILLERS: Final = re.compile(
    r"\b(?:the|our|e-?mail|mail|contact|kontakt|write|to|at|an|und|and|for|of|für|de|la|le|del|di|section|head|senior"
    r"|deputy|associate|news|tel|phone|telefon|leiter(?:in)?)\b",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(r"\s*(?:[,;:|()\[\]<>•·]|\s[-–—/]\s|\s{2,})\s*")
_SPELT_OUT: Final = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ø"): "o", ord("ł"): "l"}
_LONGEST_SECTION: Final = 40


def role_of(local: str) -> Role | None:
    """The office that the part before the @ names; None for a person's address."""
    if _CORRECTIONS.fullmatch(local):
        return Role.CORRECTIONS
    if _NEWSROOM.fullmatch(local):
        return Role.NEWSROOM
    return Role.GENERAL if _GENERAL.fullmatch(local) else None


def is_for_other_purposes(line: str) -> bool:
    """Do the words beside an address say that it is for advertisers, applicants, subscribers … and not for editors?"""
    return bool(_ELSEWHERE.search(line)) and not _EDITS.search(line)


def is_chief(line: str) -> bool:
    """Do the words beside an address name whoever leads the editors?"""
    return bool(_CHIEF.search(line))


def section_in(line: str, address: str) -> str | None:
    """What an editor answers for: "Technology" of "Technology editor: Jane Doe, tech@…"; None where nobody says."""
    if is_chief(line) or not _EDITS.search(line):
        return None
    for part in _PARTS.split(line.replace(address, " ")):
        if _EDITS.search(part) and "@" not in part:
            words = " ".join(_FILLERS.sub(" ", _EDITS.sub(" ", part)).split()).strip(" .:&-")
            if words and len(words) <= _LONGEST_SECTION and not person_name(words):
                return words
    return None


def name_in(line: str, address: str) -> str | None:
    """The one person whom the words beside an address name; None where they name nobody, or two."""
    parts = [part.strip(" .") for part in _PARTS.split(line.replace(address, " "))]
    names = {name for part in parts if not _EDITS.search(part) and (name := person_name(part))}
    return names.pop() if len(names) == 1 else None


def carries(local: str, name: str) -> bool:
    """Does the part before the @ carry the surname: jane.doe, jdoe or doe for Jane Doe?"""
    plain = plain_letters(name.split()[-1])
    parts = [part for part in re.split(r"[^a-z]+", plain_letters(local, keep=".-_")) if part]
    initial = plain_letters(name)[:1]
    return len(plain) > 2 and (
        plain in parts
        or "".join(parts) in {initial + plain, plain + initial}
        or "".join(parts) == "".join(plain_letters(word) for word in name.split())
    )


def plain_letters(text: str, *, keep: str = "") -> str:
    """Lower-case ASCII letters without accents; ä, ö, ü and ß as German addresses write them."""
    text = text.casefold().translate(_SPELT_OUT)
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if letter in keep or (letter.isascii() and letter.isalnum()))
