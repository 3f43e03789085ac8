"""Pages that are too much for a parser, made when asked for so that the package stays small."""

DEPTH = 60_000  # nested elements; a tree parser's time grows with the square of this
HUGE_BYTES = 10_500_000  # more than any article, and more than the crawler's limit

_HEAD = "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>"


def deep_divs(title: str, paragraph: str) -> bytes:
    """A page whose text stands under tens of thousands of nested elements."""
    return (_HEAD.format(title=title) + "<div>" * DEPTH + paragraph + "</div>" * DEPTH + "</body></html>").encode()


def huge(title: str, paragraph: str) -> bytes:
    """A page of ordinary rows that never seems to end."""
    row = "<tr><td>reading</td><td>7.41</td><td>mg/l</td></tr>\n"
    return (_HEAD.format(title=title) + paragraph + "<table>" + row * (HUGE_BYTES // len(row)) + "</table>").encode()
