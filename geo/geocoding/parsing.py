"""Parse a search: which postcodes, coordinates, grid references or names it may be."""

import itertools
import re
import unicodedata
from dataclasses import dataclass

from geo.geocoding import grid_references
from geo.geocoding.normalise import normalise

OUTCODE = r"[A-Z]{1,2}[0-9][0-9A-Z]?"
UNIT = re.compile(rf"{OUTCODE}[0-9][A-Z]{{2}}")
# Royal Mail puts none of C I K M O V after the last digit, so no repair may bring one there.
REPAIRED_UNIT = re.compile(rf"{OUTCODE}[0-9][ABD-HJLNP-UW-Z]{{2}}")
SECTOR = re.compile(rf"{OUTCODE}[0-9]")
WITHIN_WORDS = re.compile(rf"\b({OUTCODE})\s*([0-9][A-Z]{{2}})\b")
PART = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]{0,5}")
# Typed for one another; the position tells whether a letter or a digit is meant.
CONFUSED = {"O": "0", "0": "O", "I": "1", "1": "I"}
AREA_CODE = re.compile(r"[A-Z]\d{8}|Y\d{2}")
DEGREES = r"([+-]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*"
COORDINATES = re.compile(rf"\(?\s*{DEGREES}([NS]?)\s*([,;]|\s)\s*{DEGREES}([EW]?)\s*\)?")


@dataclass(frozen=True)
class ParsedQuery:
    """All that the words may be; empty where they cannot be such a thing.

    Codes are as the gazetteer writes them (SO140AA) and the likeliest come first. `guessed` says
    that no digit was typed, so that a postcode is meant only if it exists.
    """

    words: str
    name: str = ""
    postcodes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    outcodes: tuple[str, ...] = ()
    guessed: bool = False
    prefix: str = ""
    prefix_outcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    square: grid_references.GridSquare | None = None
    area_code: str = ""

    @property
    def kind(self) -> str:
        """The form of what was typed, for the log, which must not hold the words themselves."""
        if self.latitude is not None:
            return "coordinates"
        if self.postcodes or self.sectors or self.outcodes:
            return "postcode"
        return "grid-reference" if self.square else "code" if self.area_code else "name"


def parse(words: str) -> ParsedQuery:
    """Parse words of any form; never fails, since every text may be a name."""
    text = unicodedata.normalize("NFKC", words).replace("−", "-").strip()
    upper = text.upper()
    if found := _coordinates(upper):
        return ParsedQuery(words=text, latitude=found[0], longitude=found[1])
    pieces = re.findall(r"[A-Z0-9]+", upper)
    compact = "".join(pieces)
    is_code = AREA_CODE.fullmatch(compact) is not None
    return ParsedQuery(
        words=text,
        name=normalise(text),
        **_postcode(pieces, compact, upper),
        area_code=compact if is_code else "",
        square=None if is_code else grid_references.parse(text),
    )


def _coordinates(text: str) -> tuple[float, float] | None:
    found = COORDINATES.fullmatch(text)
    if not found:
        return None
    latitude, south, comma, longitude, west = found.groups()
    # Two whole numbers with a space between are more likely a house and a street, or a date.
    if not comma.strip() and "." not in latitude + longitude:
        return None
    signs = (-1 if south == "S" else 1, -1 if west == "W" else 1)
    return float(latitude) * signs[0], float(longitude) * signs[1]


def _postcode(pieces: list[str], compact: str, upper: str) -> dict:
    """The fields of a ParsedQuery that concern postcodes."""
    if not 2 <= len(compact) <= 7:
        inside = [found[1] + found[2] for found in WITHIN_WORDS.finditer(upper)]
        return {"postcodes": tuple(inside[-1:])}
    if len(pieces) == 2 and (parts := _begun(*pieces)):
        return parts
    postcodes = tuple(code for code in _variants(compact) if REPAIRED_UNIT.fullmatch(code))
    if not any(c.isdigit() for c in compact):
        return {"postcodes": postcodes, "guessed": True}
    if not postcodes and UNIT.fullmatch(compact):
        postcodes = (compact,)
    return {"postcodes": postcodes, "prefix": postcodes[0]} if postcodes else _parts(compact)


def _begun(first: str, rest: str) -> dict:
    """An outcode and, after a space, the beginning of the rest: `SO1 4` is not `SO14`."""
    outcodes = [code for code in _variants(first) if re.fullmatch(OUTCODE, code)]
    digits = [digit for digit in _variants(rest[0]) if digit.isdigit()]
    if not (outcodes and digits and len(rest) <= 2 and any(c.isdigit() for c in first)):
        return {}
    return {
        "sectors": tuple(outcode + digits[0] for outcode in outcodes),
        "prefix": outcodes[0] + digits[0] + rest[1:],
        "prefix_outcode": outcodes[0],
    }


def _parts(compact: str) -> dict:
    variants = list(_variants(compact))
    parts = [code for code in variants if PART.fullmatch(code)]
    return {
        "outcodes": tuple(code for code in variants if re.fullmatch(OUTCODE, code)),
        "sectors": tuple(code for code in variants if SECTOR.fullmatch(code)),
        "prefix": parts[0] if parts else "",
    }


def _variants(text: str) -> list[str]:
    """The text, and every repair of O/0 and I/1 in it, those with the fewest changes first."""
    choices = [(c, CONFUSED[c]) if c in CONFUSED else (c,) for c in text]
    made = ("".join(chosen) for chosen in itertools.product(*choices))
    return sorted(made, key=lambda other: sum(a != b for a, b in zip(text, other, strict=True)))
