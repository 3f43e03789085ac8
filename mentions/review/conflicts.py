"""Two people at one find: what a colleague did meanwhile, and what one wanted to do oneself (C-17)."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from mentions.exceptions import StaleRevision
from mentions.review.deciding import Given
from mentions.review.find_words import in_between
from mentions.review.forms import Form
from mentions.review.offers import Word, possible
from mentions.review.queue_links import find_again
from mentions.review.responses import desk_of, page

# The decisions as their buttons call them.
_WANTED: Final = {
    Word.APPROVE: "Approve",
    Word.ANYWAY: "Approve anyway",
    Word.UNAPPROVE: "Take the approval back",
    Word.SKIP: "Skip",
    Word.SNOOZE: "Put off",
    Word.WAKE: "Take it up again",
    Word.NOT_US: "Not us",
    Word.LINKED: "Already linked",
    Word.NEGATIVE: "Negative story",
    Word.WRONG_PERSON: "Wrong person",
    Word.BLOCK: "Block publisher",
    Word.NO_CONTACT: "Do not contact",
    Word.ASSIGN: "Assign",
    Word.SENT: "I sent it",
    Word.REPLIED: "They answered",
    Word.DECLINED: "They declined",
    Word.NO_REPLY: "No answer came",
    Word.REOPEN: "Reopen",
}
# These are about the email or the person as they were seen, so the find is opened again first.
_SEEN_FIRST: Final = frozenset({Word.APPROVE, Word.ANYWAY, Word.WRONG_PERSON, Word.NO_CONTACT})


def changed_meanwhile(request: Request, form: Form, word: Word, given: Given, stale: StaleRevision) -> Response:
    """Nothing was done (409): who changed what, how the find stands now, and what was wanted, which can be repeated."""
    desk, number = desk_of(request), stale.opportunity_id
    standing, draft = desk.store.standing(number), desk.store.draft_of(number)
    query = form.text("queue")
    return page(
        request,
        "decision_meanwhile.html",
        status=409,
        number=number,
        finding=desk.store.finding_of(number),
        why=f"While you were at it, {in_between(desk.store.history(number))}.",
        wanted=_WANTED[word],
        word=word.value,
        given=given,
        standing=standing,
        draft=draft,
        again=word not in _SEEN_FIRST and word in possible(standing, draft, desk.now),
        queue=query,
        next=form.text("next"),
        find_url=find_again(number, query),
    )
