"""Where a link really leads, and whether that is ours. Contract first; the rules follow."""

from enum import StrEnum


class LinkKind(StrEnum):
    """What an href is."""

    WEB = "web"  # leads to a web page
    SHARE = "share"  # a share, follow or login button that carries an address: never a link to it
    OPAQUE = "opaque"  # a shortener or redirector that hides its target
    MAIL = "mail"  # mailto:
    NOWHERE = "nowhere"  # javascript:, tel:, data:, empty, fragment of the same page, broken
