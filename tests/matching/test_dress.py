"""Every ordinary dress of a name is found, as it stands on the page; other words are not."""

import pytest

from mentions.matching.dress import Casing, dress
from tests.matching.conftest import Find


@pytest.mark.parametrize(
    ("text", "alias", "stands"),
    [
        ("Brimwick's engines", "Brimwick", "Brimwick"),
        ("Brimwick’s engines", "Brimwick", "Brimwick"),
        ("Lundeens’ engines", "Lundeens", "Lundeens"),
        ("two Brimwicks", "Brimwick", "Brimwicks"),
        ("der Umsatz Brimwicks stieg", "Brimwick", "Brimwicks"),
        ("BRIMWICK GROWS", "Brimwick", "BRIMWICK"),
        ("our brimwick engine", "Brimwick", "brimwick"),
        ("Brimwick-Chefin geht", "Brimwick", "Brimwick"),
        ("Brimwick Inc. grew", "Brimwick", "Brimwick Inc"),
        ("Brimwick, GmbH & Co. KG", "Brimwick", "Brimwick, GmbH & Co. KG"),
        ("Brimwick Systems grew", "Brimwick Systems Inc.", "Brimwick Systems"),
        ("Veltmar-Gruhn grew", "Veltmar Gruhn", "Veltmar-Gruhn"),
        ("VeltmarGruhn grew", "Veltmar Gruhn", "VeltmarGruhn"),
        ("Veltmar\u00a0Gruhn grew", "Veltmar Gruhn", "Veltmar\u00a0Gruhn"),
        ("Veltmar and Gruhn grew", "Veltmar & Gruhn", "Veltmar and Gruhn"),
        ("Veltmar und Gruhn", "Veltmar & Gruhn", "Veltmar und Gruhn"),
        ("Veltmar & Gruhn grew", "Veltmar and Gruhn", "Veltmar & Gruhn"),
        ("Q & Z said", "Q&Z", "Q & Z"),
        ("Q&Z 300 fell", "Q&Z 300", "Q&Z 300"),
        ("the Q&Z300 fell", "Q&Z 300", "Q&Z300"),
        ("J. F. Tower says", "J.F. Tower", "J. F. Tower"),
        ("JF Tower says", "J.F. Tower", "JF Tower"),
        ("J.F. Tower says", "JF Tower", "J.F. Tower"),
        ("X.Q.Z. said", "XQZ", "X.Q.Z."),
        ("the XQZs", "XQZ", "XQZs"),
        ("tuesday.example grew", "tuesday.example", "tuesday.example"),
        ("Tuesday.example grew", "tuesday.example", "Tuesday.example"),
        ("on Y! tonight", "Y!", "Y!"),
        ("Brimwick+ costs", "Brimwick+", "Brimwick+"),
        ("Élodine rises", "Elodine", "Élodine"),
        ("Elodine rises", "Élodine", "Elodine"),
        ("E\u0301lodine rises", "Elodine", "E\u0301lodine"),
        ("Kraemerwerk wächst", "Krämerwerk", "Kraemerwerk"),
        ("Brim\u00adwick grew", "Brimwick", "Brim\u00adwick"),
        ("ＸＱＺ said", "XQZ", "ＸＱＺ"),
        ("der Deutschen Quarzbahn", "Deutsche Quarzbahn", "Deutschen Quarzbahn"),
        ("des Karl-Quarz-Instituts", "Karl Quarz-Institut", "Karl-Quarz-Instituts"),
        ("Pay Drimm is", "PayDrimm", "Pay Drimm"),
        ("the Rill Watch sensor", "Rillwatch", "Rill Watch"),
        ("林檎社の製品", "林檎社", "林檎社"),
        ("これはBrimwickの製品", "Brimwick", "Brimwick"),
        ("Die Quarzzeitung schrieb", "Die Quarzzeitung", "Die Quarzzeitung"),
        ("L’Ombrelle grew", "L'Ombrelle", "L’Ombrelle"),
        ("McDrummonds grew", "McDrummond's", "McDrummonds"),
    ],
)
def test_found_as_it_stands(find: Find, text: str, alias: str, stands: str) -> None:
    assert [spelling for spelling, _ in find(text, alias)] == [stands]


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("Brimwickian ways", "Brimwick"),
        ("a brimwick_engine here", "Brimwick"),
        ("the target was hit", "Target"),
        ("xqz said", "XQZ"),
        ("Xqz said", "XQZ"),
        ("pay drimm at once", "PayDrimm"),
        ("the rill watch sensor", "Rillwatch"),
        ("on Tuesday. Example:", "tuesday.example"),
        ("the letter Y and more", "Y!"),
        ("und über uns", "Uber"),
        ("Über uns", "Uber"),
        ("Veltmar. Gruhn grew", "Veltmar Gruhn"),
        ("Veltmar\nGruhn grew", "Veltmar Gruhn"),
        ("at the home depot", "Home Depot"),
        ("during his workday", "Workday"),
        ("q&z said", "Q&Z"),
    ],
)
def test_other_words_are_not_the_name(find: Find, text: str, alias: str) -> None:
    assert find(text, alias) == []


def test_letter_for_letter_is_exact_and_any_other_dress_a_variant(find: Find) -> None:
    assert find("Brimwick, BRIMWICK, Brimwicks", "Brimwick") == [
        ("Brimwick", "exact"),
        ("BRIMWICK", "variant"),
        ("Brimwicks", "variant"),
    ]


def test_of_overlapping_names_of_a_target_the_longest_stands(find: Find) -> None:
    assert find("Pell Research Center says", "Pell Research Center", "Pell Research", "Pell") == [
        ("Pell Research Center", "exact")
    ]


@pytest.mark.parametrize(
    ("alias", "casing"),
    [
        ("XQZ", Casing.CAPITALS),
        ("TIME", Casing.CAPITALS),
        ("QUORBA", Casing.CAPITALS_OR_TITLE),
        ("Target", Casing.NAME),
        ("Quorbafix", Casing.ANY),
        ("林檎", Casing.ANY),
    ],
)
def test_letter_case_a_name_may_wear(alias: str, casing: Casing) -> None:
    assert dress(alias).casing is casing


@pytest.mark.parametrize(
    "alias", ["Gap Inc.", "Veltmar & Gruhn", "J.F. Tower", "Y!", ".NET", "C++", "林檎 Records", "A"]
)
def test_any_alias_compiles_and_finds_itself(find: Find, alias: str) -> None:
    assert [spelling for spelling, _ in find(f"We saw {alias} there", alias)] == [alias.rstrip(".")]


@pytest.mark.parametrize("text", ["K+Q", "K + Q"])
def test_a_short_name_with_a_plus_is_found_as_it_is_written(find: Find, text: str) -> None:
    assert [surface for surface, _ in find(f"Shares of {text} rose.", "K+Q")] == [text]
    assert find("Shares of K&Q, K and Q, K Q and KQ rose.", "K+Q") == []


def test_a_short_name_with_a_word_in_between_is_found_with_the_sign_too(find: Find) -> None:
    assert [surface for surface, _ in find("Ask Q and Z, or Q & Z.", "Q and Z")] == ["Q and Z", "Q & Z"]
