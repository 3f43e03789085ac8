"""Our own pages as the store knows them, for whoever shows them."""

from collections.abc import Iterable

from mentions.config import Config
from mentions.inbound.links import from_others
from mentions.own_pages.overview import OwnPage, own_pages
from mentions.own_pages.site import OwnSite
from mentions.store import Store
from mentions.targets import Target
from mentions.urls import canonical_url


def read_own_pages(store: Store, config: Config) -> tuple[list[OwnPage], OwnSite | None]:
    """Every page of ours that matters, those that are gone first, and the last crawl of our site. Raises StoreError."""
    site = store.own_site()
    pages = own_pages(
        store.own_pages(),
        from_others(store.inbound_links(), config.targets),
        site,
        store.reclaimed_by_page(),
        pages_of_targets(config.targets),
    )
    return pages, site


def pages_of_targets(targets: Iterable[Target]) -> list[str]:
    """The pages of ours that drafts ask editors to link to, as canonical URLs, none twice."""
    urls = (url for target in targets for url in (target.link_url, *(page.url for page in target.pages)))
    return list(dict.fromkeys(canonical_url(url) for url in urls))
