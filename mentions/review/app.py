"""The desk as a web application: its layers from the outside in, and the pages inside."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

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
        lifespan=_lifespan,
    )
    app.state.desk = desk
    return app


def page_modules() -> list[ModuleType]:
    """Every module in mentions/review/pages/, by name."""
    return [
        import_module(f"{pages.__name__}.{name}")
        for name in sorted(found.name for found in iter_modules(pages.__path__))
    ]


def page_routes() -> Iterator[BaseRoute]:
    """The routes of every page."""
    for module in page_modules():
        yield from module.routes


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """While the desk serves, what its pages do beside answering: `running(desk)`, a context manager of their module."""
    with ExitStack() as stack:
        for module in page_modules():
            if hasattr(module, "running"):
                stack.enter_context(module.running(app.state.desk))
        yield
