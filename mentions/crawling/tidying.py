"""At the end of a night: what need not be kept is forgotten."""

from datetime import datetime

from mentions.config import Config
from mentions.crawling.ledger import Ledger
from mentions.crawling.saving import Saving
from mentions.store import Store


def tidy(store: Store, config: Config, ledger: Ledger, *, now: datetime) -> None:
    """Forgets contacts that nobody used and copies of pages whose time is over, and counts both. Raises StoreError.

    The counts of the review desk's queue, which changes have made long, are added up besides.
    """
    forgotten = store.forget_unused_contacts(now, config.retention.contacts_days)
    ledger.count("contacts/forgotten", times=forgotten.all)
    store.fold_counts()
    Saving(config, store, ledger).clear(now)
