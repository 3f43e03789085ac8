"""Our own pages as the store knows them, for whoever shows them."""

from collections.abc import Iterable, Sequence

from mentions.config import Config
from mentions.inbound.links import from_others
from mentions.inbound.tallies import Tally, own_publishers, spellings, together
from mentions.own_pages.overview import OwnPage, PageStanding, own_pages, with_links
from mentions.own_pages.site import OwnSite
from mentions.store import Store
from mentions.targets import Target
from mentions.urls import canonical_url


def read_own_pages(store: Store, config: Config, *, linked: str | None = None) -> tuple[list[OwnPage], OwnSite | None]:
    """Every page of ours that matters, those that are gone first, and the last crawl of our site. Raises StoreError.

    The links themselves come with pages that are gone, and with `linked` (its canonical URL): of all pages only their
    number is read.
    """
    site = store.own_site()
    pages = own_pages(
        store.own_pages(),
        read_tallies(store, config.targets),
        site,
        store.reclaimed_by_page(),
        pages_of_targets(config.targets),
    )
    shown = {page.url for page in pages if page.standing is PageStanding.GONE or page.url == linked}
    links = from_others(store.inbound_links(to=shown), config.targets) if shown else []
    return with_links(pages, links, site), site


def read_tallies(store: Store, targets: Sequence[Target]) -> dict[str, Tally]:
    """How many link to each page of ours, by canonical URL. Raises StoreError."""
    own = own_publishers(targets)
    written = {tally.url: tally for tally in store.address_tallies(own_domains=own)}
    spelled = spellings(written, targets)
    found = {
        url: Tally(tally.domains, tally.pages, tally.in_article)
        for url, (address, *more) in spelled.items()
        if not more and (tally := written[address])
    }
    several = {url: addresses for url, addresses in spelled.items() if len(addresses) > 1}
    linking = store.linking_pages([each for addresses in several.values() for each in addresses], own_domains=own)
    return dict.fromkeys(several, Tally()) | found | together(linking, several)


def pages_of_targets(targets: Iterable[Target]) -> list[str]:
    """The pages of ours that drafts ask editors to link to, as canonical URLs, none twice."""
    urls = (url for target in targets for url in (target.link_url, *(page.url for page in target.pages)))
    return list(dict.fromkeys(canonical_url(url) for url in urls))
