"""Taking a decision back, with everything that came of it: the suppression, the answer, the contact, the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from mentions.exceptions import DecisionRefused
from mentions.matching.mention import Decision as Sense
from mentions.outreach.suppression import SuppressionKind
from mentions.store import changes, drafts, suppression, workflow
from mentions.store.models import Answer, Draft, Mention, Opportunity
from mentions.store.models import Change as Row
from mentions.undoing import BLOCKED, NO_CONTACT, NOT_US, Change, undone
from mentions.workflow import Refusal, Standing

# Under which kind of event a decision stands in the history, where it is known by another name.
_EVENTS: Final[Mapping[str, str]] = {NOT_US: "ignore", BLOCKED: "suppress", NO_CONTACT: "suppress"}
# Of what a decision made: the revision in which its text stands again since a later decision was taken back.
_TEXT_NOW: Final = "text_now"
_KEPT_OF_DRAFT: Final = ("id", "revision", "rendered_at")


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, where the opportunity stands now, and what a person must still do by hand."""

    change: Change
    after: Standing
    left: tuple[str, ...] = ()
    text: bool = False  # the email's text is another one again


def undo(connection: Connection, change_id: int, *, by: str, now: datetime) -> Undone:
    """Takes a change back. Raises DecisionRefused where that cannot be, StoreError where there is no such change."""
    change, made = changes.find(connection, change_id)
    number = change.opportunity_id
    standing = workflow.standing(connection, number)
    outcome = undone(change, standing, now=now)
    if isinstance(outcome, Refusal):
        raise DecisionRefused(f"draft {number}: {outcome.why}")
    workflow.write(connection, number, standing, outcome)
    text = _restore_text(connection, number, made, now)
    _restore_contact(connection, number, made)
    _restore_link(connection, number, made)
    stays = _restore_list(connection, made, by, now)
    _restore_answer(connection, made)
    connection.execute(update(Row).where(Row.id == change_id).values(undone_at=now, undone_by=by))
    _hand_back(connection, change, outcome, made.get(_TEXT_NOW) if text is None else text)
    kind = _EVENTS.get(change.kind, change.kind)
    detail = {"undone": kind, "from": standing.state.value, "to": outcome.state.value}
    workflow.append(connection, number, "undone", by, now, detail)
    return Undone(change, outcome, (*_left(change), *stays), text is not None)


def _hand_back(connection: Connection, change: Change, outcome: Standing, revision: int | None) -> None:
    """What was decided just before can now be taken back in its turn; its text stands in `revision` (None: its own)."""
    earlier = (Row.opportunity_id == change.opportunity_id, Row.rev == change.before.rev, Row.undone_at.is_(None))
    for row in connection.execute(select(Row.id, Row.made).where(*earlier)).all():
        made = row.made if revision is None else {**row.made, _TEXT_NOW: revision}
        connection.execute(update(Row).where(Row.id == row.id).values(rev=outcome.rev, made=made))


def _left(change: Change) -> tuple[str, ...]:
    if change.kind == "hand off":
        return ("what lies in your mail program or folder stays there: delete it, or send it and mark it as sent",)
    return ()


def _restore_text(connection: Connection, number: int, made: Mapping[str, Any], now: datetime) -> int | None:
    """The text from before as the next revision, whose number is returned; None: nothing is to be restored.

    Revisions are never deleted, so that the history stays true.
    """
    if "revision" not in made:
        return None
    newest = workflow.newest_draft(connection, number)
    if newest is None or newest.revision == made["revision"]:
        return None
    if newest.revision > made.get(_TEXT_NOW, made["revision"] + 1):
        raise DecisionRefused(f"draft {number}: the text was written anew since: edit it instead")
    old = drafts.revision(connection, number, made["revision"])
    row = {name: value for name, value in old.items() if name not in _KEPT_OF_DRAFT}
    connection.execute(insert(Draft), [row | {"revision": newest.revision + 1, "rendered_at": now}])
    return int(newest.revision) + 1


def _restore_contact(connection: Connection, number: int, made: Mapping[str, Any]) -> None:
    if "contact" in made:
        connection.execute(update(Opportunity).where(Opportunity.id == number).values(contact_id=made["contact"]["id"]))


def _restore_link(connection: Connection, number: int, made: Mapping[str, Any]) -> None:
    if "link" in made:
        values = {"link_url": made["link"]["url"], "link_anchor": made["link"]["anchor"]}
        connection.execute(update(Opportunity).where(Opportunity.id == number).values(values))


def _restore_list(connection: Connection, made: Mapping[str, Any], by: str, now: datetime) -> tuple[str, ...]:
    """Off the suppression list again, where this decision put it there and nobody else asked for it since."""
    if "suppression" not in made:
        return ()
    kind, value = made["suppression"]
    if suppression.take_back(connection, SuppressionKind(kind), value, by=by, now=now):
        return ()
    return ("nobody writes there all the same: somebody else put it on the suppression list meanwhile",)


def _restore_answer(connection: Connection, made: Mapping[str, Any]) -> None:
    """A person's earlier answer, or none; and what was said of each mention."""
    if "answer" not in made:
        return
    key, before = made["answer"]["key"], made["answer"]["before"]
    this = [getattr(Answer, name) == value for name, value in key.items()]
    if before is None:
        connection.execute(delete(Answer).where(*this))
    else:
        said_at = datetime.fromisoformat(before["said_at"])
        connection.execute(update(Answer).where(*this).values(before | {"said_at": said_at}))
    for mention in made["answer"]["senses"]:
        at, sense = mention["at"], mention["sense"]
        connection.execute(
            update(Mention)
            .where(Mention.id == mention["id"])
            .values(
                person_sense=Sense(sense) if sense else None,
                person_sense_by=mention["by"],
                person_sense_at=datetime.fromisoformat(at) if at else None,
            )
        )
