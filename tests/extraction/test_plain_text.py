"""Lines of text in <pre> are put together again; those of code are left as they are."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from mentions.extraction.plain_text import is_plain_text, reflowed
from mentions.extraction.walk import walk_tree

PROSE = """The harbour board has asked three firms to measure the tide, and Veltmar
Instruments was the only one that came by boat. The others took the bus and
were late, since the road along the quay was under water that morning.

Nobody was surprised but the board. "We had thought of rain," said its chair,
"but not of the sea."
"""
CODE = """def read(port):
    with open(port) as gauge:
        for line in gauge:
            yield float(line)

print(max(read("/dev/ttyUSB0")))
"""
SESSION = """>>> from gauges import tide
>>> tide("quay")
2.14
"""
TABLE = """gauge        high   low    mean
quay         2.14   0.31   1.20
lighthouse   2.02   0.28   1.15
"""


def pieces(html: str) -> list[str]:
    page = walk_tree(LexborHTMLParser(html.encode()))
    return [page.text[piece.start : piece.end] for piece in page.pieces]


def is_plain(html: str) -> bool:
    node = LexborHTMLParser(html.encode()).css_first("pre")
    assert node is not None
    return is_plain_text(node)


def test_blank_lines_part_paragraphs_and_wrapped_lines_go_on() -> None:
    first, second = pieces(f"<pre>{PROSE}</pre>")
    assert "Veltmar Instruments was the only one" in first
    assert first.endswith("that morning.")
    assert second.startswith("Nobody was surprised")
    assert "\n" not in first + second


@pytest.mark.parametrize("text", [CODE, SESSION, TABLE, f"<code>{PROSE}</code>", "one line", ""])
def test_code_and_tables_are_no_plain_text(text: str) -> None:
    assert not is_plain(f"<pre>{text}</pre>")
    assert len(pieces(f"<pre>{text}</pre>")) <= 1


def test_what_follows_plain_text_is_read_as_ever() -> None:
    assert pieces(f"<pre>{PROSE}</pre><p>one\n\ntwo</p>")[2:] == ["one two"]


def test_tags_in_plain_text_move_nothing() -> None:
    html = f"<pre>{PROSE}</pre>".replace("Veltmar\nInstruments", "<a href=/v>Veltmar\nInstruments</a>")
    page = walk_tree(LexborHTMLParser(html.encode()))
    assert [page.text[anchor.start : anchor.end] for anchor in page.anchors] == ["Veltmar Instruments"]
    assert [page.text[piece.start : piece.end] for piece in page.pieces] == pieces(f"<pre>{PROSE}</pre>")


@pytest.mark.parametrize(
    "lines",
    [
        "A line that is long enough to have been wrapped by a program\n> a quoted line",
        "> a quoted line that is long enough to have been wrapped by a program\nan answer",
        "Subject: a line that is long enough to have been wrapped by a program\nDate: today",
        "A short line\nand another",
        "A line that is long enough to have been wrapped by a program\n* a point",
        "A line that is long enough to have been wrapped by a program\n--\nTess",
    ],
)
def test_lines_that_are_lines_stay(lines: str) -> None:
    assert reflowed(lines) == lines


def test_a_paragraph_stays_as_long_as_it_was() -> None:
    assert len(reflowed(PROSE)) == len(PROSE)
