"""Organisations, as the search for places knows them."""

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from geo.areas import lookup
from geo.areas.lookup import AdminAreas, CodedPlace
from geo.geocoding.finder import Finder
from geo.geocoding.normalise import normalise
from geo.geocoding.parsing import ParsedQuery
from geo.geocoding.results import Kind, Match
from pledges.organisations import search
from pledges.organisations.models import Organisation

# By `Organisation.objects.called`: the whole name, its beginning, that of a former or site name,
# the words together, the words in any order. Names of places begun so rank 0.9.
RANKS = (1.0, 0.9, 0.85, 0.7, 0.6)
# Many places are spelled somewhat like some organisation.
LIKE_ENOUGH = 0.65


class Organisations(Finder):
    """Organisations by code, name, part of a name, former or site name."""

    def find(self, parsed: ParsedQuery, limit: int) -> list[Match]:
        """Organisations on the map. One that ended says so, and who took over its work."""
        found = search.organisations(parsed.words, limit, like_enough=LIKE_ENOUGH)
        return _matches(found, parsed.words)

    def complete(self, parsed: ParsedQuery, limit: int) -> list[Match]:
        return _matches(search.organisations(parsed.words, limit, like_enough=1), parsed.words)


def _matches(found: list[Organisation], words: str) -> list[Match]:
    placed = [organisation for organisation in found if organisation.location]
    coded = [
        CodedPlace(o.district.code if o.district else "", o.postcode.replace(" ", ""), o.location)
        for o in placed
    ]
    areas = lookup.of_codes(coded) if coded else []
    return [_match(o, words, area) for o, area in zip(placed, areas, strict=True)]


def _match(organisation: Organisation, words: str, areas: AdminAreas) -> Match:
    also = organisation.other_name_with(words)
    at_site = also in organisation.site_names
    name = f"{also} ({organisation.name})" if also else organisation.name
    where = areas.district.local_name if areas.district else ""
    known = normalise(where.partition(",")[0]) in normalise(name)
    notes = [_("Shown at the organisation’s main address.")] if at_site else []
    if organisation.closed:
        notes.append(_ended(organisation))
    return Match(
        label=name if known else f"{name}, {where}",
        kind=Kind.ORGANISATION,
        location=organisation.location,
        approximate=at_site,
        note=" ".join(notes),
        code=organisation.public_code,
        outcode=organisation.postcode.partition(" ")[0],
        areas=areas,
        rank=_rank(organisation),
    )


def _rank(organisation: Organisation) -> float:
    if hasattr(organisation, "rank"):
        return RANKS[organisation.rank]
    return RANKS[-1] * organisation.likeness


def _ended(organisation: Organisation) -> str:
    day = date_format(organisation.closed, "j F Y")
    later = [successor.name for successor in organisation.successors.all()]
    if not later:
        return _("It ended on %(day)s.") % {"day": day}
    names = get_text_list(later, _("and"))
    return _("It ended on %(day)s; its work went to %(names)s.") % {"day": day, "names": names}
