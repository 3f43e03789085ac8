"""Finds for tests of the desk: opportunities of the Daily Courier, drafted, last looked at six hours ago."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from mentions.assessments import Contact
from mentions.config import Config
from mentions.outreach.contacts.model import Confidence, FoundContact, Role
from mentions.outreach.rendering import Rendering
from mentions.store import Store
from mentions.store.records import PageOutcome
from tests.review.conftest import NOW
from tests.store.building import finding, outcome

TARGET: Final = "Quillon Robotics"
SENTENCE: Final = "Quillon Robotics builds cranes for small harbours."
LOOKED: Final = NOW - timedelta(hours=6)
JANE: Final = Contact("jane@courier.example", "Jane Doe", "https://courier.example/jane", "beside the author's name")


def look(number: int, *, at: datetime = LOOKED, contact: Contact | None = JANE, **changes: object) -> PageOutcome:
    """A look at page `number` that finds the target named and not linked."""
    judged, assessment = finding(target=TARGET, sentences=(SENTENCE,))
    seen = outcome(number, (judged, replace(assessment, contact=contact)), at=at)
    return replace(seen, text=SENTENCE, **changes)  # type: ignore[arg-type]  # a test's own names


def drafted(store: Store, config: Config, count: int = 1, *, at: datetime = LOOKED) -> list[int]:
    """So many opportunities with drafts to Jane, by number."""
    store.register(config.targets, config.publishers, at)
    store.save_outcomes(store.start_run("nightly", at), [look(number, at=at) for number in range(1, count + 1)])
    rendering = Rendering(config, store)
    drafts = [draft for each in store.to_draft(min_priority=0) if (draft := rendering.first(each, now=at))]
    return [stored.draft.opportunity_id for stored in store.save_drafts(drafts)]


def newsroom(address: str = "news@courier.example") -> FoundContact:
    """Somebody else at the publisher."""
    return FoundContact(Role.NEWSROOM, Confidence.HIGH, "https://courier.example/contact", "", address)
