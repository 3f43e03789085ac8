"""An agency that signs a text or a picture is not named by the article; one that is spoken of is."""

import pytest

from mentions.extraction.article import Zone
from mentions.extraction.splitting import boilerplate_parts


def _cut(text: str, zone: Zone = Zone.BODY) -> str:
    """What is left of a piece as article."""
    for start, end in reversed(boilerplate_parts(text, zone, (), opening=True)):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize(
    "line",
    [
        "Mit Material von dpa und AFP",
        "Mit Material der dpa",
        "Quelle: n-tv.de, dpa/AFP",
        "Quelle: ZEIT ONLINE, dpa, AFP, spo",
        "(Avec AFP)",
        "Avec Reuters",
        "Con información de AFP y Reuters",
        "With files from The Associated Press",
        "The Associated Press contributed to this report.",
        "Associated Press writers Ines Falk and Otto Quay in Lindow contributed to this report.",
        "Ines Falk of the Associated Press contributed.",
        "Ines Falk / Contributor via Getty Images",
        "Copyright 2026 The Associated Press. All rights reserved.",
        "来源：新华社",
    ],
)
def test_a_line_that_says_who_wrote_it_is_no_article(line: str) -> None:
    assert _cut(line) == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Der Hafen wächst weiter, sagte er. (SZ/dpa/lit)", "Der Hafen wächst weiter, sagte er."),
        ("Le port grandit encore. (Avec AFP)", "Le port grandit encore."),
        ("El puerto crece. (con EFE)", "El puerto crece."),
        ("The port is growing. —Reuters", "The port is growing."),
        ("港では機械が動き始めた。（ロイター）", "港では機械が動き始めた。"),
        ("新华社林多12月3日电（记者张三）港口启用四十台新机器。", "港口启用四十台新机器。"),
        ("新华社林多12月3日电 港口启用四十台新机器。", "港口启用四十台新机器。"),
        ("【リンドウ共同】港では機械が動き始めた。", "港では機械が動き始めた。"),
        ("dpa Lindow - Der Hafen hat vierzig neue Maschinen.", "Der Hafen hat vierzig neue Maschinen."),
        ("Lindow, 3 dic (EFE).- El puerto tiene cuarenta máquinas.", "El puerto tiene cuarenta máquinas."),
    ],
)
def test_signatures_and_datelines_are_cut_from_their_paragraphs(text: str, left: str) -> None:
    assert _cut(text) == left


@pytest.mark.parametrize(
    ("caption", "left"),
    [
        ("A crane at dawn. REUTERS/Ines Falk", "A crane at dawn."),
        ("A crane at dawn. REUTERS / Ines Falk", "A crane at dawn."),
        ("Une grue à l'aube. AFP/INES FALK", "Une grue à l'aube."),
        ("Une grue, le 3 mai. INES FALK / AFP", "Une grue, le 3 mai."),
        ("A crane at dawn. Ines Falk/Associated Press", "A crane at dawn."),
        ("港口的夜班。新华社记者 张三 摄", "港口的夜班。"),
        ("港の夜＝ロイター", "港の夜"),
    ],
)
def test_credits_are_cut_from_captions(caption: str, left: str) -> None:
    assert _cut(caption, Zone.CAPTION) == left


@pytest.mark.parametrize(
    "text",
    [
        "The Associated Press asked forty dockers, and most of them had nothing to say.",
        "As Reuters reported on Monday, the port wants more.",
        "Der Chef der dpa sagte, er habe den Hafen nie gesehen.",
        "据新华社报道，港口启用四十台新机器。",
        "ロイター通信によると、港では機械が動き始めた。",
        "He sold his shop to Bloomberg (the firm, not the man) in May.",
        "The photographers of AFP and Getty Images went on strike - again.",
    ],
)
def test_an_agency_that_is_spoken_of_stays_in_the_article(text: str) -> None:
    assert _cut(text) == text
