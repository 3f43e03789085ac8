"""Scrapy's downloader middlewares, called without the detours that Scrapy makes for old ones."""

from collections.abc import Callable, Coroutine
from inspect import isawaitable
from typing import Any

from scrapy import Request
from scrapy.core.downloader.middleware import DownloaderMiddlewareManager
from scrapy.http import Response


class PlainCalls(DownloaderMiddlewareManager):
    """Calls each middleware, and awaits its answer only where there is something to await.

    Scrapy makes a coroutine of every answer, and the middleware's name for a warning that nobody sees: with the
    fifteen calls of a page that is a tenth of a millisecond. Middlewares that still take a `spider` or return
    Deferreds are not for this class; there are none (mentions/settings.py). Overrides private methods of Scrapy 2.19.
    """

    async def _process_request(
        self, request: Request, download_func: Callable[[Request], Coroutine[Any, Any, Response]]
    ) -> Response | Request:
        for method in self.methods["process_request"]:
            assert method is not None
            answer = method(request=request)
            if answer is not None and isawaitable(answer):
                answer = await answer
            if answer is not None:
                return _checked(answer, method)
        return await download_func(request)

    async def _process_response(self, response: Response | Request, request: Request) -> Response | Request:
        if isinstance(response, Request):
            return response
        for method in self.methods["process_response"]:
            assert method is not None
            answer = method(request=request, response=response)
            if isawaitable(answer):
                answer = await answer
            response = _checked(answer, method)
            if isinstance(response, Request):
                return response
        return response


def _checked(answer: Any, method: Callable[..., Any]) -> Response | Request:
    if not isinstance(answer, Response | Request):
        raise TypeError(f"{method.__qualname__} returned {type(answer).__name__}, neither a response nor a request")
    return answer
