"""The marks of rendering: in the meta of a request that is to be rendered, in the flags of its response."""

from typing import Final

from scrapy.http import Response

RENDER: Final = "mentions_render"  # key of request.meta
RENDERED: Final = "rendered"  # the body is what a browser made of the page
UNRENDERED: Final = "unrendered: "  # begins the reason why the body is only what stood there before the scripts ran


def why_unrendered(response: Response) -> str | None:
    """Why this page shows only what stood there before its scripts ran; None for every other page."""
    flag = next((flag for flag in response.flags if flag.startswith(UNRENDERED)), None)
    return f"needs rendering: {flag.removeprefix(UNRENDERED)}" if flag else None
