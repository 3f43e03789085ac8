"""What no page of the desk may hold, whatever was crawled: looked for in the answer by a real parser (C-01 … C-10)."""

from html.parser import HTMLParser
from typing import Final

# One text for each way in that HOSTILE ids name; each is also told by a mark of its own, so that a test sees it shown.
HOSTILE: Final = {
    "element": "<img src=x onerror=alert('C01')>",
    "title": "</title><script>alert('C02')</script>",
    "attribute": "\" onmouseover=\"alert('C03')",
    "quote": "' autofocus onfocus='alert(4)",
    "svg": "<svg/onload=alert('C05')>",
    "template": "${alert('C06')}{{ 7 * 7 }}{% raw %}",
    "htmx": '<div hx-get="/pwn" hx-trigger="load">C08</div>',
    "textarea": "</textarea><script>alert('C01b')</script>",
    "bidi": "Jane\u202eeoD",
}
ALL: Final = " ".join(HOSTILE.values())
ADDRESSES: Final = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    " java\tscript:alert(1)",
    "https://courier.example/\"onclick='alert(1)",
)
_WITH_ADDRESS: Final = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "srcset", "ping", "background"}
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.found.append(f"a script: {given}")
        if tag == "svg" and given.get("class") != "plot":  # our own plots say so
            self.found.append("<svg>")
        if tag in {"base", "object", "embed", "math", "style", "img"} or (tag == "meta" and "http-equiv" in given):
            self.found.append(f"<{tag}>")
        if tag == "iframe" and given.get("sandbox") != "":
            self.found.append(f"a frame without walls: {given}")
        for name, value in given.items():
            if name.startswith(("on", "hx-", "data-hx")) or name in {"style", "autofocus", "srcdoc"}:
                self.found.append(f"<{tag} {name}>")
            if name in _WITH_ADDRESS and not value.startswith(("/", "#", "?", "http://", "https://")):
                self.found.append(f"<{tag} {name}={value!r}>")


def harmful(html: str) -> list[str]:
    """What stands in a page that must not; empty where it is harmless."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found
