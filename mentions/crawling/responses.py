"""From Scrapy's response to the page the rest of the program knows."""

from datetime import datetime

from scrapy.http import Response

from mentions.crawling.rendering.flags import RENDERED, why_unrendered
from mentions.pages import Page


def page_from(response: Response, fetched_at: datetime) -> Page:
    """The response as a Page: unpacked bytes, headers as `Page` wants them. The body is not copied or decoded."""
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
    return Page(
        response.url,
        response.body,
        response.status,
        headers,
        fetched_at,
        rendered=RENDERED in response.flags,
        unrendered=why_unrendered(response),
    )
