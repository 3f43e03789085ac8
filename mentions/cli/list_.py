"""`mentions list`: what was found."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console, Group
from rich.text import Text

from mentions.cli.common import config_option, console, load
from mentions.cli.words import clean, indented, marked
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.pages import UNSEEN, PageState
from mentions.store.records import StoredFinding

ASKABLE = (Verdict.UNLINKED, Verdict.BARE_URL, Verdict.MISDIRECTED, Verdict.OUTSIDE)


@click.command(name="list")
@config_option
@click.option("--target", help="Only this target (its name in mentions.toml).")
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    type=click.Choice([*(v.value for v in Verdict), "all"]),
    help="Only this verdict; may be given several times. [default: those worth a look: "
    f"{', '.join(v.value for v in ASKABLE)}]",
)
@click.option("--publisher", help="Only this publisher (its domain).")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what was first seen on this day (UTC) or later.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")
def list_(
    config_path: Path | None,
    target: str | None,
    verdicts: Sequence[str],
    publisher: str | None,
    since: datetime | None,
    limit: int,
    as_json: bool,
) -> int:
    """Show what was found, the most worth asking about first.

    The number after a state (drafted 12) is the NUMBER that other commands take.
    """
    from mentions.store import open_store

    config = load(config_path)
    if target is not None and target not in {t.name for t in config.targets}:
        known = ", ".join(t.name for t in config.targets[:8])
        raise click.BadParameter(f"{target!r} is not a target of {config.path.name}; there are: {known}")
    wanted = tuple(Verdict) if "all" in verdicts else tuple(Verdict(v) for v in verdicts) or ASKABLE
    since_utc = since.replace(tzinfo=UTC) if since else None
    with closing(open_store(config.store_url, key=config.store_key)) as store:
        found = [
            finding
            for verdict in wanted
            for finding in store.findings(target=target, verdict=verdict, publisher=publisher, since=since_utc)
        ]
    found.sort(key=lambda f: (-(f.priority if f.priority is not None else -1), f.publisher, f.page_url, f.target))
    if as_json:
        for finding in found[:limit]:
            click.echo(json.dumps(_row(finding), ensure_ascii=False))
        return 0
    _show(console(), found, limit)
    return 0


def _show(screen: Console, found: Sequence[StoredFinding], limit: int) -> None:
    if not found:
        screen.print("Nothing found so far that fits. A run finds more: [bold]mentions nightly[/]")
        return
    for finding in found[:limit]:
        screen.print(_entry(finding))
    left = len(found) - limit
    more = f"; {left} more with --limit {len(found)}" if left > 0 else ""
    screen.print(f"[bold]{len(found)}[/] found{more}. Next: [bold]mentions drafts[/], [bold]mentions export[/]")


def _entry(finding: StoredFinding) -> Group:
    """What and where; the sentence with the name marked; why nobody asks by itself; the address."""
    head = Text()
    head.append(f"{finding.priority:3d} " if finding.priority is not None else "  – ", style="bold")
    head.append(f"{finding.verdict.value:<13} ", style="cyan")
    head.append(finding.target, style="bold")
    head.append(f"  {clean(finding.publisher_name)}")
    if finding.published_at:
        head.append(f"  {finding.published_at:%Y-%m-%d}", style="dim")
    if finding.opportunity_state:
        # By this number other commands know it: drafts show, contacts look, feedback, recheck --opportunity.
        head.append(f"  {finding.opportunity_state.value} {finding.opportunity_id}", style="dim")
    lines = [head]
    if finding.sentence:
        lines.append(marked(finding.sentence, finding.matched))
    elif finding.reasons:
        lines.append(Text(clean(finding.reasons[0]), style="dim"))
    if finding.level in {Level.HOLD, Level.SKIP} and finding.verdict in ASKABLE and finding.level_reasons:
        lines.append(Text(f"{finding.level}: {clean(finding.level_reasons[0])}", style="yellow"))
    if unseen := UNSEEN.get(finding.page_state or PageState.LIVE):
        lines.append(Text(f"{unseen}; judged as it was on {finding.last_checked_at:%Y-%m-%d}", style="yellow"))
    lines.append(Text(clean(finding.page_url), style="dim", overflow="fold"))
    return Group(lines[0], *(indented(line, 4) for line in lines[1:]))


def _row(finding: StoredFinding) -> dict[str, object]:
    return {
        "id": finding.id,
        "opportunity": finding.opportunity_id,
        "target": finding.target,
        "verdict": finding.verdict.value,
        "level": finding.level,
        "level_reasons": list(finding.level_reasons),
        "priority": finding.priority,
        "state": finding.opportunity_state.value if finding.opportunity_state else None,
        "publisher": finding.publisher,
        "page_url": finding.page_url,
        "page_title": finding.page_title,
        "page_state": finding.page_state.value if finding.page_state else None,
        "published_at": finding.published_at.isoformat() if finding.published_at else None,
        "author": finding.author,
        "language": finding.language,
        "sentence": finding.sentence,
        "matched": finding.matched,
        "zone": finding.zone,
        "reasons": list(finding.reasons),
        "first_seen_at": finding.first_seen_at.isoformat(),
        "last_seen_at": finding.last_seen_at.isoformat(),
        "last_checked_at": finding.last_checked_at.isoformat(),
    }
