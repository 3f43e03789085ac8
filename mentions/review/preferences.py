"""How one browser wants the desk shown. In cookies of their own: they hold for whoever sits there, before any login."""

import enum
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

THEME_COOKIE: Final = "desk_theme"
SHORTCUTS_COOKIE: Final = "desk_shortcuts"


class Theme(enum.StrEnum):
    """Which colours are shown."""

    SYSTEM = "system"  # as the computer's other windows
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a browser asked for."""

    theme: Theme = Theme.SYSTEM
    shortcuts: bool = True  # do single keys decide? (WCAG 2.2, 2.1.4: they can be turned off)


def of(request: Request) -> Preferences:
    """The preferences of the browser that asks; what cannot be read counts as not said."""
    said = request.cookies.get(THEME_COOKIE, "")
    theme = Theme(said) if said in set(Theme) else Theme.SYSTEM
    return Preferences(theme, request.cookies.get(SHORTCUTS_COOKIE) != "off")
