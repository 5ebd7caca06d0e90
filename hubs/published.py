"""The collection of hubs that reaches the public map and API."""

from django.utils.translation import gettext_lazy as _

from geo.layers import Layer, by_code, known_codes
from hubs.models import Hub
from hubs.serializers import HubSerializer

HUBS = Layer(
    name="hubs",
    title=_("Hubs"),
    description=_("Who helps locally: a hub for each region."),
    rows=Hub.objects.all,
    serializer=HubSerializer,
    find=by_code,
    order=("code",),
    followed=True,
    known=known_codes,
    licence=(_("Data sources and licences"), "/data/"),
    attribution=_("Places from GeoNames (CC BY 4.0)."),
)
