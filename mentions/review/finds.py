"""One find, made ready to be shown: passages around the names, the saved copy, the choices, what may be edited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from mentions.config import Config
from mentions.differences import Difference, differences
from mentions.outreach.lint import LONGEST_BODY, LONGEST_SUBJECT, word_count
from mentions.outreach.placement import Placement, natural_anchors, place_link
from mentions.outreach.rendering import Rendering
from mentions.passages import Passage, Piece, marked, passage
from mentions.rechecking.truth import Watched
from mentions.review.desk import Desk
from mentions.review.filters import capitalize_first
from mentions.review.visitors import Visitor
from mentions.roles import Role
from mentions.snapshots import Snapshots
from mentions.store.contacts import StoredContact
from mentions.store.dossiers import Dossier, SeenMention
from mentions.store.inspecting import MOST_LOOKS
from mentions.store.rechecks import StoredLook
from mentions.store.records import OpportunityState, StoredDraft
from mentions.targets import Target
from mentions.workflow import Decision, Move, Refusal, after

_CHOOSABLE = frozenset({OpportunityState.NEW, OpportunityState.DRAFTED})  # as the store has it


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A mention with the passage in which it stands."""

    mention: SeenMention
    passage: Passage


@dataclass(frozen=True, slots=True)
class SavedCopy:
    """A copy of the page; `exact`: of what the last good look saw, not of an earlier one."""

    digest: str
    seen_at: datetime
    exact: bool


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """What the mention should link to. `pages` and `anchors` are what can be chosen, the proposal first."""

    placement: Placement
    pages: tuple[str, ...]
    anchors: tuple[str, ...]
    chosen: bool  # a person chose page or words


@dataclass(frozen=True, slots=True)
class Editor:
    """The newest email as it can be worked on. `locked`: why it cannot be, in plain words."""

    draft: StoredDraft
    words: int
    changes: tuple[Difference, ...]  # of the text against the template's; empty: as the template gave it
    subject_changes: tuple[Difference, ...]
    locked: str | None
    most_words: int = LONGEST_BODY
    most_subject: int = LONGEST_SUBJECT


@dataclass(frozen=True, slots=True)
class Find:
    """Everything that the page shows."""

    dossier: Dossier
    lead: ShownMention | None
    mentions: tuple[ShownMention, ...]
    section: tuple[str, ...]
    copy: SavedCopy | None
    link: LinkChoice | None
    contacts: tuple[StoredContact, ...]
    editor: Editor | None
    choosable: bool  # may this visitor choose link and contact now?
    unsigned: str | None  # why no draft can be written; None: it can
    watched: Watched  # how the article stands, by every look so far
    looks: tuple[StoredLook, ...]  # the newest first


def shown(desk: Desk, visitor: Visitor, dossier: Dossier) -> Find:
    """The find as this visitor sees it."""
    mentions = tuple(shown_mentions(dossier))
    reviewer = visitor.may(Role.REVIEWER)
    return Find(
        dossier=dossier,
        lead=_lead(dossier, mentions),
        mentions=mentions,
        section=section_of(dossier.page.final_url or dossier.page.url),
        copy=saved_copy(desk, dossier),
        link=_link(desk.config, dossier),
        contacts=desk.store.contacts_for(dossier.opportunity_id),
        editor=_editor(desk, visitor, dossier) if dossier.draft else None,
        choosable=reviewer and dossier.standing.state in _CHOOSABLE,
        unsigned=None if desk.config.sender else "Nobody signs the emails: add [sender] to the configuration.",
        watched=desk.store.watched(dossier.opportunity_id),
        looks=tuple(desk.store.looks(dossier.opportunity_id, limit=MOST_LOOKS)),
    )


def shown_mentions(dossier: Dossier) -> Iterator[ShownMention]:
    """The mentions with their passages."""
    there = [(mention.start, mention.end) for mention in dossier.mentions if mention.there]
    for mention in dossier.mentions:
        span = (mention.start, mention.end)
        others = [other for other in there if other != span]
        told = passage(dossier.page.text, span, mention.sentence, mention.matched, others)
        # Around a name in a menu or a footer stands no text that would say more of it.
        yield ShownMention(mention, told if mention.zone.is_article else Passage(told.sentence))


def _lead(dossier: Dossier, mentions: tuple[ShownMention, ...]) -> ShownMention | None:
    """The mention whose sentence the email quotes, else the first."""
    quoted = (each for each in mentions if each.mention.sentence == dossier.finding.sentence)
    return next(quoted, None) or next(iter(mentions), None)


def section_of(url: str) -> tuple[str, ...]:
    """The sections that the address names: https://courier.example/tech/robots/a-title → ("tech", "robots").

    Pieces that are numbers, dates or longer than a word or two name no section.
    """
    try:
        pieces = [unquote(piece) for piece in urlsplit(url).path.split("/") if piece][:-1]
    except ValueError:
        return ()
    return tuple(piece for piece in pieces if len(piece) <= 30 and not any(letter.isdigit() for letter in piece))[:4]


def saved_copy(desk: Desk, dossier: Dossier) -> SavedCopy | None:
    """The newest copy that is kept; None: none was, or its time is over."""
    snapshots = Snapshots(desk.config.pages_folder)
    for place, (digest, seen_at) in enumerate(desk.store.page_digests(dossier.opportunity_id)):
        if snapshots.has(digest):
            return SavedCopy(digest, seen_at, exact=place == 0)
    return None


def target_of(config: Config, name: str) -> Target | None:
    """The target of that name; None: it was taken out of the configuration."""
    try:
        return config.target(name)
    except KeyError:
        return None


def _link(config: Config, dossier: Dossier) -> LinkChoice | None:
    """Page, words and HTML: as chosen, else as the draft has them, else as the sentence calls for."""
    finding, draft = dossier.finding, dossier.draft
    target = target_of(config, finding.target)
    if target is None:
        return None
    drafted = draft.draft if draft else None
    placement = place_link(
        finding.sentence,
        finding.matched,
        target,
        url=finding.chosen_url or (drafted.suggested_url if drafted else None),
        anchor=finding.chosen_anchor or (drafted.suggested_anchor if drafted else None),
    )
    proposed = place_link(finding.sentence, finding.matched, target)
    pages = (proposed.url, placement.url, target.link_url, *(page.url for page in target.pages))
    anchors = (placement.anchor, *natural_anchors(finding.sentence, finding.matched, target))
    return LinkChoice(
        placement,
        tuple(dict.fromkeys(pages)),
        tuple(dict.fromkeys(anchors)),
        chosen=bool(finding.chosen_url or finding.chosen_anchor),
    )


def _editor(desk: Desk, visitor: Visitor, dossier: Dossier) -> Editor:
    draft, template = dossier.revisions[0], dossier.template_text
    email = draft.draft
    return Editor(
        draft=draft,
        words=word_count(email.body),
        changes=differences(template.draft.body, email.body) if template else (),
        subject_changes=differences(template.draft.subject, email.subject) if template else (),
        locked=_locked(desk, visitor, dossier),
    )


def _locked(desk: Desk, visitor: Visitor, dossier: Dossier) -> str | None:
    if not visitor.may(Role.REVIEWER):
        return f"You may look and not change anything: your role is {visitor.role.value}."
    if desk.config.sender is None:
        return "Nobody signs the emails: add [sender] to the configuration."
    answer = after(dossier.standing, Decision(Move.EDIT), by=visitor.name, now=desk.now)
    return f"{capitalize_first(answer.why)}." if isinstance(answer, Refusal) else None


def rendering(desk: Desk) -> Rendering:
    """What renders and checks the desk's drafts. Raises ConfigError when nobody signs, TemplateError."""
    return Rendering(desk.config, desk.store)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a saved text; `places` holds for each marked piece where it stands in the whole text."""

    pieces: tuple[tuple[Piece, int], ...]


def paragraphs(dossier: Dossier) -> list[Paragraph]:
    """The saved text, line by line, with every name marked."""
    text, found = dossier.page.text or "", []
    spans = [
        (mention.start, mention.end)
        for mention in dossier.mentions
        if text[mention.start : mention.end] == mention.matched
    ]
    at = 0
    for line in text.split("\n"):
        place, pieces = at, []
        for piece in marked(text, spans, at, at + len(line)):
            pieces.append((piece, place))
            place += len(piece.text)
        if line.strip():
            found.append(Paragraph(tuple(pieces)))
        at += len(line) + 1
    return found
