"""Links to us as crawled pages hold them: who links where, with which words, and what looks odd. Pure."""

from mentions.inbound.anchors import AnchorKind, kind_of
from mentions.inbound.links import InboundLink, Standing
from mentions.inbound.profiles import AnchorProfile, profiles
from mentions.inbound.referrers import Referrer, referrers

__all__ = [
    "AnchorKind",
    "AnchorProfile",
    "InboundLink",
    "Referrer",
    "Standing",
    "kind_of",
    "profiles",
    "referrers",
]
