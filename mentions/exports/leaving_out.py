"""Who is on the suppression list stands in no export: no row about them is handed to a file or another tool (A-13)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from mentions.exports.files import Row
from mentions.outreach.suppression import SuppressionList, blocking


def allowed(rows: Iterable[Row], listed: SuppressionList, left_out: "Counter[str]") -> Iterator[Row]:
    """The rows whose contact and publisher may be written to; `left_out` counts the others by reason."""
    if not listed.domains and not listed.addresses:
        yield from rows
        return
    for row in rows:
        address, domain = row["contact_email"], str(row["publisher"])
        reason = blocking(address if isinstance(address, str) else None, domain, listed)
        if reason is None:
            yield row
        else:
            left_out[reason] += 1
