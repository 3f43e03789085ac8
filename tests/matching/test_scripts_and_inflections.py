"""Names in scripts without word boundaries, in other widths and alphabets, and in the inflections of five languages."""

import pytest

from mentions.matching.mention import Decision
from tests.matching.conftest import Find, judged, watch


@pytest.mark.parametrize(
    ("alias", "text", "found"),
    [
        ("霧島工業", "昨日、霧島工業は新しいポンプを発表した。", "霧島工業"),  # Japanese, no word boundaries
        ("クオルバ", "新型のクオルバを買いました。", "クオルバ"),  # katakana between particles
        ("蓝鹭科技", "据报道，蓝鹭科技公司将在上海建厂。", "蓝鹭科技"),  # Chinese
        ("Quorba", "新しいＱｕｏｒｂａのポンプは静かだ。", "Ｑｕｏｒｂａ"),  # full width
        ("Quorba", "昨日Quorbaが発表した。", "Quorba"),  # Latin between kana
        ("Kelvarra", "Kelvarras neue Pumpe ist leise.", "Kelvarras"),  # German genitive
        ("Kelvarra", "Die Kelvarra-Aktie stieg.", "Kelvarra"),  # German compound
        ("Möbius Werke", "bei den Moebius Werken in Kassel", None),  # plural of a German noun: not ours to guess
        ("Möbius Werke", "Die Moebius Werke bauen an.", "Moebius Werke"),
        ("Aldorel", "un produit d'Aldorel", "Aldorel"),  # French elision
        ("L'Aldorel", "l’Aldorel a annoncé", "l’Aldorel"),
        ("Muñoz Labs", "los Munoz Labs de Sevilla", "Munoz Labs"),  # Spanish, accent left out
        ("Brimwick", "Brimwick Inc. said so", "Brimwick Inc"),
        ("Brimwick", "both Brimwicks were tested", "Brimwicks"),
        ("Brimwick", "Brimwick's pumps", "Brimwick"),
        ("YellowFin", "the Yellow Fin and the Yellow-Fin", "Yellow Fin"),
    ],
)
def test_ordinary_dresses(find: Find, alias: str, text: str, found: str | None) -> None:
    spellings = [written for written, _ in find(text, alias)]
    assert (spellings[0] if spellings else None) == found


@pytest.mark.parametrize(
    ("alias", "text"),
    [
        ("Angel", "They flew to Los Angeles on Monday."),  # no plural in -es but behind a hiss
        ("QRX", "a camera with a QRXS sensor"),  # capitals all through: another acronym
    ],
)
def test_what_only_looks_inflected_is_somebody_else(find: Find, alias: str, text: str) -> None:
    assert find(text, alias) == []


def test_several_of_an_acronym_are_still_it(find: Find) -> None:
    assert find("two QRXs in a row", "QRX") == [("QRXs", "variant")]


HERON = watch("Heron", about="water pumps", not_about="the bird; surname")


@pytest.mark.parametrize(
    "line",
    [
        "The talk was given by Ronald “Ron” Heron, who taught here.",
        "Sources: Heron, Martin. 2016. The rise of rivers.",
        "A weekend at Heron Pediatrics calmed them. Heron Pediatrics has six rooms.",
    ],
)
def test_longer_names_and_persons_are_somebody_else(line: str) -> None:
    assert judged(HERON, line).mentions == ()


def test_a_field_is_known_by_more_than_the_words_of_the_configuration() -> None:
    beer = watch("Corvina", about="beer", not_about="virus")
    line = "Alle reden seit Monaten von Corvina."
    brewed = judged(beer, line, "Die Brauerei füllt Flaschen, der Brauer ist stolz.", language="de")
    ill = judged(beer, line, "Die Pandemie dauert an, der Impfstoff fehlt der Klinik.", language="de")
    scores = [(*found.mentions, *found.rejected)[0].sense.score for found in (brewed, ill)]
    assert scores[0] > scores[1] + 0.2


def test_names_side_by_side_are_no_address() -> None:
    found = judged(watch("Heron"), "Kelvarra/Heron plants supply the valley with pumps.")
    told = [reason for m in (*found.mentions, *found.rejected) for reason in m.sense.reasons]
    assert not any("address" in reason for reason in told)


def test_a_person_named_by_a_misspelling_again_and_again_is_no_mention() -> None:
    watchlist = watch("Claurel")
    found = judged(watchlist, "The chairman Marco Claurez spoke.", "Later Claurez left.")
    assert all(m.sense.decision is Decision.NOT_US for m in (*found.mentions, *found.rejected))
