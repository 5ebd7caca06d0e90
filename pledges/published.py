"""The collections of pledges and organisations that reach the public map and API."""

import datetime
from collections.abc import Collection
from functools import partial

from django.db.models import Max, Min, Q
from django.utils.translation import gettext_lazy as _

from geo.areas.published import OGL
from geo.core.keyset import Page
from geo.counts import fold
from geo.counts.spec import NewsSource
from geo.ogcapi.layers import Layer
from pledges.counts.totals import count, version
from pledges.feed.sorting import NEWEST
from pledges.filters import I_AM, STATUS, WHO, PledgeFilters
from pledges.map import pyramid
from pledges.map.tiles import clusters
from pledges.organisations.models import Organisation, OrganisationQuerySet
from pledges.organisations.tiles import organisation_clusters, organisations_version
from pledges.pledging.models import SPEC, Pledge, PledgeQuerySet, Theme
from pledges.serializers import OrganisationSerializer, PledgeSerializer
from pledges.wall import listing

ORGANISATIONS_NEWS = NewsSource(layer=20, collection="organisations")


def newest(filters: PledgeFilters, limit: int, word: str) -> Page[int]:
    """Return a page of public pledges, newest first, from the cursor on."""
    return listing.PLEDGES.key_page(NEWEST, filters, limit, word=word)


def public_pledges() -> PledgeQuerySet:
    return Pledge.objects.public().with_everything()


def known_organisations(rows: OrganisationQuerySet, codes: Collection[str]) -> set[str]:
    """Return those of these ids that organisations have: their code or, without one, their slug."""
    named = Q(code__in=codes) | Q(code=None, slug__in=codes)
    found = rows.filter(named).order_by().values_list("code", "slug")
    return {code or slug for code, slug in found}


def interval() -> tuple[datetime.datetime, datetime.datetime] | None:
    """Return when the first and the last public pledge were made, from the ends of an index."""
    span = Pledge.objects.public().aggregate(first=Min("created_at"), last=Max("created_at"))
    return (span["first"], span["last"]) if span["first"] else None


def parameters() -> dict[str, dict]:
    """Return a JSON Schema for each filter of pledges."""
    several = {"type": "array"}
    day = {"type": "string", "format": "date"}
    themes = list(Theme.objects.values_list("slug", flat=True))
    return {
        "theme": {
            **several,
            "items": {"type": "string", "enum": themes},
            "description": _("Themes, with commas between them."),
        },
        "who": {
            **several,
            "items": {"type": "string", "enum": list(WHO)},
            "description": _("Who pledges, with commas between several."),
        },
        "i_am": {
            **several,
            "items": {"type": "string", "enum": list(I_AM)},
            "description": _("What the person is to the NHS, with commas between several."),
        },
        "organisation": {
            "type": "string",
            "description": _("Code or slug of an organisation."),
        },
        "area": {
            "type": "string",
            "description": _("Code of a nation, region or district."),
        },
        "status": {"type": "string", "enum": list(STATUS), "description": _("Open or done.")},
        "since": {**day, "description": _("First day, in Europe/London.")},
        "until": {**day, "description": _("Last day, in Europe/London.")},
        "q": {"type": "string", "description": _("Words in the text or the name.")},
    }


PLEDGES = Layer(
    name="pledges",
    title=_("Pledges"),
    description=_(
        "Promises for better health and care, newest first. The geometry is the place that a "
        "person chose to show: the organisation's, or a point somewhere in the first half of a "
        "postcode. Those not on the map have none. The time of a pledge is its day in London."
    ),
    rows=public_pledges,
    serializer=PledgeSerializer,
    filters=PledgeFilters,
    count=count,
    cluster=clusters,
    version=version,
    changed_spots=partial(fold.moved_spots, SPEC),
    page=newest,
    day_filters=("since", "until"),
    interval=interval,
    demo=pyramid.demo,
    parameters=parameters,
    equality_filters=("theme", "who", "i_am", "organisation", "status"),
    followed=True,
    licence=(_("Data sources and licences"), "/data/"),
    attribution=_("The people and organisations who pledge."),
)
ORGANISATIONS = Layer(
    name="organisations",
    title=_("Organisations"),
    description=_("Bodies that provide, commission or support health and care, and their pledges."),
    rows=lambda: Organisation.objects.with_pledges().with_areas(),
    serializer=OrganisationSerializer,
    cluster=organisation_clusters,
    version=organisations_version,
    find=lambda rows, code: rows.by_code(code).first(),
    order=("name", "pk"),
    followed=True,
    existing=known_organisations,
    demo=lambda: Organisation.objects.filter(demo=True).exists(),
    attribution=_(
        "Contains public sector information of NHS England’s Organisation Data Service, and OS "
        "and Royal Mail data © Crown copyright and database right."
    ),
    licence=OGL,
)
