#!/usr/bin/env python3
"""Print the papers of fixtures/resources: a PDF from each HTML file there, by WeasyPrint.

They are tagged for screen readers (PDF/UA-1), and the same sources give the same bytes.
"""

import mimetypes
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import URLFetcherResponse

ROOT = Path(__file__).resolve().parent.parent
PAPERS = ROOT / "fixtures" / "resources"
FONTS = ROOT / ".local" / "vendor" / "inter"
# No host is ever asked: an address stands for a file of this name, here or among the fonts.
FILES = "https://files.invalid/"


def fetch(url: str) -> URLFetcherResponse:
    """Return one of our own files. Raises ValueError for any other address."""
    name = Path(unquote(urlsplit(url).path)).name if url.startswith(FILES) else ""
    found = [folder / name for folder in (PAPERS, FONTS) if name and (folder / name).is_file()]
    if not found:
        raise ValueError(f"Papers are made of our own files alone, not of {url}")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return URLFetcherResponse(url, found[0].read_bytes(), {"Content-Type": kind})


def printed(source: Path) -> bytes:
    document = HTML(string=source.read_text(encoding="utf-8"), base_url=FILES, url_fetcher=fetch)
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=source.stem.encode())


def main(folder: Path = PAPERS) -> None:
    for source in sorted(PAPERS.glob("*.html")):
        target = folder / f"{source.stem}.pdf"
        target.write_bytes(printed(source))
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
