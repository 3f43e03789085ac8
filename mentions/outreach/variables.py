"""What a draft template may use: the contract (docs/reference/template-variables.md), and how it is filled.

Values are plain str, bool or None in plain dicts: a template can read them and call nothing (D-06). Crawled text is
cleaned to one line each and stands in the email literally, whatever it looks like (D-05).
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from mentions.outreach.cases import wrong_place
from mentions.outreach.cleaning import one_line, shortened
from mentions.outreach.contacts.wires import agency_in
from mentions.outreach.names import first_and_last, person_name
from mentions.outreach.placement import Placement
from mentions.outreach.quoting import inner_quotes
from mentions.publishers import Publisher
from mentions.store.records import StoredFinding
from mentions.targets import Target

Value = str | bool | None
Variables = Mapping[str, Mapping[str, Value] | Value]

VARIABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "article": {
        "title": "The article's title, at most 80 characters, to stand between quotation marks: its own are single "
        "ones in English and German, “…” in French and Spanish; empty when the page has none.",
        "url": "Its address.",
        "publisher": "The publisher's name, as in your configuration.",
    },
    "mention": {
        "sentence": "The sentence that names you, at most 180 characters; empty when there is none to quote.",
        "matched": "Your name as it stands on the page.",
        "in_headline": "True when the name stands in the headline that `article.title` quotes.",
        "in_caption": "True when it stands under a picture.",
    },
    "target": {
        "name": "The target's name, as in your configuration.",
        "short_name": "The same, at most 24 characters: for subjects.",
        "url": "The target's own page.",
    },
    "link": {
        "url": "The page of yours that the mention should link to.",
        "special_page": "True when the sentence calls for another page of yours than the target's own.",
        "anchor": "The words, already in the sentence, that should carry the link.",
        "html": "The link as HTML, ready to paste: `<a href=…>anchor</a>`.",
        "printed_address": "Your address as the sentence prints it; empty when it prints none.",
        "wrong_place": "Where a misdirected link leads: `profile`, `home` or `gone`; empty in other cases.",
    },
    "contact": {
        "name": "The person's full name, when it is certain that the email goes to that person; else empty.",
        "first_name": "Their first name, when that is certain too (a Western byline of one person); else empty.",
        "address": "The address the draft goes to; empty when the page publishes none.",
        "found": "True when an address was found.",
        "source_url": "The page that publishes the address; empty when nobody's address is known.",
        "on_article": "True when that page is the article's own.",
    },
    "sender": {
        "name": "Who signs, from [sender] in your configuration.",
        "role": "Their role; empty when none is given.",
        "company": "Whom they write for.",
        "postal_address": "The company's postal address; empty when none is given.",
    },
    "follow_up": {
        "subject": "The first email's subject; empty in a first email.",
        "sent_on": "The day it was sent, in the email's language; empty in a first email.",
        "in_thread": "True when the mail program can show this email below the first one.",
        "is_last": "True when nobody will be asked again after this email.",
    },
}
FIRST_EMAIL: Final[Mapping[str, Value]] = {"subject": "", "sent_on": "", "in_thread": False, "is_last": False}
FRAME_VARIABLES: Final[Mapping[str, str]] = {
    "text": "What body.txt of the case says; only in frame/<language>/body.txt.",
    "opt_out": "What frame/<language>/opt_out.txt says; only in frame/<language>/body.txt.",
}

LONGEST_TITLE: Final = 80
LONGEST_SENTENCE: Final = 180  # letters (60 of Chinese and Japanese): about 30 words of the 150 an email may have
LONGEST_SHORT_NAME: Final = 24  # with the longest subject of our own templates: 50 characters


def variables_of(
    finding: StoredFinding,
    target: Target,
    sender_values: Mapping[str, Value],
    publisher: Publisher | None,
    place: Placement,
    language: str,
    follow_up: Mapping[str, Value] = FIRST_EMAIL,
) -> Variables:
    """The values for one draft in a language. Keys are exactly those of VARIABLES."""
    matched = one_line(finding.matched or "") or target.name
    contact = finding.contact
    return {
        "article": {
            "title": inner_quotes(shortened(_title(finding, publisher), LONGEST_TITLE), language),
            "url": web_address(finding.page_url),
            "publisher": one_line(publisher.name if publisher else finding.publisher_name),
        },
        "mention": {
            "sentence": shortened(one_line(finding.sentence or ""), LONGEST_SENTENCE, around=place.anchor),
            "matched": matched,
            "in_headline": finding.zone == "headline" and _names_us(finding.page_title, matched),
            "in_caption": finding.zone == "caption",
        },
        "target": {
            "name": target.name,
            "short_name": shortened(target.name, LONGEST_SHORT_NAME - 2),
            "url": target.link_url,
        },
        "link": {
            "url": place.url,
            "special_page": place.url != target.link_url,
            "anchor": place.anchor,
            "html": place.link_html,
            "printed_address": place.printed_address or "",
            "wrong_place": wrong_place(finding, target),
        },
        "contact": {
            "name": (name := greeting_name(finding, publisher) or ""),
            "first_name": first_and_last(name)[0],
            "address": contact.address if contact else "",
            "found": contact is not None,
            "source_url": web_address(contact.source_url) if contact else "",
            "on_article": contact is not None and contact.source_url == finding.page_url,
        },
        "sender": sender_values,
        "follow_up": follow_up,
    }


def _names_us(title: str | None, matched: str) -> bool:
    """Is the name in the title we quote? A standfirst counts as headline too, and does not speak in its name."""
    return matched.casefold() in one_line(title or "").casefold()


def _title(finding: StoredFinding, publisher: Publisher | None) -> str:
    """The page's title without the site's name, which most sites append: "Robots at work | The Daily Courier"."""
    title = one_line(finding.page_title or "")
    names = [publisher.name] if publisher else []
    for site in (*names, finding.publisher_name, finding.publisher, finding.publisher.partition(".")[0]):
        for mark in ("|", "-", "–", "—", "·", "•", ":", "»"):
            tail = f" {mark} {one_line(site)}"
            if title.casefold().endswith(tail.casefold()) and len(title) > len(tail):
                return title[: -len(tail)].strip()
    return title


def greeting_name(finding: StoredFinding, publisher: Publisher | None) -> str | None:
    """Whom the email greets: the contact's certain name; the author's while nobody's address is known; else nobody."""
    if finding.contact is not None:
        return finding.contact.name
    if finding.author and agency_in(finding.author):
        return None  # whoever writes for an agency cannot change the article here
    sites = tuple(name for name in (publisher.name if publisher else None, finding.publisher_name) if name)
    return person_name(finding.author, site_names=sites)


def web_address(url: str) -> str:
    """The address in one line, as text; nothing but http and https gets into an email."""
    line = one_line(url).replace(" ", "%20")
    return line if urlsplit(line).scheme in {"http", "https"} else ""
