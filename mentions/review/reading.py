"""Reading what several forms of the desk have in common."""

from datetime import datetime

from starlette.exceptions import HTTPException

from mentions.review.forms import NO_VERSION, BadForm, Form


def revs_of(form: Form) -> dict[int, int]:
    """ "12:5 13:0": the versions of several finds, as the page showed them; what cannot be read counts as not said."""
    pairs = (pair.partition(":") for pair in form.text("revs", longest=20_000).split())
    return {int(number): int(rev) for number, _, rev in pairs if _is_number(number) and _is_number(rev)}


def seen_of(form: Form) -> datetime:
    """When the page with the form was shown, with its time zone. Raises BadForm; HTTPException: it does not say."""
    text = form.text("seen", longest=40)
    if not text:
        raise HTTPException(409, NO_VERSION)
    try:
        seen = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadForm(f"seen: {text!r} is not a time") from error
    if seen.tzinfo is None:
        raise BadForm(f"seen: {text!r} has no time zone")
    return seen


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
