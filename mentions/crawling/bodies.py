"""Unpacking compressed bodies, within bounds: bombs and broken streams end here, with a reason."""

import sys
import zlib

import brotli
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from mentions.crawling.refusals import BodyTooLarge, BodyUndecodable

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# What the decoders raise on bytes that are not what they seem.
_BROKEN = (OSError, EOFError, zlib.error, brotli.error, zstd.ZstdError)


class Decompression(HttpCompressionMiddleware):
    """Scrapy's decompression with a plain reason for every body that is too large or broken.

    Each layer of a body packed several times is bounded by itself (DOWNLOAD_MAXSIZE), so a bomb inside a bomb gains
    nothing.
    """

    def process_response(  # type: ignore[override]  # Scrapy 2.19 passes no spider
        self, request: Request, response: Response
    ) -> Request | Response:
        """The response, unpacked. Raises BodyTooLarge or BodyUndecodable."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            limit = request.meta.get("download_maxsize", self._max_size)
            raise BodyTooLarge(f"the body unpacks to more than {limit:,} bytes") from error
        except _BROKEN as error:
            raise BodyUndecodable("the body is not what its Content-Encoding says") from error
