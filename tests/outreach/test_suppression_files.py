"""Suppression lists as files: what people have lying about is read, every bad row is named by its line."""

from datetime import UTC, datetime

from mentions.outreach.suppression import Suppression, SuppressionKind, hashed, key_id
from mentions.outreach.suppression_files import BadRow, Listed, read_list, write_list

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KEY = b"a key of forty characters or a few more"


def read(text: str) -> list[Listed | BadRow]:
    return list(read_list(text.encode(), by="ada", now=NOW))


def test_one_entry_a_line_with_comments() -> None:
    rows = read("# people who said no\njane@courier.example\n\n*.gazette.example\n")
    assert rows == [Listed(2, "jane@courier.example"), Listed(4, "*.gazette.example")]


def test_columns_are_found_by_their_names_wherever_they_stand() -> None:
    rows = read("Name;Email;Reason\nJane;jane@courier.example;said no\nBob;bob@gazette.example;\n")
    assert rows == [Listed(2, "jane@courier.example", "said no"), Listed(3, "bob@gazette.example")]


def test_bad_rows_are_named_by_line_and_stop_no_other() -> None:
    rows = read("email,kind\nno address,\n,\ncourier.example,address\nx.example,planet\ncom,domain\njane@ok.example,\n")
    assert [row.line for row in rows if isinstance(row, BadRow)] == [2, 4, 5, 6]
    assert [row.problem[:30] for row in rows if isinstance(row, BadRow)] == [
        "it is neither one email addres",
        "it is a domain, and its row sa",
        "the kind 'planet' is not known",
        "it is neither one email addres",
    ]
    assert rows[-1] == Listed(7, "jane@ok.example")


def test_a_spreadsheets_file_in_another_encoding_is_read() -> None:
    body = "address\treason\njane@courier.example\tmöchte nicht\n".encode("utf-16")
    assert list(read_list(body, by="ada", now=NOW)) == [Listed(2, "jane@courier.example", "möchte nicht")]


def test_a_list_written_here_is_read_whole_again() -> None:
    """Hashes travel with the name of their key, so that another database knows whether it can use them."""
    entries = [
        Suppression(SuppressionKind.DOMAIN, "courier.example", "=1+1, they said", NOW, "ada"),
        Suppression(SuppressionKind.ADDRESS, hashed("jane@x.example", KEY), None, NOW, "bob", key_id(KEY)),
    ]
    lines: list[str] = []
    assert write_list(entries, lines.append) == 2
    text = "".join(lines)
    assert "jane" not in text
    first, second = read(text)
    assert first == Listed(2, "courier.example", "'=1+1, they said")
    assert isinstance(second, Listed)
    assert second.entry == entries[1]
    again: list[str] = []
    write_list(entries, again.append)
    assert again == lines
