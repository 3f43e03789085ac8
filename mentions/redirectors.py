"""Addresses that lead elsewhere: redirectors that show their target, those that hide it, and sharers.

The tables hold hosts and parameters that the services themselves document. They decide nothing about a particular
publisher: what is not in them is recognised by its shape (an address in a parameter that redirectors use).
"""

import base64
import binascii
import re
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, unquote

from mentions.urls import ascii_host, registrable_domain, split

# Parameters by which redirectors name the target, in the order in which they are believed.
_TARGET_PARAMETERS: Final = (
    "url", "u", "to", "target", "dest", "destination", "redirect", "redirect_url", "redirect_to", "redirecturl",
    "redirect_uri", "redir", "adurl", "murl", "ued", "mpre", "ulp", "wgtarget", "rd_parm1", "htmlurl", "deeplink",
    "uddg", "dl", "lp", "goto", "go", "out", "link", "desturl", "dest_url", "target_url",
    "targeturl", "clickurl", "external_url", "ext", "z",
)  # fmt: skip
# Parameters that only redirectors of these shapes use so: "q" is a search nearly everywhere else.
_SHORT_PARAMETERS: Final = ("q", "r", "p", "l")
_REDIRECTING_PATH: Final = re.compile(
    r"/(?:url|redir(?:ect)?\w*|away|out(?:bound|going|link)?|l|r|exit|leave|go(?:to)?|jump|click\w*|cread|rclick)"
    r"(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)

# Tools that take an address to work on it: the reader stays with the tool.
_TOOL_HOSTS: Final = re.compile(
    r"^(?:translate\.|validator\.|jigsaw\.w3|search\.google|developers\.|webcache\.|pagespeed\.|feedly\.|archive\.|"
    r"web\.archive|w\.soundcloud|cc\.bingj|view\.officeapps|docs\.google|embed\.|player\.|oembed\.|api\.|img\.|images?\.)",
)

# Pages that offer something to share, save, send, summarise or log in with.
_SHARERS: Final[dict[str, re.Pattern[str]]] = {
    host: re.compile(path, re.IGNORECASE)
    for host, path in {
        "facebook.com": r"/(?:sharer|share\b|share\.php|dialog/|v[\d.]+/dialog/|plugins/|login)",
        "twitter.com": r"/(?:intent/|share\b|home\?status=|login)",
        "x.com": r"/(?:intent/|share\b|home\?status=|login|i/flow)",
        "linkedin.com": r"/(?:sharearticle|share\b|cws/|sharing/|feed/\?|login|uas/)",
        "pinterest.*": r"/(?:pin/create|pin-builder|pin/find)",
        "whatsapp.com": r"/(?:send|\?text=|share)",
        "wa.me": r"/(?:$|\?)",
        "t.me": r"/share",
        "telegram.me": r"/share",
        "reddit.com": r"/(?:r/[^/]+/)?(?:submit|login)",
        "tumblr.com": r"/(?:share|widgets/share|new/)",
        "getpocket.com": r"/(?:save|edit)",
        "flipboard.com": r"/bookmarklet",
        "ycombinator.com": r"/submitlink",
        "mix.com": r"/(?:add|mixit)",
        "digg.com": r"/submit",
        "stumbleupon.com": r"/submit",
        "delicious.com": r"/(?:save|post)",
        "plus.google.com": r"/share",
        "mail.google.com": r"/mail/.*(?:view=cm|to=)",
        "calendar.google.com": r"/calendar/(?:render|event)",
        "accounts.google.com": r"/",
        "blogger.com": r"/blog[-_]this",
        "vk.com": r"/share",
        "ok.ru": r"/(?:dk\?|offer)",
        "xing.com": r"/(?:spi/shares|social_plugins/share|app/user\?op=share)",
        "weibo.com": r"/share",
        "line.me": r"/(?:r/msg|r/share|lineit/share)",
        "hatena.ne.jp": r"/(?:add|append|entry)",
        "bsky.app": r"/intent/",
        "threads.net": r"/intent/",
        "threads.com": r"/intent/",
        "buffer.com": r"/add",
        "bufferapp.com": r"/add",
        "evernote.com": r"/(?:clip|noteit)",
        "instapaper.com": r"/(?:hello|text|edit)",
        "addtoany.com": r"/(?:share|add_to)",
        "addthis.com": r"/bookmark",
        "sharethis.com": r"/share",
        "shareaholic.com": r"/(?:share|api)",
        "printfriendly.com": r"/print",
        "diasporafoundation.org": r"/",
        "mastodonshare.com": r"/",
        "skype.com": r"/share",
        "teams.microsoft.com": r"/share",
        "live.com": r"/.*compose",
        "meneame.net": r"/submit",
        "openai.com": r"/\?(?:.*&)?q=",  # "summarise with …" buttons carry the page's address in a prompt
        "chatgpt.com": r"/\?(?:.*&)?q=",
        "claude.ai": r"/new\?(?:.*&)?q=",
        "perplexity.ai": r"/(?:search(?:/new)?)?\?(?:.*&)?q=",
        "grok.com": r"/\?(?:.*&)?q=",
    }.items()
}
_LOGIN_PATH: Final = re.compile(
    r"/(?:log-?in|sign-?in|sign-?up|register|auth(?:orize|enticate)?|oauth2?|sso|account|konto|anmelden)\b",
    re.IGNORECASE,
)

# Shorteners that belong to one company and lead only to its own pages.
_OWNED: Final = {
    "amzn.to": "amazon.com", "amzn.eu": "amazon.com", "amzn.com": "amazon.com", "a.co": "amazon.com",
    "youtu.be": "youtube.com", "fb.me": "facebook.com", "fb.watch": "facebook.com", "redd.it": "reddit.com",
    "spoti.fi": "spotify.com", "pin.it": "pinterest.com", "apple.co": "apple.com", "itun.es": "apple.com",
    "msft.it": "microsoft.com", "aka.ms": "microsoft.com", "1drv.ms": "microsoft.com", "g.co": "google.com",
    "forms.gle": "google.com", "maps.app.goo.gl": "google.com", "git.io": "github.com", "flic.kr": "flickr.com",
    "etsy.me": "etsy.com", "ebay.us": "ebay.com", "ebay.to": "ebay.com", "dell.to": "dell.com", "ibm.co": "ibm.com",
    "intel.ly": "intel.com", "adobe.ly": "adobe.com", "sforce.co": "salesforce.com", "mck.co": "mckinsey.com",
    "deloi.tt": "deloitte.com", "gtnr.it": "gartner.com", "pewrsr.ch": "pewresearch.org", "nyti.ms": "nytimes.com",
    "wapo.st": "washingtonpost.com", "reut.rs": "reuters.com", "bbc.in": "bbc.com", "gu.com": "theguardian.com",
    "tcrn.ch": "techcrunch.com", "vrge.co": "theverge.com", "wrd.cm": "wired.com", "ti.me": "time.com",
    "n.pr": "npr.org", "spon.de": "spiegel.de", "bloom.bg": "bloomberg.com", "cnb.cx": "cnbc.com",
    "wef.ch": "weforum.org", "hubs.la": "hubspot.com", "discord.gg": "discord.com", "dis.gd": "discord.com",
    "swiy.co": "switchy.io", "zd.net": "zdnet.com", "cnet.co": "cnet.com", "yhoo.it": "yahoo.com",
    "abnb.me": "airbnb.com", "t.uber.com": "uber.com", "lego.build": "lego.com", "nvda.ws": "nvidia.com",
}  # fmt: skip

# Anybody's shorteners and the affiliate networks: what the address says is not where it leads.
_HIDING: Final = frozenset({
    "t.co", "bit.ly", "bitly.com", "j.mp", "goo.gl", "tinyurl.com", "ow.ly", "buff.ly", "lnkd.in", "is.gd", "v.gd",
    "trib.al", "dlvr.it", "ift.tt", "shorturl.at", "rebrand.ly", "cutt.ly", "rb.gy", "t.ly", "tiny.cc", "soo.gd",
    "bl.ink", "short.io", "snip.ly", "hubs.ly", "hubs.li", "mailchi.mp", "eepurl.com", "urlz.fr", "shor.by", "kutt.it",
    "geni.us", "geniuslink.com", "howl.me", "howl.link", "narrativ.com", "shop-edit.com", "rstyle.me", "shopstyle.it",
    "liketk.it", "fave.co", "shareasale.com", "shareasale-analytics.com", "awin1.com", "zenaps.com", "prf.hn",
    "linksynergy.com", "anrdoezrs.net", "jdoqocy.com", "dpbolvw.net", "kqzyfj.com", "tkqlhce.com", "qksrv.net",
    "emjcd.com", "pntra.com", "pntrs.com", "pntrac.com", "pjatr.com", "pjtra.com", "gopjn.com", "avantlink.com",
    "sjv.io", "pxf.io", "evyy.net", "7eer.net", "ojrq.net", "igal.net", "i8h2.net", "tradedoubler.com", "webgains.com",
    "skimresources.com", "redirectingat.com", "viglink.com", "viglink.net", "shop-links.co", "adtraction.com",
    "partner-ads.com", "belboon.de", "financeads.net", "flexlinks.com", "flexlinkspro.com", "effiliation.com",
    "doubleclick.net", "clickbank.net", "hop.clickbank.net", "jvzoo.com", "bn5x.net", "commission-junction.com",
    "mavely.app.link", "app.link", "onelink.me", "smart.link", "lnk.to", "ffm.to", "linkfire.com", "list-manage.com",
    "sendgrid.net", "sparkpostmail.com", "exct.net", "urldefense.com", "proofpoint.com", "disq.us", "smarturl.it",
})  # fmt: skip
# Folders in which sites keep links that lead away ("Pretty Links", "ThirstyAffiliates" and the like).
_LEADING_AWAY: Final = frozenset({
    "goto", "out", "outbound", "outgoing", "outlink", "recommends", "recommend", "refer", "redirect", "redir",
    "clickout", "aff", "affiliate",
})  # fmt: skip
_LEADING_AWAY_AT_THE_TOP: Final = _LEADING_AWAY | {"go", "exit", "leave", "away"}  # ordinary words further down
_ABSOLUTE: Final = re.compile(r"(?:https?:)?//[^/\s]", re.IGNORECASE)


_SPECIAL_SERVICES: Final = re.compile(
    r"(?:^|\.)(?:google|yahoo|bing|ampproject|urldefense|proofpoint|disq)\.[a-z.]+$", re.IGNORECASE
)


@lru_cache(maxsize=65_536)
def is_plain_host(host: str) -> bool:
    """Is this host in none of the tables, so that an address on it without a query leads just where it says?"""
    labels = host.split(".")
    tails = [".".join(labels[start:]) for start in range(len(labels))]
    return not (
        _SPECIAL_SERVICES.search(host)
        or any(tail in _SHARERS or tail in _HIDING for tail in tails)
        or any(f"{label}.*" in _SHARERS for label in labels)
    )


def owner_of_shortener(host: str) -> str | None:
    """The company's main host, for a shortener that leads only to that company's pages; None for any other host."""
    return _OWNED.get(host)


def is_sharer(parts: SplitResult) -> bool:
    """Does this address share, save, send, summarise or log in, rather than lead to a page to read?"""
    host = ascii_host(parts.hostname or "")
    target = parts.path + (f"?{parts.query}" if parts.query else "") or "/"
    labels = host.split(".")
    for start in range(len(labels) - 1):
        pattern = _SHARERS.get(".".join(labels[start:])) or _SHARERS.get(labels[start] + ".*")
        if pattern and pattern.match(target if target.startswith("/") else f"/{target}"):
            return True
    return bool(_LOGIN_PATH.search(parts.path)) and any(_absolute(value) for _, value in _parameters(parts.query))


def hides_target(parts: SplitResult) -> bool:
    """Is this a shortener or an affiliate network whose target the address does not show?"""
    host = ascii_host(parts.hostname or "")
    return host in _HIDING or registrable_domain(host) in _HIDING


def is_way_out(path: str) -> bool:
    """Does the path lie in a folder in which a site keeps the links that lead away from it: /go/acme, /tech/out/7?"""
    first, second, third = (*path.lower().split("/", 3)[1:], "", "", "")[:3]
    return bool(second and first in _LEADING_AWAY_AT_THE_TOP) or bool(third and second in _LEADING_AWAY)


def shown_target(parts: SplitResult) -> str | None:
    """The absolute address that this redirector leads to, where it shows it; None where it shows none."""
    host = ascii_host(parts.hostname or "")
    special = _by_service(host, parts)
    if special:
        return special
    if _TOOL_HOSTS.match(host):
        return None
    parameters = _parameters(parts.query)
    by_name = {name.lower(): value for name, value in reversed(parameters)}
    names = _TARGET_PARAMETERS + (_SHORT_PARAMETERS if _REDIRECTING_PATH.search(parts.path) else ())
    for name in names:
        if name in by_name and (target := _absolute(by_name[name])):
            return target
    return _in_path_or_whole_query(host, parts)


def _parameters(query: str) -> list[tuple[str, str]]:
    """(name, value) pairs, unescaped once; unlike parse_qsl a plus stays a plus, as addresses carry it."""
    return [
        (unquote(name), unquote(value))
        for name, mark, value in (part.partition("=") for part in re.split(r"&(?:amp;)?|;(?=\w+=)", query))
        if mark
    ]


def _absolute(value: str) -> str | None:
    """The value as an absolute web address (escaped twice or in base64 too), None where it is none."""
    value = value.strip()
    for _ in range(2):
        if _ABSOLUTE.match(value):
            return f"https:{value}" if value.startswith("//") else value
        if value.lower().startswith("www.") and "." in value[4:]:
            return f"https://{value}"
        value = _base64(value) if value.startswith("aHR0c") else unquote(value)
    return None


def _base64(value: str) -> str:
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _by_service(host: str, parts: SplitResult) -> str | None:
    """Services that write the target in a spelling of their own."""
    path, query = parts.path, parts.query
    if host.endswith("urldefense.com") and (found := re.search(r"/v3/__(.+?)__;", path + "?" + query)):
        return _absolute(re.sub(r"^(https?):/(?!/)", r"\1://", found[1]))
    if host.endswith("urldefense.proofpoint.com") and (found := re.search(r"(?:^|&)u=([^&]+)", query)):
        return _absolute(unquote(found[1].replace("-", "%").replace("_", "/")))
    if host.startswith("r.search.yahoo.") and (found := re.search(r"/RU=([^/]+)", path)):
        return _absolute(unquote(found[1]))
    if host.endswith("bing.com") and path.startswith("/ck/") and (found := re.search(r"(?:^|&)u=a1([^&]+)", query)):
        return _absolute(_base64(found[1]))
    if registrable_domain(host).startswith("google.") and (found := re.match(r"/amp/(s/)?(.+)", path)):
        return f"http{'s' if found[1] else ''}://{found[2]}"
    if host.endswith(".cdn.ampproject.org") and (found := re.match(r"/[cv]/(s/)?(.+)", path)):
        return f"http{'s' if found[1] else ''}://{found[2]}"
    if host == "disq.us" and (found := re.search(r"(?:^|&)url=([^&]+)", query)):
        return _absolute(re.sub(r":[\w-]{20,}$", "", unquote(found[1])))
    return None


def _in_path_or_whole_query(host: str, parts: SplitResult) -> str | None:
    """`/destination:https%3A…`, `/links/1/type/dlg/https://…`, `?https://…` and `url(https://…)` of known networks."""
    if parts.query and (target := _absolute(parts.query)) and "://" in target[:9]:
        return target
    if host in _HIDING or registrable_domain(host) in _HIDING:
        rest = unquote(parts.path) + ("?" + parts.query if parts.query else "")
        if found := re.search(r"[:/(](https?://[^)\s]+)", rest[1:]):
            return found[1]
    return None


def unwrapped(url: str, *, times: int = 3) -> str:
    """The address behind at most `times` redirectors that show their target; `url` itself where it is none.

    A share button behind a redirector is the end of the way: the address that it carries is no target.
    """
    for _ in range(times):
        parts = split(url)
        target = shown_target(parts) if parts and not is_sharer(parts) else None
        if not target or split(target) is None:
            break
        url = target
    return url
