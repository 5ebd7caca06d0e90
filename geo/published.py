"""The areas that the API publishes."""

from django.utils.translation import gettext_lazy as _

from geo.layers import Layer, by_code
from geo.models import Area
from geo.serializers import AreaSerializer

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
    licence=OGL,
)
DISTRICTS = Layer(
    name="districts",
    title=_("Districts"),
    description=_("Local authority districts of the United Kingdom, simplified for maps."),
    rows=lambda: Area.objects.districts().select_related("parent", "edition"),
    serializer=AreaSerializer,
    find=by_code,
    order=("code",),
    licence=OGL,
)
