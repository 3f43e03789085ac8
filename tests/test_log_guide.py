"""docs/operate/log-guide.md explains every warning that a run can write, and none that it cannot."""

import re
from pathlib import Path

from tests.log_texts import texts

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "operate" / "log-guide.md"

# Texts that are put together from several pieces, so that no single line of code holds them.
PUT_TOGETHER = {
    "… stands for 10.0.0.1, which is not a public address",
    "robots.txt of … cannot be read",
    "…: nothing of it could be read",
}


def explained() -> list[str]:
    """The messages of the guide's tables, `…` for what differs."""
    rows = re.findall(
        r"^\| (`.*?`(?:; `.*?`)*) \|", GUIDE.read_text(encoding="utf-8").split("## Reasons")[0], re.MULTILINE
    )
    return [message for row in rows for message in re.findall(r"`(.+?)`", row)]


def says_the_same(guide: str, code: str) -> bool:
    """`…` stands for anything; a message about an address may leave out the address before it."""
    pattern = ".*".join(map(re.escape, guide.split("…")))
    return re.fullmatch(rf"(?:…: )?{pattern}(?:: …)?", code) is not None


def test_every_warning_is_explained() -> None:
    guide = explained()
    missing = [f"{where}: {text}" for text, where in texts().items() if not any(says_the_same(g, text) for g in guide)]
    assert not missing, "explain in docs/operate/log-guide.md:\n" + "\n".join(missing)


def test_nothing_is_explained_that_is_never_said() -> None:
    code = list(texts())
    stale = [g for g in explained() if g not in PUT_TOGETHER and not any(says_the_same(g, text) for text in code)]
    assert stale == []


def test_the_collector_sees_what_it_should() -> None:
    """A collector that finds nothing would find every guide complete."""
    found = texts()
    assert len(found) > 80
    assert "no draft for …: …" in found
    assert "the health check answered …" in found
    assert "this is a web page, not a feed" in found
    assert "the run ended after … minutes (limits.minutes)" in found


def test_each_row_says_what_to_do() -> None:
    for line in GUIDE.read_text(encoding="utf-8").split("## Reasons")[0].splitlines():
        if line.startswith("| `"):
            cells = line.strip("|").split(" | ")
            assert len(cells) == 3, line
            assert all(cell.strip() for cell in cells), line
