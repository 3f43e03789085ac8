"""Is a text an email address that a person may be written to? Checked without DNS; every refusal says why."""

import re
from typing import Final
from urllib.parse import unquote

from email_validator import EmailNotValidError, validate_email

from mentions.outreach.cleaning import words

_ONE_ADDRESS: Final = re.compile(r"[^\s@,;<>()\"|`\\]+@[^\s@,;<>()\"|`\\]+")
_FILE_ENDINGS: Final = words("png jpg jpeg gif webp svg avif ico bmp js css json woff woff2 mp4 webm pdf")
_PLACEHOLDER_PARTS: Final = words(
    """
    you your name yourname your.name youremail email e-mail user username example someone somebody test mail me
    firstname.lastname first.last vorname.nachname john.doe jane.doe max.mustermann mustermann xxx abc
    """
)
# A bare registrable domain that templates and manuals use; RFC 2606 reserves the first three.
_PLACEHOLDER_DOMAINS: Final = words(
    """
    example.com example.net example.org domain.com email.com yourdomain.com yoursite.com mysite.com site.com
    company.com mail.com test.com
    """
)
_MACHINES: Final = re.compile(
    r"(?:no|not|do[-_.]?not|nicht|ne[-_.]?pas)[-_.]?(?:reply|respond|antworten|repondre)|noreply|mailer-daemon|bounces?"
    r"|postmaster|hostmaster|webmaster|abuse|root|daemon|notifications?|alerts?",
    re.IGNORECASE,
)
# Published for another purpose: using them for a request like ours is what people complain about (B-05).
_OTHER_PURPOSES: Final = re.compile(
    r"(?:privacy|datenschutz|dsgvo|gdpr|dpo|legal|dmca|copyright|jobs?|careers?|karriere|bewerbung|hr|recruit\w*"
    r"|ads?|advert\w*|anzeigen|werbung|sales|vertrieb|marketing|sponsor\w*|media-?kit|billing|accounts?|rechnung"
    r"|subscri\w*|abo|abos|aboservice|leserservice|support|helpdesk|security|unsubscribe|newsletter|shop|orders?"
    r"|tips|tipps|donate|spenden|events?)(?:[-_.]\w+)?",
    re.IGNORECASE,
)


class Refused(ValueError):
    """An address that is not used; its text says why. Raised and caught inside mentions.outreach."""


def checked_address(text: str) -> str:
    """The address in its normal form, its domain in ASCII letters. Raises Refused with the reason in plain words."""
    text = text.strip()
    if not _ONE_ADDRESS.fullmatch(text):
        raise Refused("it is not exactly one email address")
    try:
        valid = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Refused(f"it is not a valid email address: {error}") from error
    if valid.ascii_domain.casefold().rsplit(".", 1)[-1] in _FILE_ENDINGS:
        raise Refused("it is the name of a file")
    return f"{valid.local_part}@{valid.ascii_domain}"


def contactable(text: str) -> str:
    """An address that a page publishes, if it may be used for a request like ours. Raises Refused.

    A person may choose an address that this refuses; then only `checked_address` is asked.
    """
    address = checked_address(text)
    local, _, domain = address.casefold().rpartition("@")
    if local in _PLACEHOLDER_PARTS or domain in _PLACEHOLDER_DOMAINS:
        raise Refused("it is a placeholder")
    if "sentry" in domain.split("."):
        raise Refused("it belongs to an error reporter, not to a person")
    if _MACHINES.fullmatch(local):
        raise Refused("nobody reads what is sent there")
    if _OTHER_PURPOSES.fullmatch(local):
        raise Refused("it is published for another purpose")
    return address


def mailto_address(href: str) -> str:
    """The one address of a `mailto:` link, subject and copies dropped. Raises Refused."""
    scheme, _, rest = href.strip().partition(":")
    if scheme.lower() != "mailto":
        raise Refused("it is not a mailto link")
    return contactable(unquote(rest.partition("?")[0]))
