"""Exports: the reclamation list, and what other tools import, as downloads."""

from collections import Counter
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mentions.exports.disavow import DISAVOW_FILE, write_disavow
from mentions.exports.leaving_out import allowed
from mentions.exports.tables import RECLAIM_TABLE, TABLES, Table
from mentions.exports.writing import Format, file_name, write_table
from mentions.review.desk import Desk
from mentions.review.forms import BadForm, Form, action
from mentions.review.responses import desk_of, visitor_of
from mentions.roles import Role

DISAVOW: Final = "disavow"
# What can be exported, by name, with what it holds.
TABLES_OFFERED: Final = {
    **{name: table.holds for name, table in TABLES.items()},
    DISAVOW: "the domains that a person marked, for Google's disavow tool",
}
_IN_MEMORY: Final = 5_000_000  # bytes; a longer file lies on the disk until it is sent
_AT_ONCE: Final = 65_536
_MEDIA_TYPES: Final = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/jsonl; charset=utf-8",
}


def export(request: Request, form: Form) -> Response:
    """One table as a file. Contacts and publishers on the suppression list stand in none."""
    desk, what = desk_of(request), form.required("what", longest=40)
    stream: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when the answer is sent
    try:
        if what == DISAVOW:
            name, media_type = DISAVOW_FILE, "text/plain; charset=utf-8"
            rows, left_out = write_disavow(desk.store.disavowed(), stream), 0
        elif what in TABLES:
            form_of_file = form.choice("format", Format)
            name, media_type = file_name(TABLES[what], form_of_file), _MEDIA_TYPES[form_of_file]
            rows, left_out = _write(desk, TABLES[what], form_of_file, stream)
        else:
            raise BadForm(f"what: {what[:40]!r} is none of {', '.join(TABLES_OFFERED)}")
        detail = {"what": what, "rows": rows, "left_out": left_out, "filters": {}}
        desk.store.record_event("exported", f"export/{name}", detail, desk.now, actor=visitor_of(request).name)
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    return StreamingResponse(
        iter(lambda: stream.read(_AT_ONCE), b""),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
        background=BackgroundTask(stream.close),
    )


def _write(desk: Desk, table: Table, form: Format, stream: IO[bytes]) -> tuple[int, int]:
    """How many rows were written, and how many left out."""
    left_out: Counter[str] = Counter()
    found = desk.store.reclaim_rows(more=table is not RECLAIM_TABLE)
    rows = allowed(found, desk.store.suppression_list(), left_out)
    return write_table(rows, stream, form, table), left_out.total()


routes = [action("/exports", export, role=Role.REVIEWER, name="export")]
