"""The tables, one class each (docs/reference/architecture.md says who owns which)."""

from mentions.store.models.answers import Answer
from mentions.store.models.articles import Article
from mentions.store.models.base import Base
from mentions.store.models.deciding import AskedApproval, Change
from mentions.store.models.destinations import Destination
from mentions.store.models.disavow import DisavowedDomain
from mentions.store.models.findings import Finding, Link, Mention
from mentions.store.models.handoff import HandOff
from mentions.store.models.history import Event, Run
from mentions.store.models.outreach import Contact, ContactPage, Draft, Opportunity, Suppression
from mentions.store.models.pages import Check, Page
from mentions.store.models.people import Session, User
from mentions.store.models.queue import QueueRow, QueueTally, SavedView
from mentions.store.models.rechecks import Look, Recheck
from mentions.store.models.site import SiteCrawl, SitePage
from mentions.store.models.watching import Publisher, Source, Target

__all__ = [
    "Answer",
    "Article",
    "AskedApproval",
    "Base",
    "Change",
    "Check",
    "Contact",
    "ContactPage",
    "Destination",
    "DisavowedDomain",
    "Draft",
    "Event",
    "Finding",
    "HandOff",
    "Link",
    "Look",
    "Mention",
    "Opportunity",
    "Page",
    "Publisher",
    "QueueRow",
    "QueueTally",
    "Recheck",
    "Run",
    "SavedView",
    "Session",
    "SiteCrawl",
    "SitePage",
    "Source",
    "Suppression",
    "Target",
    "User",
]
