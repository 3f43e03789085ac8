"""`mentions pages list`: our own pages, with who links to them and what is odd."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mentions.cli.common import config_option, console, load
from mentions.cli.words import clean
from mentions.own_pages.overview import OwnPage, PageStanding
from mentions.own_pages.site import OwnSite

# A sign and a word beside the colour: colour is never the only sign.
_SIGNS: Final = {
    PageStanding.GONE: "[red]✗ gone[/]",
    PageStanding.UNSURE: "[yellow]? unsure[/]",
    PageStanding.MOVED: "[green]→ moved[/]",
    PageStanding.THERE: "[green]✓ there[/]",
    PageStanding.UNKNOWN: "[dim]· not yet[/]",
}
_TEMPORARY: Final = frozenset({302, 303, 307})
_LINKING_SHOWN: Final = 5


@click.command(name="list")
@config_option
@click.option("--dead", is_flag=True, help="Only those that are gone, with the pages that link to them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")
def list_(config_path: Path | None, *, dead: bool, as_json: bool) -> int:
    """List your pages that others link to, those that are gone first.

    A run looks at the pages that mentions.toml names and at those that articles link to, now and then (looks in
    mentions.toml). A link to a page that is gone brings no reader: its article is listed as misdirected, and a redirect
    on your own site mends it without asking anybody. What your own site does with each page is known after
    `mentions pages crawl`.
    """
    from mentions.own_pages.reading import read_own_pages
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        pages, site = read_own_pages(store, config)
    finally:
        store.close()
    found = [page for page in pages if page.standing is PageStanding.GONE or not dead]
    if as_json:
        for page in found:
            click.echo(json.dumps(as_row(page), ensure_ascii=False))
    elif any(page.looked or page.site or page.domains for page in found):
        show(console(), found, site, dead=dead)
    else:
        what = "No page of yours is gone" if dead else "No page of yours was looked at"
        click.echo(f"{what} so far. A run looks: mentions nightly")
    return 0


def show(screen: Console, found: Sequence[OwnPage], site: OwnSite | None, *, dead: bool = False) -> None:
    """The pages as a table, `dead` with the pages that link to each; what to do stands below it."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("state", no_wrap=True)
    table.add_column("domains", justify="right", no_wrap=True)
    table.add_column("pages", justify="right", no_wrap=True)
    table.add_column("page", overflow="fold")
    for page in found:
        linked = (f"{number:,}" if number else "·" for number in (page.domains, page.pages))
        table.add_row(_SIGNS[page.standing], *linked, _about(page, linking=dead))
    screen.print(table)
    gone = [page for page in found if page.standing is PageStanding.GONE]
    if gone:
        domains = len({link.publisher for page in gone for link in page.links if link.stands})
        lost = f"; links from {domains:,} {'domain' if domains == 1 else 'domains'} are lost there" if domains else ""
        screen.print(f"\n{len(gone)} gone{lost}. A redirect on your own site mends every link to such a page at once:")
        screen.print("  mentions pages redirects", style="cyan")
    if site is None:
        screen.print("\nHow your own site links these pages is not known yet: mentions pages crawl")
    elif not site.crawl.complete:
        screen.print(
            f"\nThe crawl of your own site on {site.crawl.ended_at:%Y-%m-%d} read {site.crawl.pages:,} pages and left "
            f"{site.crawl.left:,}: “no other page” means none of those read."
        )


def _about(page: OwnPage, *, linking: bool) -> Text:
    text = Text(clean(page.url))
    for says in _lines(page, linking=linking):
        text.append(f"\n{clean(says)}", style="dim")
    return text


def _lines(page: OwnPage, *, linking: bool) -> list[str]:
    lines = [f"leads to {page.leads_to}"] if page.leads_to else []
    hops = page.looked.hops if page.looked else ()
    if len(hops) > 1:
        lines.append(f"over {len(hops)} redirects: {', '.join(f'{status} to {url}' for status, url in hops)}")
    if any(status in _TEMPORARY for status, _ in hops):
        lines.append("by a temporary redirect; a permanent one (301) passes the link on for sure")
    if page.problem:
        lines.append(page.problem)
    if page.suggestion:
        lines.append(f"could lead to {page.suggestion.url} ({page.suggestion.why}, {page.suggestion.score} %)")
    lines.extend(page.remarks)
    if linking:
        standing = list(dict.fromkeys(link.page_url for link in page.links if link.stands))
        lines.extend(f"linked from {url}" for url in standing[:_LINKING_SHOWN])
        if len(standing) > _LINKING_SHOWN:
            lines.append(f"… and from {len(standing) - _LINKING_SHOWN:,} more pages: mentions links --page {page.url}")
    return lines


def as_row(page: OwnPage) -> dict[str, object]:
    """A page for programs; keys are stable."""
    site, looked = page.site, page.looked
    return {
        "url": page.url,
        "state": page.standing.value,
        "dead": page.standing is PageStanding.GONE,
        "final_url": looked.final_url if looked else page.leads_to,
        "hops": [list(hop) for hop in looked.hops] if looked else [],
        "http_status": looked.http_status if looked else (site.http_status if site else None),
        "problem": page.problem,
        "looked_at": looked.looked_at.isoformat() if looked else None,
        "referring_domains": page.domains,
        "referring_pages": page.pages,
        "reclaimed_links": page.reclaimed,
        "suggested_redirect": page.suggestion.url if page.suggestion else None,
        "suggestion_score": page.suggestion.score if page.suggestion else None,
        "remarks": list(page.remarks),
        "site": None
        if site is None
        else {
            "clicks_from_home": site.depth,
            "linked_in_article": site.linked_in_article,
            "linked_elsewhere": site.linked_elsewhere,
            "links_in_article": site.links_in_article,
            "links_elsewhere": site.links_elsewhere,
            "isolated": site.isolated,
            "noindex": site.noindex,
            "canonical": site.canonical,
        },
    }
