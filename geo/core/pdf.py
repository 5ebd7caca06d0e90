"""Printing to PDF by WeasyPrint, from our own files alone."""

import importlib
import io
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from geo.core.errors import GeoError

# The base address of our own files while a sheet is laid out; no host is ever contacted.
FILES = "https://files.invalid/"


class PdfUnavailable(GeoError):
    """The libraries that write PDF are not there."""

    code = "no-printer"


def render(
    template: str,
    context: dict[str, object],
    drawn: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Return a template as PDF/UA-1, tagged. Raises PdfUnavailable.

    All that it can reach are static files, and files that were `drawn` for it, by name.
    """
    weasyprint = load_weasyprint()
    sheet = render_to_string(template, context)

    def fetch(url: str) -> object:
        name = urlsplit(url).path.lstrip("/") if url.startswith(FILES) else ""
        if name in drawn:
            content = drawn[name]
        elif name and (path := finders.find(name)):
            content = Path(path).read_bytes()
        else:
            raise ValueError("What is printed is made of our own files alone.")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": kind})

    document = weasyprint.HTML(string=sheet, base_url=FILES, url_fetcher=fetch)
    written = io.BytesIO()
    document.write_pdf(written, pdf_variant="pdf/ua-1")
    return written.getvalue()


def load_weasyprint() -> ModuleType:
    """Return WeasyPrint, which loads Pango; raises PdfUnavailable where that is not installed.

    Loaded when something is first printed: without it the site serves all else.
    """
    try:
        return importlib.import_module("weasyprint")
    except OSError as error:
        raise PdfUnavailable(
            _("Nothing can be printed just now. Please try again later.")
        ) from error
