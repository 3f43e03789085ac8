"""How a find reads: verdicts, zones, senses, looks and the history in words that a PR person uses."""

from collections.abc import Mapping, Sequence
from typing import Final

from mentions.extraction.article import Zone
from mentions.findings import LinkDistance, Verdict
from mentions.matching.mention import Decision, Method
from mentions.outreach.contacts.model import Confidence, Role
from mentions.pages import PageState
from mentions.publishers import SourceKind
from mentions.rechecking.words import Sight, Truth
from mentions.store.records import HistoryEntry

VERDICTS: Final = {
    Verdict.OWN_PAGE: "The page is ours.",
    Verdict.UNKNOWN: "We could not look at the article. That is never read as “no link”.",
    Verdict.NOT_MENTIONED: "The article does not name us.",
    Verdict.LINKED: "The article names us and links to us; search engines follow the link.",
    Verdict.QUALIFIED: "The article links to us, and every such link is marked nofollow, sponsored or ugc.",
    Verdict.MISDIRECTED: "The article links to us, but not to where the mention points.",
    Verdict.BARE_URL: "The article prints our address as text, which nobody can click.",
    Verdict.OUTSIDE: "The article names us; our only link stands outside of it.",
    Verdict.UNLINKED: "The article names us, and nothing on the page links to us.",
}
ZONES: Final = {
    Zone.HEADLINE: "in the headline",
    Zone.BODY: "in the text",
    Zone.CAPTION: "in a caption",
    Zone.QUOTE: "in a quotation",
    Zone.COMMENTS: "in readers' comments",
    Zone.BOILERPLATE: "outside the article",
}
DISTANCES: Final = {
    LinkDistance.INSIDE: "is the text of a link to us",
    LinkDistance.SENTENCE: "a link to us stands in the same sentence",
    LinkDistance.PARAGRAPH: "a link to us stands in the same paragraph",
    LinkDistance.ELSEWHERE: "a link to us stands elsewhere in the article",
    LinkDistance.NONE: "no link to us in the article",
}
SENSES: Final = {Decision.US: "it is us", Decision.NOT_US: "somebody else", Decision.UNSURE: "not sure"}
METHODS: Final = {
    Method.EXACT: "letter for letter",
    Method.VARIANT: "another ordinary spelling",
    Method.FUZZY: "read as a misspelling",
}
ROLES: Final = {
    Role.AUTHOR: "wrote the article",
    Role.SECTION_EDITOR: "edits this section",
    Role.STAFF: "named by the page as its contact",
    Role.NEWSROOM: "the newsroom",
    Role.CORRECTIONS: "corrections desk",
    Role.GENERAL: "general address",
    Role.WIRE_AUTHOR: "wrote it for an agency, cannot change it here",
    Role.FORM: "a contact form",
}
CONFIDENCES: Final = {Confidence.HIGH: "sure", Confidence.MEDIUM: "likely", Confidence.LOW: "perhaps"}
PAGE_STATES: Final = {
    PageState.LIVE: "read",
    PageState.GONE: "gone",
    PageState.SOFT_404: "says “not found”",
    PageState.REDIRECTED: "leads to another page",
    PageState.PAYWALLED: "behind a paywall",
    PageState.BLOCKED: "the site refused us",
    PageState.ROBOTS_DENIED: "robots.txt keeps us out",
    PageState.UNPARSABLE: "could not be read",
    PageState.ERROR: "no answer",
}
TRUTHS: Final = {
    Truth.LINKED: "a followed link in the article leads to the page we want",
    Truth.QUALIFIED: "a link in the article leads to the page we want, marked nofollow, sponsored or ugc",
    Truth.NOINDEX: "a link stands in the article, on a page that search engines are asked not to list",
    Truth.WRONG_PAGE: "the article links to us, and not to the page we want",
    Truth.DEAD_TARGET: "the article links to a page of ours that is gone",
    Truth.OPAQUE: "a link with our name on it hides where it leads",
    Truth.UNLINKED: "the article names us without a link",
    Truth.NOT_NAMED: "the article does not name us any more",
}
SIGHTS: Final = {
    Sight.READ: "read",
    Sight.UNCHANGED: "unchanged",
    Sight.ABSENT: "not there",
    Sight.HIDDEN: "there, and not for us",
    Sight.FAILED: "no answer",
}
# What can stand between us and asking: said at the top of the page.
ENDED: Final = {
    PageState.GONE: "The article is gone",
    PageState.SOFT_404: "The article's address shows a “not found” page",
    PageState.REDIRECTED: "The article's address leads to another page",
    PageState.PAYWALLED: "The article stands behind a paywall",
    PageState.BLOCKED: "The site refuses to show us the article",
    PageState.ROBOTS_DENIED: "The site's robots.txt keeps us out",
    PageState.UNPARSABLE: "The article could not be read",
}
SOURCES: Final = {
    SourceKind.FEED: "feed",
    SourceKind.NEWS_SITEMAP: "news sitemap",
    SourceKind.CRAWL: "a link on the site",
    SourceKind.SEARCH: "search results",
    SourceKind.GDELT: "GDELT",
    SourceKind.LIST: "a list of addresses",
    SourceKind.ARCHIVE: "an archive of saved pages",
}
EVENTS: Final = {
    "opportunity found": "found",
    "draft rendered": "draft written from its template",
    "follow-up rendered": "follow-up written from its template",
    "edit": "text edited",
    "written anew": "text written anew from its template",
    "approve": "approved",
    "unapprove": "approval taken back",
    "hand off": "handed off",
    "sent": "marked as sent",
    "replied": "marked as answered",
    "no reply": "marked as without an answer",
    "declined": "marked as declined",
    "ignore": "skipped",
    "snooze": "put off",
    "wake": "taken up again",
    "reopen": "reopened",
    "reclaim": "link reclaimed",
    "suppress": "suppressed",
    "assign": "assigned",
    "link found": "a link of ours stood in the article",
    "sense rejected": "said not to be us",
    "approval asked": "approval asked for, after another look",
    "approval dropped": "approval dropped",
    "contact chosen": "somebody else chosen to be asked",
    "contact choice taken back": "the choice of whom to ask taken back",
    "link chosen": "another link chosen",
    "link choice taken back": "the choice of the link taken back",
}
# What of an event's details is worth a word. Of moves between states the kind says where to.
_DETAILS: Final[Mapping[str, str]] = {
    "reason": "{}",
    "via": "{}",
    "until": "until {:.10}",
    "template": "{}",
    "revision": "revision {}",
    "url": "{}",
    "anchor": "“{}”",
}


def event(entry: HistoryEntry) -> str:
    """One line of the history, without when and who."""
    said = EVENTS.get(entry.kind, entry.kind.replace("_", " "))
    told = [words.format(str(entry.detail[name])) for name, words in _DETAILS.items() if entry.detail.get(name)]
    if entry.kind == "undone":
        told.append(EVENTS.get(str(entry.detail.get("undone")), str(entry.detail.get("undone") or "a decision")))
        said = "taken back"
    if entry.kind == "assign":
        told.append(f"to {entry.detail.get('to') or 'nobody'}")
    return f"{said}: {', '.join(told)}" if told else said


def source(kind: SourceKind | None) -> str:
    """What kind of source named the page."""
    return SOURCES.get(kind, kind.value.replace("_", " ")) if kind else "looked at directly"


def in_between(history: Sequence[HistoryEntry]) -> str:
    """Who changed a find last, and how: told to whoever looked at it meanwhile. The history is oldest first."""
    last = next((entry for entry in reversed(history) if entry.actor), None)
    return f"{last.actor} changed this find ({event(last)})" if last else "this find was changed"
