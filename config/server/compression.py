"""Compression of answers, but for the files that are read in parts."""

import re

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# Named by the client, and not to say that it will not have it.
BROTLI = re.compile(r"(?:^|[\s,])br\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)")
LEAST = 200  # bytes, below which nothing is gained
QUALITY = 4  # as quick as gzip, and a sixth smaller


class CompressionMiddleware(GZipMiddleware):
    """As Django's own, and by Brotli where the answer is there as a whole and open to everybody.

    A page may hold something secret beside something that its reader sent, which Django guards
    against when it compresses by gzip; what is open to all has no secret. A range is one of the
    file's own bytes, which compressing would move.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if "Accept-Ranges" in response:
            return response
        if not (
            isinstance(response, HttpResponse)
            and request.path.startswith("/api")
            and response.get("Access-Control-Allow-Origin") == "*"
            and "Content-Encoding" not in response
            and len(response.content) >= LEAST
            and BROTLI.search(request.headers.get("Accept-Encoding", ""))
        ):
            return super().process_response(request, response)
        response.content = brotli.compress(response.content, quality=QUALITY)
        response["Content-Length"] = str(len(response.content))
        response["Content-Encoding"] = "br"
        patch_vary_headers(response, ("Accept-Encoding",))
        tag = response.get("ETag", "")
        if tag.startswith('"'):
            # The bytes are others than those that the strong tag is of (RFC 9110, 8.8.1).
            response["ETag"] = f"W/{tag}"
        return response
