"""The areas that the API publishes."""

from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.areas.serializers import AreaSerializer
from geo.ogcapi.layers import Layer, by_code

ODBL = (
    _("Open Database License 1.0"),
    "https://opendatacommons.org/licenses/odbl/1-0/",
)
BOUNDARIES = _(
    "Contains OS data © Crown copyright and database right, Royal Mail data © Royal Mail copyright "
    "and database right, and National Statistics data © Crown copyright and database right; "
    "coast © OpenStreetMap contributors."
)
OGL = (
    _("Open Government Licence v3.0"),
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)
REGIONS = Layer(
    name="regions",
    title=_("Regions"),
    description=_(
        "The seven NHS England regions, Scotland, Wales and Northern Ireland, with boundaries "
        "simplified for maps."
    ),
    rows=lambda: Area.objects.regions().select_related("parent", "edition"),
    serializer=AreaSerializer,
    find=by_code,
    order=("code",),
    attribution=BOUNDARIES,
    licence=ODBL,
)
DISTRICTS = Layer(
    name="districts",
    title=_("Districts"),
    description=_("Local authority districts of the United Kingdom, simplified for maps."),
    rows=lambda: Area.objects.districts().select_related("parent", "edition"),
    serializer=AreaSerializer,
    find=by_code,
    order=("code",),
    attribution=BOUNDARIES,
    licence=ODBL,
)
