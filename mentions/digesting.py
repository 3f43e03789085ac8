"""A run's digest, made and told: its HTML file, the team's chats. For `mentions nightly` and `mentions digest`."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mentions.config import Config
from mentions.exceptions import ExportError, NotifyError
from mentions.exports.writing import save
from mentions.notifying.payloads import apprise_text, payload
from mentions.notifying.sending import post
from mentions.notifying.services import tell
from mentions.redaction import redacted, remember
from mentions.reporting.digest import Digest, digest
from mentions.reporting.html import digest_html
from mentions.reporting.message import Message, message
from mentions.store import Store
from mentions.store.records import OpportunityState, RunSummary


@dataclass(frozen=True, slots=True)
class Digested:
    """What a digest said, and who heard it."""

    digest: Digest
    message: Message
    file: Path | None  # the HTML file; None: there was no news, or no folder is configured
    told: tuple[str, ...]  # the environment variables whose chats took it
    warnings: tuple[str, ...]  # in plain words; no address stands in them


def make_digest(store: Store, config: Config, run: RunSummary, *, now: datetime) -> Digest:
    """The digest of a run, told to nobody. Raises StoreError."""
    end = run.ended_at or now
    before = store.runs_before(run.id, 1)
    return digest(
        run,
        (finding for finding in store.findings(since=run.started_at) if finding.first_seen_at <= end),
        store.outcomes(run.started_at, end),
        before=before[0] if before else None,
        names={publisher.domain: publisher.name for publisher in config.publishers},
        waiting=store.counts_by_state()[OpportunityState.DRAFTED],
    )


def digest_run(
    store: Store, config: Config, run: RunSummary, *, now: datetime, always: bool = False, tell_chats: bool = True
) -> Digested:
    """Makes a run's digest, writes its file and tells the chats; nothing of that without news, but with `always`.

    A chat or file that fails is a warning. Raises StoreError.
    """
    made = make_digest(store, config, run, now=now)
    desk = config.digest.desk_url
    said = message(made, desk_url=desk)
    if not (made.has_news or always) or not tell_chats:
        return Digested(made, said, None, (), ())
    warnings: list[str] = []
    file = _written(config, made, said, warnings)
    told = []
    for name, send in _chats(config, said):
        try:
            send(_address(name))
        except NotifyError as error:
            warnings.append(redacted(f"the digest did not reach the chat of {name}: {error}"))
        else:
            told.append(name)
    return Digested(made, said, file, tuple(told), tuple(warnings))


def _chats(config: Config, said: Message) -> Iterator[tuple[str, Callable[[str], None]]]:
    """The environment variable that holds each chat's address, and how it is told."""
    for webhook in config.digest.webhooks:
        yield webhook.url_env, _poster(config, payload(webhook.kind, said))
    title, text = apprise_text(said)
    for name in config.digest.apprise_env:
        yield name, lambda url: tell(url, title, text)


def _poster(config: Config, body: Mapping[str, object]) -> Callable[[str], None]:
    def send(url: str) -> None:
        post(url, body, timeout_s=config.digest.timeout_s, user_agent=config.user_agent)

    return send


def _address(name: str) -> str:
    """The secret address. Raises NotifyError where the environment does not hold it."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise NotifyError("the environment variable is not set; it should hold the address")
    return remember(value)


def _written(config: Config, made: Digest, said: Message, warnings: list[str]) -> Path | None:
    folder = config.digest.folder
    if folder is None:
        return None
    path = config.folder / folder / f"digest-run-{made.run.id}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, lambda stream: stream.write(digest_html(made, said).encode("utf-8", "replace")))
    except (ExportError, OSError) as error:
        warnings.append(f"the digest could not be written as a file: {error}")
        return None
    return path
