"""Read the CSV files of the NHS Organisation Data Service: 27 columns and no header."""

import csv
import datetime
import io
import re
from dataclasses import dataclass
from pathlib import Path

from geo.loaders import json_files
from geo.loaders.datasets import DataRefused

COLUMNS = 27
CODE, NAME, GROUPING, POSTCODE, OPENED, CLOSED = 0, 1, 2, 9, 10, 11
FAULTS_TOLD = 20

SMALL = {"and", "at", "by", "for", "in", "of", "on", "the", "to", "upon", "with"}
CAPITALS = {"CIC", "GP", "HSC", "ICB", "ICS", "NHS", "PCT", "UK", "II", "III", "IV"}
ENDINGS = {"LTD": "Ltd", "LLP": "LLP", "PLC": "plc", "CO": "Co"}
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH)")


@dataclass(frozen=True)
class Entry:
    """One organisation of a file. `grouping` is a region's code where the file gives one.

    `shouted` says that the file wrote the name in capitals, so that its case is our guess.
    """

    line: int
    code: str
    name: str
    shouted: bool
    grouping: str
    postcode: str
    opened: datetime.date | None
    closed: datetime.date | None


def read(path: Path) -> list[Entry]:
    """Read a file; raises DataRefused with every faulty line named, up to twenty."""
    entries, faults, seen = [], [], {}
    # `strict` lets no unfinished quotation swallow the lines that follow it.
    lines = csv.reader(io.StringIO(json_files.text(path), newline=""), strict=True)
    try:
        for cells in lines:
            if not cells:
                continue
            try:
                entry = _entry(lines.line_num, [cell.strip() for cell in cells])
                key = entry.code or entry.name
                if key in seen:
                    raise ValueError(f"{key} stands on line {seen[key]} too")
            except ValueError as error:
                faults.append(f"line {lines.line_num}: {error}")
                continue
            seen[key] = entry.line
            entries.append(entry)
    except csv.Error as error:
        faults.append(f"line {lines.line_num}: {error}")
    if faults:
        raise refusal(path, faults)
    if not entries:
        raise DataRefused(f"{path.name} names no organisation.")
    return entries


def refusal(path: Path, faults: list[str]) -> DataRefused:
    """An error that lists the faults found in a file, one a line."""
    told = faults[:FAULTS_TOLD]
    if more := len(faults) - len(told):
        told.append(f"and {more} more")
    return DataRefused("\n  ".join([f"{path.name}: {len(faults)} faults, nothing loaded.", *told]))


def _entry(line: int, cells: list[str]) -> Entry:
    if len(cells) != COLUMNS:
        raise ValueError(f"{len(cells)} columns, {COLUMNS} are wanted")
    if any(ord(character) < 32 for cell in cells for character in cell):
        raise ValueError("holds characters that are not text")
    code, name, shouted = cells[CODE].upper(), title(cells[NAME]), cells[NAME].isupper()
    if not name or len(name) > 200:
        raise ValueError("the name is empty" if not name else "the name is over 200 characters")
    if code and not (code.isascii() and code.isalnum() and len(code) <= 12):
        raise ValueError(f"{code[:40]!r} is no organisation code")
    opened, closed = _day(cells[OPENED]), _day(cells[CLOSED])
    if opened and closed and closed < opened:
        raise ValueError("closed before it opened")
    postcode = "".join(cells[POSTCODE].upper().split())
    if len(postcode) > 7 or not (postcode.isascii() and (postcode.isalnum() or not postcode)):
        raise ValueError(f"{cells[POSTCODE][:40]!r} is no postcode")
    return Entry(line, code, name, shouted, cells[GROUPING].upper(), postcode, opened, closed)


def _day(text: str) -> datetime.date | None:
    if not text:
        return None
    if not (len(text) == 8 and text.isascii() and text.isdigit()):
        raise ValueError(f"{text[:40]!r} is no day written YYYYMMDD")
    try:
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise ValueError(f"{text!r} is a day that never was") from None


def title(name: str) -> str:
    """The name as people write it; the register's own files shout.

    `GUY'S AND ST THOMAS' NHS FOUNDATION TRUST` becomes `Guy's and St Thomas' NHS Foundation
    Trust`. A name that has small letters already is left alone.
    """
    name = " ".join(name.split())
    if not name.isupper():
        return name

    def word(match: re.Match[str]) -> str:
        found = match.group()
        opening = match.start() == 0 or name[match.start() - 1] == "("
        if ORDINAL.fullmatch(found):
            return found.lower()
        if found in CAPITALS or any(character.isdigit() for character in found):
            return found
        if found in ENDINGS:
            return ENDINGS[found]
        if found.lower() in SMALL and not opening:
            return found.lower()
        return _capital(found)

    return WORD.sub(word, name)


def _capital(word: str) -> str:
    """`O'NEILL` becomes `O'Neill`, `MCMILLAN` `McMillan`, `GUY'S` `Guy's`."""
    if len(word) > 3 and word[:2] in ("O'", "O’", "D'", "D’"):
        return word[:2] + word[2:].capitalize()
    if len(word) > 4 and word.startswith("MC"):
        return "Mc" + word[2:].capitalize()
    return word.capitalize()
