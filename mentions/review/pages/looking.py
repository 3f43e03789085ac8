"""Looking again at an article, as soon as it may be; and the worker that does it while the desk is open."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import Response

from mentions.review.desk import Desk
from mentions.review.flashes import Tone
from mentions.review.forms import Form, action
from mentions.review.looking import Looking, Recheck
from mentions.review.queue_links import find_again
from mentions.review.responses import desk_of, flash, see_other, visitor_of
from mentions.roles import Role


def look(request: Request, form: Form) -> Response:
    """Asks for a look at the article of a find."""
    desk, number = desk_of(request), int(request.path_params["id"])
    desk.store.ask_for_look(number, by=visitor_of(request).name, now=desk.now)
    flash(request, "Somebody looks again at the article as soon as no run is under way. Reload the page in a minute.")
    return see_other(find_again(number, form.text("queue")))


def stop_waiting(request: Request, form: Form) -> Response:
    """Takes back an approval that waits for a look."""
    desk, number = desk_of(request), int(request.path_params["id"])
    if desk.store.withdraw_approval(number, by=visitor_of(request).name, now=desk.now):
        flash(request, "It is not approved.")
    else:
        flash(request, "There was nothing to wait for any more: see where it stands now.", tone=Tone.WARNING)
    return see_other(find_again(number, form.text("queue")))


@contextmanager
def running(desk: Desk) -> Iterator[None]:
    """Makes looks while the desk serves pages."""
    recheck = Recheck(desk.config.path)
    looking = Looking(desk, recheck, recheck.stop)
    looking.start()
    try:
        yield
    finally:
        looking.stop()


routes = [
    action("/opportunities/{id:int}/look", look, role=Role.REVIEWER, name="look"),
    action("/opportunities/{id:int}/stop-waiting", stop_waiting, role=Role.APPROVER, name="stop_waiting"),
]
