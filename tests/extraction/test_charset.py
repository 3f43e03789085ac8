"""F-09: bytes become text as browsers read them, and never an exception."""

import pytest

from mentions.extraction import decode
from tests.extraction.pages_for_tests import read

CAFE = "Das Café in Köln"


@pytest.mark.parametrize("label", ["idna", "hex_codec", "bogus", "utf-7", "rot13", "punycode", "", "\x00"])
@pytest.mark.parametrize("declared", ["meta", "header"])
def test_f09_labels_that_are_no_encodings_are_ignored(label: str, declared: str) -> None:
    meta = f"<meta charset={label}>" if declared == "meta" else ""
    body = f"<html><head>{meta}</head><body><p>{CAFE}</p></body></html>".encode()
    assert CAFE in decode(body, f"text/html; charset={label}" if declared == "header" else None)


def test_f09_one_latin_letter_without_declaration_stays_itself() -> None:
    assert decode(b"<p>caf\xe9</p>", None) == "<p>café</p>"


def test_f09_undeclared_shift_jis_does_not_raise() -> None:
    body = "<p>アクメ社は新しいロボットを発表した。</p>".encode("cp932")
    assert decode(body, None).startswith("<p>")
    assert read(body).text


@pytest.mark.parametrize(
    ("codec", "label", "text"),
    [
        ("cp932", "Shift_JIS", "アクメ社は新しいロボット"),
        ("gb18030", "gb2312", "阿克米公司发布了机器人"),
        ("euc-jp", "euc-jp", "アクメ社は新しい"),
        ("big5hkscs", "big5", "機器人公司"),
        ("cp1251", "windows-1251", "Робот компании"),
        ("iso8859-15", "ISO-8859-15", "Preis: 20 € für Köln"),
        ("cp1252", "iso-8859-1", "“Köln” – 20 €"),
        ("utf-8", "utf8", CAFE),
    ],
)
def test_declared_encodings_are_read(codec: str, label: str, text: str) -> None:
    body = f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={label}'></head><p>{text}</p>"
    assert text in decode(body.encode(codec), None)
    assert text in decode(f"<p>{text}</p>".encode(codec), f'text/html; charset="{label}"')


def test_a_byte_order_mark_wins_over_the_header() -> None:
    assert decode(b"\xef\xbb\xbf" + CAFE.encode(), "text/html; charset=iso-8859-1") == CAFE
    assert decode(b"\xff\xfe" + CAFE.encode("utf-16-le"), "text/html; charset=utf-8") == CAFE


def test_the_header_wins_over_the_page() -> None:
    assert "Köln" in decode("<meta charset=koi8-r>Köln".encode("cp1252"), "text/html; charset=windows-1252")


def test_a_page_that_was_turned_into_utf8_and_kept_its_old_declaration_is_read_as_utf8() -> None:
    assert CAFE in decode(f"<meta charset=shift_jis><p>{CAFE}</p>".encode(), None)


def test_a_declaration_inside_a_comment_does_not_count() -> None:
    assert "é" in decode(b"<!-- <meta charset=koi8-r> --><p>caf\xe9</p>", None)


def test_broken_bytes_become_replacement_characters() -> None:
    assert decode(b"<meta charset=utf-8>caf\xe9!", None) == "<meta charset=utf-8>caf\ufffd!"


def test_f09_bytes_that_refuse_the_header_are_read_as_the_page_declares() -> None:
    page = "<html><head><meta charset=Shift_JIS></head><body><p>アクメ社は新しいロボットを発表した。</p></body></html>"
    assert "アクメ社は" in decode(page.encode("cp932"), "text/html; charset=utf-8")


def test_f09_one_broken_character_does_not_refuse_the_header() -> None:
    body = f"<meta charset=windows-1252><p>{CAFE}, {CAFE}, {CAFE}, {CAFE}, {CAFE}, {CAFE}</p>".encode() + b"\xe9"
    assert CAFE in decode(body, "text/html; charset=utf-8")
