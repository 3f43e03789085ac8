"""`mentions links`: who links to us, with which words, since when, and what was lost."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, format_option, load
from mentions.cli.words import clean, indented
from mentions.config import Config
from mentions.exports.files import Row, write_csv, write_jsonl
from mentions.inbound import AnchorProfile, InboundLink, Referrer, kind_of, profiles
from mentions.inbound.links import from_others
from mentions.inbound.profiles import ENOUGH_DOMAINS
from mentions.inbound.tallies import own_publishers, spellings
from mentions.outreach.suppression import normal_domain

COLUMNS: Final = (
    "referring_domain",
    "referring_page",
    "page_title",
    "our_page",
    "anchor",
    "anchor_kind",
    "rel",
    "followed",
    "zone",
    "standing",
    "first_seen_at",
    "last_seen_at",
)


_NONE: Final = "No page that links to you is known so far."


class Form(StrEnum):
    """How the links are shown."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


@click.command()
@config_option
@click.option("--target", help="Only links to this target (its name in mentions.toml), on pages that name it.")
@click.option("--domain", help="Only links from this domain, one by one.")
@click.option("--page", "our_page", help="Only links to this page of yours, one by one.")
@click.option("--lost", is_flag=True, help="Only links that do not stand any more.")
@click.option("--anchors", is_flag=True, help="The words that lead to each of your pages, and what looks odd.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Lines of the text form.")
@format_option(Form, Form.TEXT, "text; csv, one link a row; json, one link a line.")
def links(
    config_path: Path | None,
    target: str | None,
    domain: str | None,
    our_page: str | None,
    limit: int,
    form: str,
    *,
    lost: bool,
    anchors: bool,
) -> int:
    """Show who links to you: referring domains, with followed links, first and last seen, and what was lost.

    Known are links on pages that a crawl read because they name you; this is no index of the whole web. A link is
    "missing" when the last look did not see it, and "lost" when two looks a day apart did not, or its page is gone.
    Nothing is disavowed by itself: whom you do not want to be linked by, you say with `mentions disavow add`.
    """
    config = load(config_path)
    _check(config, target, anchors=anchors, form=form)
    if form == Form.TEXT and not (anchors or domain or our_page or lost):
        domains = _read_domains(config, target)
        if domains:
            _show_domains(console(), domains, limit)
        else:
            click.echo(_NONE)
        return EXIT_CODES["fine"]
    found = _read(config, target, normal(domain), lost=lost, our_page=our_page)
    if form != Form.TEXT:
        write = write_csv if form == Form.CSV else write_jsonl
        write((_row(link, config) for link in found), COLUMNS, sys.stdout.buffer)
    elif not found:
        click.echo("No link of yours was lost so far." if lost else _NONE)
    elif anchors:
        _show_anchors(console(), profiles(found, config.targets), limit)
    else:
        _show_links(console(), found, limit)
    return EXIT_CODES["fine"]


def _check(config: Config, target: str | None, *, anchors: bool, form: str) -> None:
    names = [known.name for known in config.targets]
    if target is not None and target not in names:
        raise click.BadParameter(f"{target!r} is not a target of {config.path.name}; there are: {', '.join(names[:8])}")
    if anchors and form != Form.TEXT:
        raise click.UsageError("--anchors is for reading; csv and json hold each link's words and their kind anyway")


def normal(domain: str | None) -> str | None:
    """The domain as publishers are known by it. Raises click.BadParameter for what is none."""
    if domain is None:
        return None
    try:
        return normal_domain(domain)
    except ValueError as refused:
        raise click.BadParameter(f"{domain!r}: {refused}", param_hint="--domain") from refused


def _read_domains(config: Config, target: str | None) -> list[Referrer]:
    """Counted by the database: of all links only those who link are read."""
    from mentions.store import open_store

    own = own_publishers(config.targets)
    store = open_store(config.store_url, key=config.store_key)
    try:
        written = store.linked_addresses()
        pages = {each for addresses in spellings(written, config.targets).values() for each in addresses}
        others = [address for address in written if address not in pages]
        return store.referring_domains(own_domains=own, without=others, target=target)
    finally:
        store.close()


def _read(
    config: Config, target: str | None, domain: str | None, *, lost: bool, our_page: str | None
) -> list[InboundLink]:
    from mentions.store import open_store
    from mentions.urls import canonical_url

    to = None if our_page is None else {canonical_url(our_page)}
    store = open_store(config.store_url, key=config.store_key)
    try:
        held = store.inbound_links(target=target, publisher=domain, lost=lost, to=to)
    finally:
        store.close()
    return from_others(held, config.targets)


def _row(link: InboundLink, config: Config) -> Row:
    return {
        "referring_domain": link.publisher,
        "referring_page": link.page_url,
        "page_title": link.page_title,
        "our_page": link.url,
        "anchor": link.anchor,
        "anchor_kind": kind_of(link.anchor, config.targets).value,
        "rel": " ".join(link.rel),
        "followed": "yes" if link.followed else "no",
        "zone": link.zone.value,
        "standing": link.standing.value,
        "first_seen_at": link.first_seen_at,
        "last_seen_at": link.last_seen_at,
    }


def _show_domains(screen: Console, found: Sequence[Referrer], limit: int) -> None:
    table = _table()
    table.add_column("domain", overflow="fold")
    for heading in ("pages", "followed", "lost"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("first seen", no_wrap=True)
    table.add_column("last seen", no_wrap=True)
    for each in found[:limit]:
        gone = each.lost + each.missing
        table.add_row(
            Text(clean(each.domain)),
            f"{each.pages:,}",
            f"{each.followed:,}" if each.followed else "·",
            f"{gone:,}" if gone else "·",
            f"{each.first_seen_at:%Y-%m-%d}",
            f"{each.last_seen_at:%Y-%m-%d}",
        )
    screen.print(table)
    standing = [each for each in found if each.pages]
    pages, followed = sum(each.pages for each in standing), sum(each.followed for each in standing)
    domains = "1 domain links" if len(standing) == 1 else f"{len(standing):,} domains link"
    screen.print(
        f"\n{domains} to you, from {pages:,} {_pages(pages)} that name you; {followed:,} of them with a followed link "
        "in the article."
    )
    _say_rest(screen, len(found) - limit)


def _show_links(screen: Console, found: Sequence[InboundLink], limit: int) -> None:
    for link in found[:limit]:
        says = Text()
        says.append(clean(link.page_url) + "\n", style="bold")
        says.append(f"  “{clean(link.anchor)}”" if link.anchor else "  (a picture)")
        says.append(f" → {clean(link.url)}\n")
        says.append(
            f"  {link.standing.value}, {' '.join(link.rel) or 'followed'}, in the {link.zone.value}, "
            f"seen {link.first_seen_at:%Y-%m-%d} to {link.last_seen_at:%Y-%m-%d}",
            style="dim",
        )
        says.overflow = "fold"
        screen.print(says)
    _say_rest(screen, len(found) - limit)


def _show_anchors(screen: Console, found: Sequence[AnchorProfile], limit: int) -> None:
    for profile in found[:limit]:
        domains = "1 domain" if profile.domains == 1 else f"{profile.domains:,} domains"
        screen.print(Text(clean(profile.url), style="bold", overflow="fold"))
        screen.print(indented(Text(f"{domains}, {profile.followed_domains:,} of them with a followed link"), 2))
        if profile.enough:
            kinds = (f"{kind.value} {count / profile.domains:.0%}" for kind, count in profile.kinds.items())
        else:
            kinds = (f"{kind.value} {count}" for kind, count in profile.kinds.items())
        few = "" if profile.enough else f" (fewer than {ENOUGH_DOMAINS} domains: too few for shares)"
        screen.print(indented(Text(", ".join(kinds) + few), 2))
        for used in profile.anchors:
            words = f"“{clean(used.anchor)}”" if used.anchor else "(a picture)"
            screen.print(indented(Text(f"{used.domains:4,} × {words}  ({used.kind.value})", overflow="fold"), 2))
        for flag in profile.flags:
            screen.print(indented(Text(f"! look at this: {clean(flag)}", style="yellow", overflow="fold"), 2))
        screen.print()
    _say_rest(screen, len(found) - limit)


def _say_rest(screen: Console, left: int) -> None:
    if left > 0:
        screen.print(f"… and {left:,} more: --limit, or all of them with --format csv")


def _table() -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")


def _pages(number: int) -> str:
    return "page" if number == 1 else "pages"
