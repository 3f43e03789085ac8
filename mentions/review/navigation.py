"""The pages that every page links to."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.routing import Match

from mentions.review.visitors import Visitor
from mentions.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation."""

    path: str
    label: str
    role: Role = Role.VIEWER

    def holds(self, path: str) -> bool:
        """Is the page at `path` this one, or below it?"""
        return path == self.path or (self.path != "/" and path.startswith(f"{self.path}/"))


_ENTRIES: Final = (
    Entry("/", "Overview"),
    Entry("/opportunities", "Finds"),
    Entry("/hand-off", "Hand-off"),
    Entry("/publishers", "Publishers"),
    Entry("/contacts", "Contacts"),
    Entry("/targets", "Targets"),
    Entry("/pages", "Your pages"),
    Entry("/suppression", "Suppression"),
    Entry("/runs", "Runs"),
    Entry("/reports", "Reports"),
    Entry("/audit", "History"),
    Entry("/users", "Users", Role.ADMIN),
)


def entries(request: Request, visitor: Visitor) -> list[Entry]:
    """The pages this visitor may open, in order."""
    return [entry for entry in _ENTRIES if visitor.may(entry.role) and _is_there(request, entry.path)]


def _is_there(request: Request, path: str) -> bool:
    scope = {"type": "http", "method": "GET", "path": path}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
