"""The style sheets: dark colours stand twice and agree, every pair of text and ground can be read."""

import re
from itertools import product

import pytest

from mentions.review.statics import own_statics

SHEET = own_statics().files["desk.css"].body.decode()
GROUNDS = ("--ground", "--surface", "--raised")
TEXTS = ("--text", "--quiet", "--accent", "--bad", "--good", "--warn", "--info")


def tokens(selector: str) -> dict[str, str]:
    """The colours of the block that begins with this selector."""
    block = SHEET[SHEET.index(f"{selector} {{") :]
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block[: block.index("}")]))


LIGHT = tokens(":root")
DARK = tokens(':root[data-theme="dark"]')


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_dark_colours_are_the_same_by_choice_and_by_system() -> None:
    assert tokens(':root:not([data-theme="light"])') == DARK
    assert len(DARK) > 15
    assert set(DARK) <= set(LIGHT)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_c_20(colours: dict[str, str]) -> None:
    pairs = [*product(TEXTS, GROUNDS), ("--on-accent", "--accent-ground"), ("--mark-text", "--mark-ground")]
    pairs += [(name, f"{name}-ground") for name in ("--good", "--warn", "--bad", "--info")]
    pairs += [("--text", f"--{name}-ground") for name in ("good", "warn", "bad")]
    for text, ground in pairs:
        assert contrast(colours[text], colours[ground]) >= 4.5, f"{text} on {ground}"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_border_and_focus_can_be_seen_c_20(colours: dict[str, str]) -> None:
    for line, ground in product(("--line-strong", "--focus"), GROUNDS):
        assert contrast(colours[line], colours[ground]) >= 3, f"{line} on {ground}"


def test_the_areas_bring_no_colours_of_their_own() -> None:
    for name, file in own_statics().files.items():
        if name.endswith(".css") and name != "desk.css":
            declared = re.findall(r"^\s+([\w-]+):([^;{]+);", file.body.decode(), re.MULTILINE)
            own = [
                value for key, value in declared if key != "box-shadow" and re.search(r"#[0-9a-f]{3}|rgb|hsl", value)
            ]
            assert own == [], name


def test_nothing_is_taken_from_elsewhere() -> None:
    for name, file in own_statics().files.items():
        if name.endswith((".css", ".js")):
            assert not re.search(r"url\(\s*['\"]?https?:|@import|from ['\"]https?:", file.body.decode()), name
