"""Reading what several forms of the desk have in common."""

from mentions.review.forms import Form


def revs_of(form: Form) -> dict[int, int]:
    """ "12:5 13:0": the versions of several finds, as the page showed them; what cannot be read counts as not said."""
    pairs = (pair.partition(":") for pair in form.text("revs", longest=20_000).split())
    return {int(number): int(rev) for number, _, rev in pairs if _is_number(number) and _is_number(rev)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
