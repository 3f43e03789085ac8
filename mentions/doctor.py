"""What is missing before a run, as facts with advice. Looks at configuration and machine, and into your mailbox."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from shutil import disk_usage
from urllib.parse import urlsplit

from mentions.browsers import ADVICE, find_browser
from mentions.config import Config
from mentions.exceptions import MailboxError, MentionsError, StoreError
from mentions.mailboxes import Imap

EXAMPLE_SUFFIXES = (".example", ".test", ".invalid")
MIN_FREE_BYTES = 500_000_000  # a year of nights of a mid-size watch list stays well below
SQLITE_FLOOR = (3, 35, 0)  # RETURNING, which the store's upserts use


class Health(StrEnum):
    """How a check came out."""

    FINE = "fine"
    ADVICE = "advice"  # works, could be better
    MISSING = "missing"  # a run would fail or a draft could not be used


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of the doctor's report: what was looked at, how it is, and what to do about it."""

    subject: str
    health: Health
    says: str
    advice: str | None = None


def examine(config: Config, open_store: Callable[..., object], look_over: Callable[[Imap], str]) -> Iterator[Diagnosis]:
    """Everything worth saying about a configuration that loads.

    `open_store` is called with the store's URL and `key=`. `look_over` logs in to the mailbox, where there is one, and
    says which folders it has; it raises MailboxError.
    """
    yield _python()
    yield _sqlite()
    yield _targets(config)
    yield from _lonely_names(config)
    yield _publishers(config)
    yield from _unexpected_yields(config)
    yield _sender(config)
    yield _user_agent(config)
    yield _private_networks(config)
    yield _store(config, open_store)
    yield _writable("drafts folder", config.drafts_folder)
    yield from _watched(config)
    yield _mailbox(config, look_over)
    yield _disk(config.folder)
    yield _name_engine()
    yield _browser(config)
    yield from _sandbox(config)


def _python() -> Diagnosis:
    version = ".".join(map(str, sys.version_info[:3]))
    return Diagnosis("Python", Health.FINE, version)


def _sqlite() -> Diagnosis:
    if sqlite3.sqlite_version_info < SQLITE_FLOOR:
        wanted = ".".join(map(str, SQLITE_FLOOR))
        return Diagnosis(
            "SQLite", Health.MISSING, sqlite3.sqlite_version, f"needs {wanted} or newer: use a newer Python"
        )
    return Diagnosis("SQLite", Health.FINE, sqlite3.sqlite_version)


def _is_example(host: str) -> bool:
    return host.partition("/")[0].endswith(EXAMPLE_SUFFIXES)


def _targets(config: Config) -> Diagnosis:
    invented = [t.name for t in config.targets if all(map(_is_example, t.domains))]
    if invented and not config.network.resolve:
        return Diagnosis(
            "targets",
            Health.MISSING,
            f"{', '.join(invented[:3])}: the domains are invented examples",
            "put your own names and domains into [[targets]]",
        )
    names = sum(len(t.names) for t in config.targets)
    return Diagnosis("targets", Health.FINE, f"{len(config.targets)} with {names} names")


def _lonely_names(config: Config) -> Iterator[Diagnosis]:
    """Short names mean many things; the words around them are the evidence."""
    for target in config.targets:
        if not target.about and min(map(len, target.names)) <= 4:
            yield Diagnosis(
                f"target {target.name}",
                Health.ADVICE,
                f"{min(target.names, key=len)!r} is short and may mean other things",
                "give it about = and not_about = words",
            )


def _publishers(config: Config) -> Diagnosis:
    if not config.publishers:
        return Diagnosis(
            "publishers",
            Health.MISSING,
            "none: there is nothing to crawl",
            "declare [[publishers]] with a feed or sitemap",
        )
    invented = [p.name for p in config.publishers if _is_example(p.domain)]
    if invented and not config.network.resolve:
        return Diagnosis(
            "publishers",
            Health.MISSING,
            f"{', '.join(invented[:3])}: invented examples",
            "put the sites you watch into [[publishers]]",
        )
    return Diagnosis("publishers", Health.FINE, str(len(config.publishers)))


def _unexpected_yields(config: Config) -> Iterator[Diagnosis]:
    silent = [p.name for p in config.publishers if p.pages_per_night is None]
    if silent:
        yield Diagnosis(
            "expected pages",
            Health.ADVICE,
            f"{len(silent)} {'publisher says' if len(silent) == 1 else 'publishers say'} no pages_per_night "
            f"({', '.join(silent[:3])}{' …' if len(silent) > 3 else ''})",
            "with it, a run warns when a publisher falls silent",
        )


def _sender(config: Config) -> Diagnosis:
    if config.sender is None:
        return Diagnosis("sender", Health.MISSING, "nobody signs the drafts: no draft is written", "fill in [sender]")
    if _is_example(config.sender.email.rpartition("@")[2]) and not config.network.resolve:
        return Diagnosis(
            "sender",
            Health.MISSING,
            f"{config.sender.name} <{config.sender.email}>: an invented example, who would sign your drafts",
            "put the person who signs, their address and your company into [sender]",
        )
    if not config.sender.postal_address:
        return Diagnosis(
            "sender",
            Health.ADVICE,
            f"{config.sender.name}, without a postal address",
            "set sender.postal_address: drafts without it cannot be approved",
        )
    return Diagnosis("sender", Health.FINE, f"{config.sender.name}, {config.sender.company}")


def _user_agent(config: Config) -> Diagnosis:
    if config.network.contact_url is None:
        return Diagnosis(
            "User-Agent",
            Health.ADVICE,
            config.user_agent,
            "set network.contact_url to a page that says who crawls and how to reach you",
        )
    if _is_example(urlsplit(config.network.contact_url).hostname or "") and not config.network.resolve:
        return Diagnosis(
            "User-Agent",
            Health.MISSING,
            f"{config.user_agent}: the page is an invented example, so no site could reach you",
            "put a page of yours into network.contact_url that says who crawls and how to reach you",
        )
    return Diagnosis("User-Agent", Health.FINE, config.user_agent)


def _private_networks(config: Config) -> Diagnosis:
    if config.network.allow_private:
        return Diagnosis(
            "private networks",
            Health.ADVICE,
            f"allowed: {', '.join(config.network.allow_private)}",
            "crawled pages can lead the crawler there; allow only what you must",
        )
    return Diagnosis("private networks", Health.FINE, "none may be reached")


def _store(config: Config, open_store: Callable[..., object]) -> Diagnosis:
    try:
        open_store(config.store_url, key=config.store_key)
    except (StoreError, MentionsError) as error:
        return Diagnosis("database", Health.MISSING, str(error), "mend that, or set [store] url")
    kind = config.store_url.partition(":")[0]
    return Diagnosis("database", Health.FINE, f"{kind} opens and is up to date")


def _writable(subject: str, folder: Path) -> Diagnosis:
    probe = folder / ".mentions-doctor"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Diagnosis(
            subject, Health.MISSING, f"{folder}: {error.strerror}", "make it writable, or name another folder"
        )
    return Diagnosis(subject, Health.FINE, str(folder))


def _watched(config: Config) -> Iterator[Diagnosis]:
    """What [monitoring] and [digest] name: none of it can make a run fail, so nobody notices where it does not work."""
    settings = config.monitoring
    name = settings.ping_url_env
    if name and name not in os.environ:
        yield Diagnosis(
            "health check", Health.MISSING, f"the environment variable {name} is not set", "put its address there"
        )
    for chat in (*(webhook.url_env for webhook in config.digest.webhooks), *config.digest.apprise_env):
        if not os.environ.get(chat, "").strip():
            yield Diagnosis(
                "chat", Health.ADVICE, f"the environment variable {chat} is not set", "put the chat's address there"
            )
    for subject, file in (("heartbeat", settings.heartbeat), ("figures", settings.textfile)):
        if file is not None:
            folder = (config.folder / file).parent
            sound = os.access(folder, os.W_OK)
            yield Diagnosis(
                subject,
                Health.FINE if sound else Health.ADVICE,
                f"{config.folder / file}" if sound else f"{folder} cannot be written to",
                None if sound else "make the folder, and give this user the right to write there",
            )


def _mailbox(config: Config, look_over: Callable[[Imap], str]) -> Diagnosis:
    wanted = config.handoff.to == "imap"
    if config.imap is None:
        if wanted:
            return Diagnosis(
                "mailbox", Health.MISSING, 'handoff.to is "imap", and there is no [imap]', "fill in [imap]"
            )
        return Diagnosis("mailbox", Health.FINE, "not used: approved drafts are handed off as files or links")
    try:
        return Diagnosis("mailbox", Health.FINE, look_over(config.mailbox))
    except MailboxError as error:
        health = Health.MISSING if wanted else Health.ADVICE
        return Diagnosis("mailbox", health, str(error), "see docs/howto/hand-off.md; files work meanwhile: --to eml")


def _disk(folder: Path) -> Diagnosis:
    free = disk_usage(folder).free
    says = f"{free / 1e9:.1f} GB free"
    if free < MIN_FREE_BYTES:
        return Diagnosis("disk", Health.ADVICE, says, "make room: a full disk stops a run")
    return Diagnosis("disk", Health.FINE, says)


def _name_engine() -> Diagnosis:
    if find_spec("hyperscan") is None:
        return Diagnosis(
            "name engine", Health.ADVICE, "without hyperscan: the same results, slower", "pip install hyperscan"
        )
    return Diagnosis("name engine", Health.FINE, "hyperscan")


def _browser(config: Config) -> Diagnosis:
    if config.rendering.max_pages == 0 or all(publisher.render == "never" for publisher in config.publishers):
        return Diagnosis("browser", Health.FINE, "not needed: nothing is rendered")
    named = config.rendering.browser
    found = find_browser(named)
    if found is None:
        says = f"{named} cannot be run" if named else "none: pages drawn by scripts stay unknown"
        return Diagnosis("browser", Health.ADVICE, says, ADVICE)
    return Diagnosis("browser", Health.FINE, str(found))


def _sandbox(config: Config) -> Iterator[Diagnosis]:
    """Browsers refuse their own sandbox to root; who crawls strangers' pages should not be root in the first place."""
    if find_browser(config.rendering.browser) and hasattr(os, "geteuid") and os.geteuid() == 0:
        yield Diagnosis(
            "browser's sandbox",
            Health.ADVICE,
            "off, because this is root",
            "run as a user of its own: a browser of root draws strangers' pages without its sandbox",
        )
