"""At the end of a run: every open opportunity weighed with what other pages and days tell."""

from datetime import datetime

from mentions.authority import NO_AUTHORITIES, Authorities, read_authorities
from mentions.config import Config
from mentions.crawling.ledger import Ledger
from mentions.exceptions import ConfigError
from mentions.store import Store


def reassess(store: Store, config: Config, ledger: Ledger, *, now: datetime, of_run: int | None = None) -> None:
    """Puts copies, earlier asks, the publishers' habits and the suppression list into every open opportunity's answer.

    `of_run`: only into those on pages that this run looked at; for a few looks that somebody waits for. A file of
    scores that cannot be read is a warning of the run, and the opportunities are weighed without it.
    """
    store.reassess(now=now, rules=config.rules, authorities=_authorities(config, ledger).scores, of_run=of_run)


def _authorities(config: Config, ledger: Ledger) -> Authorities:
    if config.asking.authority_file is None:
        return NO_AUTHORITIES
    try:
        authorities = read_authorities(config.folder / config.asking.authority_file)
    except ConfigError as error:
        ledger.warn(f"scores of publishers were not read: {error}")
        return NO_AUTHORITIES
    for problem in authorities.problems[:_SHOWN]:
        ledger.warn(problem)
    if len(authorities.problems) > _SHOWN:
        ledger.warn(f"{len(authorities.problems) - _SHOWN} more rows of {config.asking.authority_file} are left out")
    return authorities


_SHOWN = 5  # bad rows named one by one
