"""Compression of answers, but for the files that are read in parts."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """As Django's own; a range is one of the file's bytes, which compressing would move."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if "Accept-Ranges" in response:
            return response
        return super().process_response(request, response)
