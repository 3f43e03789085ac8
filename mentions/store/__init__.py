"""Where everything found is kept: SQLite or PostgreSQL behind plain records. The only room with SQL."""

from mentions.exceptions import StoreError
from mentions.store.engine import make_engine, parse_url, shown, sqlite_path
from mentions.store.key import AddressKey
from mentions.store.migrations import HEAD
from mentions.store.queries import Filters
from mentions.store.records import Saved
from mentions.store.store import Store

__all__ = ["Filters", "Saved", "Store", "is_there", "open_store"]


def is_there(url: str) -> bool:
    """Is there a database to open? For SQLite, whether its file exists; of a server nobody knows before asking it."""
    path = sqlite_path(parse_url(url))
    return path is None or path.exists()


def open_store(url: str, *, upgrade: bool = True, key: str | None = None) -> Store:
    """Opens the database at `url`, made or brought to this program's schema first (a backup is written beside it).

    With `upgrade=False` nothing is changed, and a database with another schema is refused. Raises StoreError in plain
    words: cannot be opened, made by a newer version, read-only, wrong URL, missing driver.

    `key`: that of the suppression list's hashes (Config.store_key); None: the file beside an SQLite database.
    """
    from mentions.store import upgrading

    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise StoreError("a database in memory forgets everything at the end; name a file: sqlite:///mentions.db")
    if upgrade:
        upgrading.upgrade(url, key=key)
    else:
        revision = upgrading.check(url)
        if revision != HEAD:
            raise StoreError(
                f"the database {shown(parsed)} "
                + ("is not there yet" if revision is None else f"has the schema {revision}, this program needs {HEAD}")
                + "; `mentions doctor` brings it up to date"
            )
    return Store(make_engine(parsed), AddressKey(parsed, key))
