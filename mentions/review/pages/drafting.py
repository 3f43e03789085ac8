"""Working on the email of a find: its text, whom it goes to, which page it asks for; checked while it is typed."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mentions.differences import differences
from mentions.exceptions import ConfigError, DecisionRefused, DraftError, StaleRevision, StoreError, TemplateError
from mentions.links import is_ours
from mentions.outreach.addresses import Refused, checked_address
from mentions.outreach.cleaning import display_name, one_line, plain_lines
from mentions.outreach.eml import write_eml
from mentions.outreach.lint import word_count
from mentions.outreach.rendering import Rendering
from mentions.outreach.renewing import Followed, follow_contact, follow_link, write_again
from mentions.review.filters import capitalize_first, is_web_address
from mentions.review.find_words import in_between
from mentions.review.finds import rendering, target_of
from mentions.review.flashes import Tone
from mentions.review.forms import BadForm, Form, action
from mentions.review.queue_links import QUEUE, find_again, next_after
from mentions.review.responses import desk_of, flash, page, see_other, undo_until, visitor_of
from mentions.store.records import StoredDraft

MOST_BODY = 50_000  # characters; an email to an editor has a thousand
MOST_LINE = 1_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the editor's form. The recipient is whatever was typed, checked later."""

    subject: str
    body: str
    to_address: str
    to_name: str
    source_url: str


class NotSaved(Exception):
    """Why a typed text was not saved; shown with the text, so that nothing is lost."""

    def __init__(self, why: str, status: int = 409) -> None:
        super().__init__(why)
        self.status = status


def save(request: Request, form: Form) -> Response:
    """Stores the text as the next revision; where it cannot, shows it again with the reason and what is stored now."""
    desk, number, typed = desk_of(request), _number(request), _typed(form)
    try:
        stored = _save(request, number, typed, form.rev())
    except StaleRevision:
        return _unsaved(request, form, typed, f"While you were writing, {in_between(desk.store.history(number))}", 409)
    except (DecisionRefused, NotSaved) as error:
        return _unsaved(request, form, typed, str(error), getattr(error, "status", 409))
    except (ConfigError, TemplateError, StoreError) as error:
        return _unsaved(request, form, typed, str(error), 409)
    write_file(request, stored)
    problems = len(stored.draft.problems)
    if problems:
        flash(request, f"Saved. {problems} thing{'s' * (problems > 1)} still to do before it can be approved.")
    else:
        flash(request, "Saved. Nothing is left to do.")
    return _back(request, form, "#draft") if form.text("then") != "next" else _onwards(request, form)


def lint(request: Request, form: Form) -> Response:
    """What is wrong with a text while it is typed, as JSON: `problems`, `words`, `preview`. Nothing is stored."""
    desk, typed = desk_of(request), _typed(form)
    draft = desk.store.draft_of(_number(request))
    if draft is None:
        raise HTTPException(404)
    problems: tuple[str, ...]
    try:
        changed = rendering(desk).edited(draft, subject=typed.subject, body=typed.body, to=_recipient(typed))
        problems = changed.draft.problems
    except NotSaved as error:
        problems = (str(error),)
    except (ConfigError, TemplateError) as error:
        problems = (str(error),)
    return JSONResponse(
        {
            "problems": list(problems),
            "words": word_count(typed.body),
            "subject": typed.subject,
            "body": typed.body,
            "to": f"{typed.to_name} <{typed.to_address}>" if typed.to_name and typed.to_address else typed.to_address,
        }
    )


def choose_contact(request: Request, form: Form) -> Response:
    """Who is asked; a draft of ours is written anew for them."""
    desk, number = desk_of(request), _number(request)
    contact, now = form.optional_number("contact"), desk.now
    by = visitor_of(request).name
    choice = desk.store.choose_contact(number, contact, by=by, now=now, rev=form.rev())
    said = "The contact is chosen" if contact is not None else "The choice is taken back; the best contact counts"
    _follow(request, choice, lambda signed: follow_contact(signed, desk.store, number, choice, by=by, now=now), said)
    return _back(request, form, "#contact")


def choose_link(request: Request, form: Form) -> Response:
    """Which page of ours should be linked, and by which words; a draft of ours is written anew."""
    desk, number = desk_of(request), _number(request)
    finding = desk.store.finding_of(number)
    if finding is None:
        raise HTTPException(404, "There is no find of that number.")
    target = target_of(desk.config, finding.target)
    url = form.text("other_url", longest=MOST_LINE) or form.text("url", longest=MOST_LINE)
    anchor = form.text("other_anchor", longest=200) or form.text("anchor", longest=200)
    if url and (target is None or not is_web_address(url) or not is_ours(url, target)):
        raise BadForm(f"{url[:200]}: is no page of {finding.target}. Give a whole address on one of its domains.")
    if anchor and anchor not in one_line(finding.sentence or ""):
        raise BadForm(f"“{anchor[:200]}” does not stand in the sentence. Give words of it, letter for letter.")
    now, by = desk.now, visitor_of(request).name
    choice = desk.store.choose_link(number, url or None, anchor or None, by=by, now=now, rev=form.rev())
    said = "The link is chosen" if url or anchor else "The link is as the sentence calls for"
    _follow(request, choice, lambda signed: follow_link(signed, desk.store, number, choice, by=by, now=now), said)
    return _back(request, form, "#link")


def again(request: Request, form: Form) -> Response:
    """The text anew from its template, or the first one."""
    desk, number = desk_of(request), _number(request)
    by, rev = visitor_of(request).name, form.rev()
    try:
        stored = write_again(rendering(desk), desk.store, number, by=by, now=desk.now, rev=rev)
    except (DraftError, TemplateError, ConfigError) as error:
        raise DecisionRefused(_sentence(str(error))) from error
    write_file(request, stored)
    flash(request, "The text is written anew; the one before stays an earlier revision.")
    return _back(request, form, "#draft")


def _follow(request: Request, choice: int, follow: Callable[[Rendering], Followed], said: str) -> None:
    """What becomes of the draft after a choice, told to the person who chose, with the way to take both back."""
    desk = desk_of(request)
    tone = Tone.DONE
    try:
        followed = follow(rendering(desk))
    except (DraftError, TemplateError, ConfigError, DecisionRefused) as error:
        told, tone = f"{said}, and the email stays as it was: {_sentence(str(error))}", Tone.WARNING
    else:
        told = f"{said}." if followed.draft is None else f"{said}, and the email is written anew."
        if followed.draft is not None:
            write_file(request, followed.draft)
        if followed.note:
            told, tone = f"{said}. {followed.note}", Tone.WARNING
    flash(request, f"{told} {undo_until(request)}", tone=tone, undo=f"/decisions/{choice}/undo")


def _save(request: Request, number: int, typed: Typed, rev: int | None) -> StoredDraft:
    desk = desk_of(request)
    draft = desk.store.draft_of(number)
    if draft is None:
        raise NotSaved("There is no draft to edit yet.")
    new = rendering(desk).edited(draft, subject=typed.subject, body=typed.body, to=_recipient(typed)).draft
    return desk.store.edit_draft(
        number,
        subject=new.subject,
        body=new.body,
        to_address=new.to_address,
        to_name=new.to_name,
        contact_source_url=new.contact_source_url,
        problems=new.problems,
        by=visitor_of(request).name,
        now=desk.now,
        rev=rev,
    )


def _typed(form: Form) -> Typed:
    return Typed(
        subject=one_line(form.text("subject", longest=MOST_LINE)),
        body=plain_lines(form.lines("body", longest=MOST_BODY)).strip("\n"),
        to_address=form.text("to_address", longest=MOST_LINE),
        to_name=display_name(form.text("to_name", longest=MOST_LINE)),
        source_url=form.text("source_url", longest=MOST_LINE),
    )


def _recipient(typed: Typed) -> tuple[str | None, str | None, str | None]:
    """Address, name, the page that publishes the address. Raises NotSaved."""
    if not typed.to_address:
        return None, typed.to_name or None, None
    try:
        address = checked_address(typed.to_address)
    except Refused as error:
        raise NotSaved(f"The recipient {typed.to_address!r} is refused: {error}.", 400) from error
    if typed.source_url and not is_web_address(typed.source_url):
        raise NotSaved("The page that publishes the address must be a whole web address.", 400)
    return address, typed.to_name or None, typed.source_url or None


def _unsaved(request: Request, form: Form, typed: Typed, why: str, status: int) -> Response:
    """What was typed beside what is stored, and a form that saves the typed text after all (C-17)."""
    desk, number = desk_of(request), _number(request)
    draft = desk.store.draft_of(number)
    stored = draft.draft if draft else None
    return page(
        request,
        "opportunity_unsaved.html",
        status=status,
        number=number,
        why=_sentence(why),
        typed=typed,
        stored=draft,
        changes=differences(stored.body, typed.body) if stored else (),
        rev=desk.store.standing(number).rev if draft else 0,
        queue=form.text("queue", longest=MOST_LINE),
    )


def write_file(request: Request, stored: StoredDraft) -> None:
    """The .eml file follows its draft, as with the commands."""
    desk = desk_of(request)
    if desk.config.sender is None:
        return
    try:
        write_eml(stored, desk.config.sender, desk.config.drafts_folder)
    except (DraftError, OSError) as error:
        flash(request, f"The draft is stored; its file could not be written: {error}", tone=Tone.WARNING)


def _back(request: Request, form: Form, place: str) -> Response:
    """To the find again, with the queue it was opened from."""
    return see_other(find_again(_number(request), form.text("queue", longest=MOST_LINE), place))


def _onwards(request: Request, form: Form) -> Response:
    """To the find behind this one in its queue; behind the last, to the list."""
    query = form.text("queue", longest=MOST_LINE)
    following = next_after(desk_of(request), visitor_of(request), query, _number(request))
    return see_other(following or QUEUE)


def _number(request: Request) -> int:
    """Of the opportunity."""
    return int(request.path_params["id"])


def _sentence(text: str) -> str:
    """As a sentence of its own."""
    text = text.strip()
    return capitalize_first(text) + ("" if text.endswith((".", "!", "?")) else ".")


_AT = "/opportunities/{id:int}"
routes = [
    action(f"{_AT}/draft", save, name="save_draft"),
    action(f"{_AT}/lint", lint, name="lint_draft"),
    action(f"{_AT}/contact", choose_contact),
    action(f"{_AT}/link", choose_link),
    action(f"{_AT}/again", again, name="draft_again"),
]
