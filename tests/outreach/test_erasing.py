"""A person to be forgotten: what a first search asks for stands in every text that names them."""

import pytest

from mentions.outreach.erasing import Person

ADDRESS = "zoe@courier.example"


def held(text: str, pieces: tuple[str, ...]) -> bool:
    """As a database sees it that knows the capitals of ASCII letters only."""

    def small(words: str) -> str:
        return "".join(letter.lower() if letter.isascii() else letter for letter in words)

    return any(small(piece) in small(text) for piece in pieces)


@pytest.mark.parametrize(
    "name", ["Zoë Özil", "Jane Doe", "Илья Петров", "Bo Ek", "Øå Åø", "Jean-Luc d’Été", "山田 太郎"]
)
def test_every_spelling_of_a_name_holds_a_piece(name: str) -> None:
    person = Person.of(ADDRESS, [name])
    for spelt in (name, name.upper(), name.lower(), name.replace(" ", "\u00a0"), name.replace(" ", "\n")):
        text = f"By {spelt}, harbour desk"
        assert person.is_in(text), spelt
        assert held(text, person.pieces), spelt


@pytest.mark.parametrize(
    "spelt", [ADDRESS, ADDRESS.upper(), "zoe+news@courier.example", "mailto:zoe%40courier.example"]
)
def test_every_spelling_of_an_address_holds_a_piece(spelt: str) -> None:
    person = Person.of(ADDRESS)
    assert person.is_in(spelt)
    assert held(spelt, person.pieces)


def test_a_name_is_looked_for_by_its_longest_run_of_plain_letters() -> None:
    assert Person.of(ADDRESS, ["Jean-Luc d’Été"]).pieces[-1] == "Jean"
    assert Person.of(ADDRESS, ["Zoë Özil"]).pieces == ("zoe@", "zoe%40", "zoe+", "zil")
