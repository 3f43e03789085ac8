"""LIST answers of different servers, names in modified UTF-7, and which folder is for what (A-09, A-10)."""

import pytest

from mentions.outreach.handoff.folders import Folder, Use, decoded, folder_for, quoted, read_list


def folder(name: str, *flags: str, delimiter: str = "/") -> Folder:
    return Folder(name.encode(), name, delimiter, frozenset(flags))


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        (b"Drafts", "Drafts"),
        (b"Entw&APw-rfe", "Entwürfe"),
        (b"&Tgtm+DBN-", "下書き"),
        (b"R&-D", "R&D"),
        (b"&2D3cjA-", "\U0001f48c"),
        ("Entwürfe".encode(), "Entwürfe"),
        (b"&broken", "&broken"),
        (b"&!!-", "&!!-"),
    ],
)
def test_names_are_decoded(wire: bytes, name: str) -> None:
    """RFC 3501 section 5.1.3; what cannot be decoded stays as it is."""
    assert decoded(wire) == name


def test_a_list_answer_is_read_with_quotes_atoms_and_literals() -> None:
    found = read_list(
        [
            rb'(\HasNoChildren \Drafts) "/" "[Gmail]/Drafts"',
            rb"(\HasNoChildren) NIL INBOX",
            (rb'(\HasNoChildren) "." {9}', b'a "b" \\c.'),
            rb'(\Noselect) "\\" "back\\slash"',
            b"",
            None,
            b"something else",
        ]
    )
    assert [each.name for each in found] == ["[Gmail]/Drafts", "INBOX", 'a "b" \\c.', "back\\slash"]
    assert [each.delimiter for each in found] == ["/", None, ".", "\\"]
    assert [each.usable for each in found] == [True, True, True, False]
    assert "\\drafts" in found[0].flags


def test_the_mark_counts_more_than_the_name_a09() -> None:
    folders = [folder("Drafts"), folder("Entwürfe", "\\drafts"), folder("Gesendet", "\\sent")]
    found = folder_for(Use.DRAFTS, folders)
    assert found is not None
    assert found.name == "Entwürfe"


@pytest.mark.parametrize("name", ["DRAFTS", "INBOX/Drafts", "[Gmail]/Entwürfe", "Brouillons", "Entwu\u0308rfe"])
def test_usual_names_are_known_a09(name: str) -> None:
    found = folder_for(Use.DRAFTS, [folder("INBOX"), folder("Drafts of a novel"), folder(name)])
    assert found is not None
    assert found.name == name


def test_a_folder_that_cannot_be_opened_is_no_choice_a09() -> None:
    assert folder_for(Use.DRAFTS, [folder("Drafts", "\\noselect"), folder("Old", "\\drafts", "\\nonexistent")]) is None
    assert folder_for(Use.SENT, [folder("Drafts", "\\drafts")]) is None


def test_a_wanted_folder_is_taken_or_none() -> None:
    folders = [folder("Drafts", "\\drafts"), folder("Team/Press")]
    found = folder_for(Use.DRAFTS, folders, "team/press")
    assert found is not None
    assert found.name == "Team/Press"
    assert folder_for(Use.DRAFTS, folders, "Press") is None


def test_a_quoted_name_escapes_and_refuses_a10() -> None:
    assert quoted(b'a "b" \\c') == b'"a \\"b\\" \\\\c"'
    for name in (b"a\r\nX LOGOUT", b"a\nb", b"a\x00b", b"a\x7f"):
        with pytest.raises(ValueError, match="line break"):
            quoted(name)
