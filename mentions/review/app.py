"""The desk as a web application: its layers from the outside in, and the pages inside."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute

from mentions.review import pages, statics
from mentions.review.desk import Desk
from mentions.review.layers.headers import Headers
from mentions.review.layers.hosts import Hosts
from mentions.review.layers.proxies import Proxies
from mentions.review.layers.same_site import SameSite
from mentions.review.layers.sizes import Sizes
from mentions.review.layers.visits import Visits
from mentions.review.refusals import HANDLERS


def create_app(desk: Desk) -> Starlette:
    """The application of an open desk. The caller closes the desk's store after the last request."""
    settings = desk.config.review
    app = Starlette(
        routes=[*statics.routes, *page_routes()],
        middleware=[
            Middleware(Headers),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
            Middleware(Hosts, names=settings.host_names),
            Middleware(Proxies, trusted=settings.trusted_proxies),
            Middleware(Sizes),
            Middleware(SameSite, base_url=settings.base_url),
            Middleware(Visits, desk=desk),
        ],
        exception_handlers=HANDLERS,
    )
    app.state.desk = desk
    return app


def page_routes() -> Iterator[BaseRoute]:
    """The routes of every module in mentions/review/pages/, by the modules' names."""
    for module in sorted(iter_modules(pages.__path__), key=lambda found: found.name):
        yield from import_module(f"{pages.__name__}.{module.name}").routes
