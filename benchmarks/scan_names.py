"""Names to look for in benchmarks: real ones of firms that are seldom in the news, and invented ones beside them.

The real ones are Trustpilot and the members of the MDAX, the share index of Germany's middle-sized listed firms, as of
2024, in alphabetical order: firms of the size that has a press office. The list of the MDAX was taken as it is, common
words and frequent names included. Trustpilot was not: it is what remained of a first list of eight well-known names
after they were counted on the pages. The seven others (Zapier, Statista, Mailchimp, Gartner, Forrester, Telefónica,
Stack Overflow) occur more often, and were dropped because the aim is set for names of which few occur.
The invented ones are made of syllables, in the shapes that names of brands, products and
reports have.
"""

import random
from collections.abc import Iterator
from typing import Final

from mentions.matching.lexicon import is_word
from mentions.targets import Target

REAL: Final = (
    "Trustpilot", "Aixtron", "Aroundtown", "Aurubis", "Bechtle", "Bilfinger", "Carl Zeiss Meditec", "CTS Eventim",
    "Delivery Hero", "Deutsche Wohnen", "Dürr", "Encavis", "Evonik", "Evotec", "Fraport", "freenet", "Fuchs",
    "GEA Group", "Gerresheimer", "Hella", "HelloFresh", "Hensoldt", "Hochtief", "Hugo Boss", "Hypoport", "Jenoptik",
    "Jungheinrich", "K+S", "Kion", "Knorr-Bremse", "Krones", "Lanxess", "LEG Immobilien", "Lufthansa", "Nemetschek",
    "Nordex", "Puma", "Rational", "Redcare Pharmacy", "RTL Group", "Schott Pharma", "Scout24", "Siltronic", "Sixt",
    "Stabilus", "Ströer", "TAG Immobilien", "Talanx", "TeamViewer", "thyssenkrupp", "Traton", "TUI", "United Internet",
    "Wacker Chemie",
)  # fmt: skip
_REAL_SHARE: Final = 5  # one name in so many is real, as far as there are real ones
_ONSETS: Final = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gl",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "sc",
    "sh",
    "sl",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
]
_VOWELS: Final = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "ee", "io", "ou"]
_CODAS: Final = ["l", "n", "r", "s", "t", "x", "m", "ck", "nd", "nt", "rd", "st"] + [""] * 8
_KINDS: Final = [
    "Analytics",
    "Robotics",
    "Systems",
    "Labs",
    "Foods",
    "Motors",
    "Media",
    "Health",
    "Energy",
    "Capital",
    "Software",
    "Group",
    "Bank",
]
_REPORTS: Final = ["Index", "Report", "Survey", "Barometer", "Outlook", "Monitor", "Study"]


def targets_of(count: int) -> tuple[Target, ...]:
    """So many targets, the same on every machine: one name in five is real, but no more than there are."""
    names = list(REAL[: max(1, count // _REAL_SHARE)])
    taken = set(names)
    for name in _invented(random.Random(7)):
        if len(names) >= count:
            break
        if name not in taken:
            taken.add(name)
            names.append(name)
    return tuple(Target(name=name, domains=(f"name-{nth}.example",)) for nth, name in enumerate(names))


def _invented(dice: random.Random) -> Iterator[str]:
    """Of a hundred names 45 have one word, 35 two and 15 three, and 5 are acronyms of four or five letters."""
    while True:
        match dice.choices(("one", "two", "three", "acronym"), (45, 35, 15, 5))[0]:
            case "one":
                yield _word(dice)
            case "two":
                yield f"{_word(dice)} {dice.choice(_KINDS)}"
            case "three":
                yield f"{_word(dice)} {dice.choice(_KINDS)} {dice.choice(_REPORTS)}"
            case _:
                yield "".join(dice.choices("ABCDEFGHIJKLMNOPRSTUVWXZ", k=dice.choice((4, 5))))


def _word(dice: random.Random) -> str:
    """A word of two to four syllables and 5 to 12 letters that no dictionary holds."""
    while True:
        syllables = dice.choices((2, 3, 4), (5, 4, 1))[0]
        word = "".join(dice.choice(_ONSETS) + dice.choice(_VOWELS) + dice.choice(_CODAS) for _ in range(syllables))
        if 5 <= len(word) <= 12 and not is_word(word):
            return word.capitalize()
