"""Places and areas by their names: alike in the whole, at the beginning, or nearly."""

from collections.abc import Callable, Sequence

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import FloatField, QuerySet, Value
from django.utils.translation import gettext as _

from geo.areas import lookup
from geo.areas.area_cache import CurrentAreas, current_areas
from geo.areas.lookup import CROWN_DEPENDENCIES, AdminAreas, CodedPlace
from geo.areas.models import Area, AreaName
from geo.geocoding.models import Place, PlaceName
from geo.geocoding.normalise import normalise
from geo.geocoding.parsing import ParsedQuery
from geo.geocoding.results import Kind, Match

EXACT, BEGUN = 1.0, 0.9
NameSearch = Callable[[QuerySet, str], QuerySet]
# Below this likeness of trigrams, 0 to 1, a name is more often wrong than a slip of the finger.
ALIKE = 0.45
SHORTEST_PREFIX = 2
# Names are more than places: so many are read for each place that is shown.
SPARE = 4


def by_code(code: str) -> list[Match]:
    """The current area with this GSS or ODS code."""
    current = current_areas()
    areas = [area for (_kind, each), area in current.coded.items() if each == code]
    ordered = sorted(areas, key=lambda area: area.kind)
    return _areas([(area, EXACT) for area in ordered], current)


def find(parsed: ParsedQuery, limit: int) -> list[Match]:
    """Places and areas of the name, of one that begins so, or of one that is nearly so.

    What distinguishes duplicates may follow a comma: `Newport, Isle of Wight`.
    """
    if found := _matches(_same, parsed.name, limit):
        return found
    head, comma, tail = parsed.words.partition(",")
    if comma and (found := _told_apart(normalise(head), normalise(tail), limit)):
        return found
    return _search(parsed.name, limit)


def _told_apart(head: str, tail: str, limit: int) -> list[Match]:
    """Places called `head` that are in `tail`; if none are, all of them; else places of `tail`."""
    named = _matches(_same, head, limit * SPARE)
    inside = [match for match in named if _is_in(match, tail)]
    return (inside or named)[:limit] or _matches(_same, tail, limit)


def complete(parsed: ParsedQuery, limit: int) -> list[Match]:
    """Places and areas whose names begin with the words, or hold something like them."""
    if len(parsed.name) < SHORTEST_PREFIX:
        return []
    found = _matches(_begun, parsed.name, limit)
    return found or _nearly(parsed.name, limit)


def _search(name: str, limit: int) -> list[Match]:
    if len(name) <= SHORTEST_PREFIX:
        return []
    return _matches(_begun, name, limit) or _nearly(name, limit)


def _same(names: QuerySet, name: str) -> QuerySet:
    return names.filter(text=name).annotate(likeness=Value(EXACT, FloatField()))


def _begun(names: QuerySet, name: str) -> QuerySet:
    return names.filter(text__startswith=name).annotate(likeness=Value(BEGUN, FloatField()))


def _alike(names: QuerySet, name: str) -> QuerySet:
    # The operator `%` uses the trigram index; the likeness alone would read every name.
    near = names.filter(text__trigram_similar=name)
    return near.annotate(likeness=TrigramSimilarity("text", name)).filter(likeness__gte=ALIKE)


def _nearly(name: str, limit: int) -> list[Match]:
    return _matches(_alike, name, limit) if len(name) >= 4 else []


def _matches(how: NameSearch, name: str, limit: int) -> list[Match]:
    """Places, largest first, then areas; a fixed number of queries."""
    places = how(PlaceName.objects.all(), name).order_by("-likeness", "-own", "-place__population")
    areas = how(AreaName.objects.filter(area__ended__isnull=True), name)
    areas = areas.order_by("-likeness", "area__name", "area__kind")
    current = current_areas()
    found = _distinct(places.values_list("place", "likeness"), limit)
    rows = Place.objects.in_bulk([key for key, _likeness in found])
    held = _distinct(areas.values_list("area", "likeness"), limit)
    return [
        *_places([(rows[key], likeness) for key, likeness in found if key in rows], current),
        *_areas(
            [(current.areas[k], likeness) for k, likeness in held if k in current.areas], current
        ),
    ]


def _distinct(named: QuerySet, limit: int) -> list[tuple[int, float]]:
    """The keys of the owners of names with their likeness, each once, the best first."""
    once: dict[int, float] = {}
    for key, likeness in named[: limit * SPARE]:
        once.setdefault(key, likeness)
    return list(once.items())[:limit]


def _places(rows: Sequence[tuple[Place, float]], current: CurrentAreas) -> list[Match]:
    if not rows:
        return []
    coded = [CodedPlace(place.district_code, "", place.location) for place, _likeness in rows]
    return [
        Match(
            label=_label(place, found),
            kind=Kind.PLACE,
            location=place.location,
            approximate=True,
            note=_note(place, likeness),
            areas=found,
            rank=likeness,
        )
        for (place, likeness), found in zip(rows, lookup.of_codes(coded, current), strict=True)
    ]


def _country(place: Place) -> str:
    return str(CROWN_DEPENDENCIES.get(place.district_code, ""))


def _note(place: Place, likeness: float) -> str:
    return _("Not part of the United Kingdom.") if _country(place) else _guess(likeness)


def _guess(likeness: float) -> str:
    return "" if likeness >= BEGUN else _("The nearest name to the one you typed.")


def _label(place: Place, found: AdminAreas) -> str:
    """The name with its district, which distinguishes the 248 names that occur more than once."""
    around = found.district.local_name if found.district else _country(place)
    # `Bristol, City of` is a register's order of words: nobody writes Bristol, Bristol.
    short = around.partition(", ")[0]
    region = found.region.local_name if found.region else ""
    return place.name if place.name in (short, region) or not short else f"{place.name}, {short}"


def _areas(rows: Sequence[tuple[Area, float]], current: CurrentAreas) -> list[Match]:
    """One match for each code, the first: Scotland is a nation and a region."""
    matches: dict[str, Match] = {}
    for area, likeness in rows:
        if area.code not in matches:
            matches[area.code] = Match(
                label=f"{area.local_name} ({area.get_kind_display().lower()})",
                kind=Kind.AREA,
                location=area.label,
                approximate=True,
                note=_guess(likeness),
                code=area.code,
                bounds=current.bounds.get(area.pk),
                areas=lookup.of_area(area, current),
                rank=likeness,
            )
    return list(matches.values())


def _is_in(match: Match, tail: str) -> bool:
    areas = (match.district, match.region, match.nation)
    names = [normalise(name) for area in areas if area for name in (area.name, area.name_cy)]
    return bool(tail) and any(tail in name for name in [*names, normalise(match.label)] if name)
