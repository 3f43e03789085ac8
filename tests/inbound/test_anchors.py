"""What the words of a link are: brand, name, address, nothing at all; hostile ones included."""

import pytest

from mentions.inbound import AnchorKind, kind_of
from mentions.inbound.anchors import plain, spam_words
from tests.inbound.building import TARGETS


@pytest.mark.parametrize(
    ("anchor", "kind"),
    [
        ("Quillon Robotics", AnchorKind.BRAND),
        ("the arms of QUILLON, as shown", AnchorKind.BRAND),
        ("Quillon's \u201cState of Grippers\u201d", AnchorKind.BRAND),
        ("Qui\u200bllon", AnchorKind.BRAND),
        ("\uff31\uff35\uff29\uff2c\uff2c\uff2f\uff2e", AnchorKind.BRAND),
        ("State of Grippers 2026", AnchorKind.NAME),
        ("https://quillon.example/grippers", AnchorKind.URL),
        ("quillon.example", AnchorKind.URL),
        ("(www.quillon.example/a-b?c=d)", AnchorKind.URL),
        ("Read more …", AnchorKind.GENERIC),
        ("HIER", AnchorKind.GENERIC),
        ("", AnchorKind.EMPTY),
        (" \u200b\u202e ", AnchorKind.EMPTY),
        ("Quillonia", AnchorKind.OTHER),
        ("best cheap robot arms", AnchorKind.OTHER),
        ("a.b", AnchorKind.OTHER),
    ],
)
def test_kinds(anchor: str, kind: AnchorKind) -> None:
    assert kind_of(anchor, TARGETS) is kind


def test_a_hostile_anchor_is_read_in_time_that_grows_with_its_length_only() -> None:
    anchor = "a." * 20_000 + "!" + "\u202e" * 1_000
    assert kind_of(anchor, TARGETS) is AnchorKind.OTHER
    assert kind_of("-" * 50_000, TARGETS) is AnchorKind.EMPTY


def test_words_of_link_sellers_are_told_unless_they_are_our_own() -> None:
    assert spam_words("Best CASINO bonus, casino!", TARGETS) == ["casino"]
    [*_, report] = TARGETS
    casino = report.model_copy(update={"about": "games, poker and the like"})
    assert spam_words("poker robots", (casino,)) == []
    assert spam_words("casinos", (casino,)) == ["casinos"]


def test_folding_drops_what_nobody_sees() -> None:
    assert plain("  Caf\u00e9\u200d\u2014Bar\u202e\n") == "caf\u00e9 bar"
