"""What is cut out of an article's paragraphs and captions."""

import pytest

from mentions.extraction.article import Zone
from mentions.extraction.splitting import boilerplate_parts
from mentions.extraction.vocabulary import Hint


def _cut(text: str, zone: Zone = Zone.BODY, *, opening: bool = True) -> list[str]:
    return [text[start:end].strip() for start, end in boilerplate_parts(text, zone, [], opening=opening)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("PORT LINDOW (AP) — Forty machines went to work.", "PORT LINDOW (AP) —"),
        ("(AP) — Forty machines went to work.", "(AP) —"),
        ("WASHINGTON, Nov. 3 (Reuters) - Forty machines went to work.", "WASHINGTON, Nov. 3 (Reuters) -"),
        ("Lindow (dpa/lno) - Vierzig Maschinen arbeiten.", "Lindow (dpa/lno) -"),
        ("Hamburg (AFP) Vierzig Maschinen arbeiten.", "Hamburg (AFP)"),
        ("［東京　１４日　ロイター］ - 港で機械が働き始めた。", "［東京　１４日　ロイター］ -"),
        ("SPRINGFIELD (The Courier) — Forty machines.", "SPRINGFIELD (The Courier) —"),
        ("Das sagte sie am Montag. (dpa)", "(dpa)"),
        ("By Jane Doe, Senior Reporter", "By Jane Doe, Senior Reporter"),
        ("Von Jörg Müller und Li Wei", "Von Jörg Müller und Li Wei"),
        ("(Reporting by Jane Doe; Editing by Li Wei)", "(Reporting by Jane Doe; Editing by Li Wei)"),
        ("Photo: Getty Images", "Photo: Getty Images"),
        ("Jane covers ports. Follow her on Twitter @jane.", "Follow her on Twitter @jane."),
        ("The port grows. Connect with Acme on Facebook and Twitter.", "Connect with Acme on Facebook and Twitter."),
        ("Stay connected with us!", "Stay connected with us!"),
        (
            "Connect with APH on Facebook (Facebook.com/APHPort), Twitter (@aphport) and Instagram (@aph).",
            "Connect with APH on Facebook (Facebook.com/APHPort), Twitter (@aphport) and Instagram (@aph).",
        ),
        (
            "It works. Follow The Dock Worker’s Kitchen on FACEBOOK, PINTEREST and YouTube and subscribe!",
            "Follow The Dock Worker’s Kitchen on FACEBOOK, PINTEREST and YouTube and subscribe!",
        ),
        (
            "Arms grow. Also, if you are on Pinterest, please leave a comment there!",
            "Also, if you are on Pinterest, please leave a comment there!",
        ),
        ("*** Follow me on Instagram for more arms ***", "*** Follow me on Instagram for more arms ***"),
        ("You do fine. (Promise.) Follow us on Instagram!", "Follow us on Instagram!"),
        ("For more tips, follow @dockworker on Instagram!", "For more tips, follow @dockworker on Instagram!"),
        ("Don’t forget to subscribe on YouTube.", "Don’t forget to subscribe on YouTube."),
        ("Subscribe to our newsletter.", "Subscribe to our newsletter."),
        ("扫描下方二维码关注阿克米官方微信。", "扫描下方二维码关注阿克米官方微信。"),
        ("To see this, Javascript must be enabled.", "To see this, Javascript must be enabled."),
    ],
)
def test_datelines_bylines_credits_and_calls_are_cut_out(text: str, cut: str) -> None:
    assert _cut(text) == [cut]


@pytest.mark.parametrize(
    "text",
    [
        "Acme (NYSE: ACM) - a maker of arms - grew.",
        "He said (by phone) — that it works.",
        "The deal with Reuters (AFP) was signed.",
        "By the end of the year the port wants more.",
        "Von der Idee zum Produkt",
        "People follow Acme on Twitter because it is good.",
        "Dockers connect with one another on Twitter, where Acme does not look.",
        "Reuters reported on Monday that Acme grew.",
        "Shutterstock expands its deal with Acme | The Daily Courier",
        "Video: how the arms of Acme work",
        "阿克米的官方微信每周四更新，玩家们都在等待新机器的消息。",
        "The photo by Ines Falk shows the arm.",
        "For more than a year, dockers follow Acme on its way to Port Lindow.",
        "If you are on time, Acme pays for the ferry.",
        "Also on Facebook, the port of Lindow grew.",
        "Like many makers of arms that advertise on Facebook, Acme grew.",
        "Find out how the makers of arms grow on Facebook and Twitter.",
    ],
)
def test_prose_is_left_alone(text: str) -> None:
    assert _cut(text) == []


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("The new arm by Acme. Photo: Getty Images", "Photo: Getty Images"),
        ("The new arm. (AP Photo/Jane Doe)", "(AP Photo/Jane Doe)"),
        ("The new arm at work. (Jane Doe/The Union via AP)", "(Jane Doe/The Union via AP)"),
        ("The new arm by Acme © Jane Doe / Unsplash", "© Jane Doe / Unsplash"),
        ("Der neue Arm von Acme. Foto: dpa", "Foto: dpa"),
        ("The new arm. Getty Images", "Getty Images"),
        ("Forty arms remain in the port, years after the first [File: Reuters]", "[File: Reuters]"),
        ("The new arm at work [Jane Doe/AFP]", "[Jane Doe/AFP]"),
    ],
)
def test_credits_end_captions(text: str, cut: str) -> None:
    assert _cut(text, Zone.CAPTION) == [cut]


def test_an_element_named_credit_is_cut_out() -> None:
    text = "The new arm Acme press office"
    assert boilerplate_parts(text, Zone.CAPTION, [(12, 29, int(Hint.CREDIT))], opening=False) == [(11, 29)]
