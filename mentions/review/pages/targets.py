"""Targets: what is watched for, what each brought, and whether that grows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from mentions.plots import Series, lines
from mentions.queueing import QueueFilters, Shown
from mentions.review.forms import view
from mentions.review.queue_links import queue_url
from mentions.review.responses import desk_of, page
from mentions.store.watching import WEEKS, TargetFacts
from mentions.targets import Target

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Card:
    """One target, ready to be shown. `declared` None: it stands in the configuration no more."""

    facts: TargetFacts
    declared: Target | None
    plot: str
    waiting_url: str
    finds_url: str


def targets(request: Request) -> Response:
    """Every target with its names, counts and weeks."""
    desk = desk_of(request)
    declared = {target.name: target for target in desk.config.targets}
    weeks = _labels(desk.now)
    cards = [_card(facts, declared.get(facts.name), weeks) for facts in desk.store.targets(desk.now)]
    known = {card.facts.name for card in cards}
    return page(
        request,
        "targets.html",
        cards=cards,
        weeks=weeks,
        unseen=[target for name, target in declared.items() if name not in known],
    )


def _card(facts: TargetFacts, declared: Target | None, weeks: list[str]) -> Card:
    described = f"{sum(facts.unlinked_weeks):,} without a followed link and {sum(facts.linked_weeks):,} with one"
    plot = lines(
        f"Pages that name {facts.name}, by week",
        f"{described} in {WEEKS} weeks",
        weeks,
        [Series("without a link", facts.unlinked_weeks), Series("with a link", facts.linked_weeks)],
    )
    return Card(
        facts=facts,
        declared=declared,
        plot=plot,
        waiting_url=queue_url(QueueFilters(target=facts.name)),
        finds_url=queue_url(QueueFilters(target=facts.name, state=Shown.ANY)),
    )


def _labels(now: datetime) -> list[str]:
    """The day on which each week begins, the oldest first."""
    return [f"{now - _WEEK * (WEEKS - number):%-d %b}" for number in range(WEEKS)]


routes = [view("/targets", targets)]
