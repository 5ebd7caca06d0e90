"""Postcodes, sectors and outcodes in the gazetteer."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from geo.areas import lookup
from geo.areas.lookup import CROWN_DEPENDENCIES, CodedPlace
from geo.geocoding.models import Outcode, Postcode, Sector
from geo.geocoding.parsing import ParsedQuery
from geo.geocoding.results import Kind, Match

Row = TypeVar("Row", Postcode, Outcode, Sector)
UNIT_LENGTH = 3  # characters after the space
SHORTEST_PREFIX = 3


def find(parsed: ParsedQuery) -> list[Match]:
    """The postcode, or the smallest part of it that is known; empty for none."""
    if parsed.postcodes:
        found = _first(Postcode.objects.filter(pk__in=parsed.postcodes), parsed.postcodes)
        if found:
            return _described([found], _postcode)
        # Without a single digit the words are a name until a postcode proves otherwise.
        return [] if parsed.guessed else _unknown(parsed)
    outcode = _first(Outcode.objects.filter(pk__in=parsed.outcodes), parsed.outcodes)
    if outcode:
        return _described([outcode], _group)
    if not parsed.sectors:
        return []
    sector = _first(Sector.objects.filter(pk__in=parsed.sectors), parsed.sectors)
    if sector:
        return _described([sector], _group)
    return _outcode_of([code[:-1] for code in parsed.sectors], _spaced(parsed.sectors[0], 1))


def complete(parsed: ParsedQuery, limit: int) -> list[Match]:
    """Outcodes, then live postcodes, that begin with what was typed; by the key's own order."""
    if not parsed.prefix:
        return []
    outcodes: list[Outcode] = []
    if not parsed.prefix_outcode:
        beginning = Outcode.objects.filter(code__startswith=parsed.prefix).order_by("code")
        outcodes = list(beginning[:limit])
    postcodes: list[Postcode] = []
    # Below a whole outcode there are too many to be of use: `S1` begins 60,000 of them.
    if (rest := limit - len(outcodes)) and len(parsed.prefix) >= SHORTEST_PREFIX:
        postcodes = list(_beginning(parsed)[:rest])
    return _described(outcodes, _group) + _described(postcodes, _postcode)


def _beginning(parsed: ParsedQuery) -> QuerySet[Postcode]:
    begun = Postcode.objects.filter(code__startswith=parsed.prefix, live=True).order_by("code")
    if not parsed.prefix_outcode:
        return begun
    # `SO1 4` begins SO1 4AA and not SO14 0AA, which has one character more; but where there is no
    # such postcode, the space was a slip.
    whole = len(parsed.prefix_outcode) + UNIT_LENGTH
    exactly = begun.annotate(length=Length("code")).filter(length=whole)
    return exactly if exactly.exists() else begun


def _first(rows: Iterable[Row], codes: Sequence[str]) -> Row | None:
    """The row whose code comes first in the order of likelihood."""
    found = {row.pk: row for row in rows}
    return next((found[code] for code in codes if code in found), None)


def _unknown(parsed: ParsedQuery) -> list[Match]:
    """The outcode of a postcode that is not in the tables: newer than the data, or mistyped."""
    return _outcode_of(
        [code[:-3] for code in parsed.postcodes],
        _spaced(parsed.postcodes[0], 3),
        sectors=[code[:-2] for code in parsed.postcodes],
    )


def _outcode_of(codes: list[str], typed: str, sectors: Sequence[str] = ()) -> list[Match]:
    """The first outcode that there is, placed by the sector where that is known as well."""
    outcode = _first(Outcode.objects.filter(pk__in=codes), codes)
    if outcode is None:
        return []
    near = _first(Sector.objects.filter(pk__in=sectors), sectors) if sectors else None
    if near and near.code[:-1] == outcode.code:
        outcode.location, outcode.district_code = near.location, near.district_code
    if outcode.town:
        return _described([outcode], _group)
    note = _("%(typed)s is not in our list of postcodes. This is %(outcode)s.")
    filled = note % {"typed": typed, "outcode": outcode.code}
    return _described([outcode], lambda row: {**_group(row), "note": filled})


def _described(rows: Sequence[Row], describe: Callable[[Row], dict]) -> list[Match]:
    """Matches for rows of one table, their areas looked up together."""
    if not rows:
        return []
    areas = lookup.of_codes([CodedPlace(row.district_code, row.code, row.location) for row in rows])
    return [
        Match(location=row.location, areas=found, code=row.code, **describe(row))
        for row, found in zip(rows, areas, strict=True)
    ]


def _postcode(row: Postcode) -> dict:
    note = "" if row.live else _("This postcode is no longer in use.")
    return {"label": str(row), "kind": Kind.POSTCODE, "outcode": row.code[:-3], "note": note}


def _group(row: Outcode | Sector) -> dict:
    outcode = isinstance(row, Outcode)
    town = row.town if isinstance(row, Outcode) else ""
    country = CROWN_DEPENDENCIES.get(row.district_code, "")
    return {
        "label": f"{row} ({town}, {country})" if town else str(row),
        "kind": Kind.OUTCODE if outcode else Kind.SECTOR,
        "outcode": row.code if outcode else row.code[:-1],
        "approximate": True,
        "bounds": tuple(row.bounds) or None,
        "note": _("Not part of the United Kingdom.") if town else "",
    }


def _spaced(code: str, rest: int) -> str:
    return f"{code[:-rest]} {code[-rest:]}"
