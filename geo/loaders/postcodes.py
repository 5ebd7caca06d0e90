"""Load the gazetteer's postcodes, then its outcodes and sectors."""

from collections.abc import Iterator, Sequence

import numpy as np
from django.conf import settings
from django.db import transaction

from geo.geocoding.models import Postcode
from geo.loaders import binary_copy, postcode_files
from geo.loaders import outcodes as groups
from geo.loaders.datasets import DataMissing, DataRefused, Report, loaded_version, remember

NAME = "postcodes"
COLUMNS = ["code", "location", "district_code", "live"]
NOTICE = (
    "Postcodes of Northern Ireland: free for internal and non-commercial use; commercial use needs"
    " a licence from Land & Property Services. Leave them out with NORTHERN_IRELAND_POSTCODES=0."
)


def load(report: Report, *, letters: Sequence[str] | None = None, force: bool = False) -> bool:
    """Replace all postcodes, outcodes and sectors; answer False if they are already this version.

    `letters` loads only postcodes that begin with these. Raises DataMissing without the data
    packages, DataRefused when the files hold no postcode; then the old rows stay.
    """
    chosen = _chosen(letters)
    version = _version(chosen if letters else None)
    if not force and loaded_version(NAME) == version and Postcode.objects.exists():
        report(f"Postcodes: already loaded ({version}).")
        return False
    if settings.NORTHERN_IRELAND_POSTCODES:
        report(NOTICE)
    with transaction.atomic():
        with binary_copy.replacement(Postcode) as table:
            total = _copy(table, chosen, report)
            report(f"Postcodes: {total:,} copied; building indexes.")
        outcodes, sectors = groups.rebuild()
        report(f"Postcodes: {outcodes:,} outcodes and {sectors:,} sectors.")
        remember(NAME, version, total)
    return True


def _chosen(letters: Sequence[str] | None) -> list[str]:
    known = postcode_files.letters()
    chosen = sorted({letter.upper() for letter in letters}) if letters else known
    if unknown := set(chosen) - set(known):
        raise DataMissing(f"No file of postcodes begins with {', '.join(sorted(unknown))}.")
    return chosen


def _version(letters: list[str] | None) -> str:
    irish = "with" if settings.NORTHERN_IRELAND_POSTCODES else "without"
    only = f", only {''.join(letters)}" if letters else ""
    return f"{postcode_files.version()}, {irish} Northern Ireland{only}"


def _copy(table: str, letters: list[str], report: Report) -> int:
    total = 0

    def chunks() -> Iterator[bytes]:
        nonlocal total
        yield binary_copy.HEADER
        for letter in letters:
            postcodes = postcode_files.read(
                letter, northern_ireland=settings.NORTHERN_IRELAND_POSTCODES
            )
            if len(postcodes):
                yield from binary_copy.rows(
                    postcodes.code,
                    binary_copy.points(postcodes.longitude, postcodes.latitude),
                    postcodes.district,
                    postcodes.live.astype(np.bool_),
                )
                total += len(postcodes)
                report(f"Postcodes: {letter} {len(postcodes):>9,}   together {total:>9,}")
        yield binary_copy.TRAILER

    binary_copy.copy(table, COLUMNS, binary_copy.Chunks(chunks()))
    if not total:
        raise DataRefused("The files hold no postcode with coordinates.")
    return total
