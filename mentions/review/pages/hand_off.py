"""The hand-off: approved drafts into the team's own mail program, and what people say came of them."""

import io
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.exceptions import AlreadyRunning, ConfigError, DraftError, MailboxError
from mentions.exports.writing import Format
from mentions.outreach.cleaning import one_line
from mentions.outreach.eml import as_eml, file_name
from mentions.outreach.handoff.archive import write_archive
from mentions.outreach.handoff.records import Done, HandedOff, Left, Way
from mentions.redaction import redacted
from mentions.review import handing
from mentions.review.flashes import Tone
from mentions.review.forms import BadForm, Form, action, view
from mentions.review.pages.exports import TABLES_OFFERED
from mentions.review.reading import revs_of
from mentions.review.responses import desk_of, flash, page, see_other, undo_until, visitor_of
from mentions.roles import Role

HERE: Final = "/hand-off"
_REASONS_SHOWN: Final = 5  # more are counted


def hand_off_page(request: Request) -> Response:
    """What is approved, what lies in a mail program, and what else can be exported."""
    desk = desk_of(request)
    waiting, left = handing.waiting(desk)
    return page(
        request,
        "hand_off.html",
        waiting=waiting,
        left=left,
        lying=handing.lying(desk),
        revs=" ".join(f"{each.approved.number}:{each.approved.rev}" for each in waiting),
        mailbox=desk.config.mailbox.name if desk.config.imap else None,
        signs=desk.config.sender is not None,
        tables=TABLES_OFFERED,
        formats=list(Format),
    )


def hand_off(request: Request, form: Form) -> Response:
    """Hands off what is ticked, and says of each that is left why."""
    desk, visitor = desk_of(request), visitor_of(request)
    numbers, way, now = form.numbers("number"), form.choice("way", Way), desk.now
    if not numbers:
        flash(request, "Nothing is ticked, so nothing was handed off.", tone=Tone.WARNING)
        return see_other(HERE)
    try:
        results = handing.hand_off(desk, visitor, numbers, way, revs_of(form), now=now)
    except (AlreadyRunning, ConfigError, MailboxError) as error:
        flash(request, f"{redacted(str(error))}.", tone=Tone.PROBLEM)
        return see_other(HERE)
    done = [result for result in results if isinstance(result, Done)]
    if done:
        changes = ",".join(map(str, handing.undo_numbers(desk, visitor, now)))
        where = f"They lie in {done[0].where}." if way is Way.IMAP else "Open them below."
        drafts = f"{len(done)} draft{'s' if len(done) > 1 else ''}"
        flash(
            request,
            f"{drafts} handed off. {where} Nothing was sent: read each, and send it yourself. {undo_until(request)}",
            undo=f"/decisions/{changes}/undo" if changes else None,
        )
    _tell_left(request, [result for result in results if isinstance(result, Left)])
    return see_other(f"{HERE}#lying" if done else HERE)


def _tell_left(request: Request, left: list[Left]) -> None:
    for result in left[:_REASONS_SHOWN]:
        why = one_line(redacted(result.why))
        flash(request, f"Draft {result.approved.number} is left: {why}.", tone=Tone.WARNING)
    if len(left) > _REASONS_SHOWN:
        flash(request, f"{len(left) - _REASONS_SHOWN} more are left.", tone=Tone.WARNING)


def one_file(request: Request) -> Response:
    """The .eml file of a draft that was handed off."""
    (handed,) = _handed(request, [int(request.path_params["id"])])
    try:
        content = as_eml(handed.draft, handing.sender_of(desk_of(request).config))
    except DraftError as error:
        raise BadForm(f"{error}.") from error
    return _download(content, file_name(handed.draft), "message/rfc822")


def archive(request: Request) -> Response:
    """All of these drafts, or all that were handed off, in one archive with a list."""
    texts = request.query_params.getlist("number")
    if not all(text.isascii() and text.isdigit() and len(text) < 18 for text in texts):
        raise HTTPException(404)
    stream = io.BytesIO()
    drafts = [each.draft for each in _handed(request, [int(text) for text in texts])]
    write_archive(drafts, handing.sender_of(desk_of(request).config), stream)
    return _download(stream.getvalue(), "drafts.zip", "application/zip")


def _handed(request: Request, numbers: list[int]) -> list[HandedOff]:
    """The drafts of these numbers that were handed off; all of them for none. Raises HTTPException (404)."""
    found = desk_of(request).store.handed_off()
    wanted = [each for each in found if not numbers or each.number in numbers]
    if not wanted or desk_of(request).config.sender is None:
        raise HTTPException(404)
    return wanted


def _download(content: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}  # our own name: nothing in it was crawled
    return Response(content, media_type=media_type, headers=headers)


routes = [
    view(HERE, hand_off_page),
    action(HERE, hand_off, role=Role.APPROVER, name="hand_off"),
    view(f"{HERE}/drafts.zip", archive, role=Role.REVIEWER),
    view(f"{HERE}/{{id:int}}.eml", one_file, role=Role.REVIEWER),
]
