"""Everything published: what the tiles, the API and the map may read."""

from django.utils.translation import gettext_lazy as _

from geo.layers import Layer, Layers
from pledges.clusters import clusters
from pledges.filters import PledgeFilters
from pledges.models import Pledge
from pledges.totals import count, version

LAYERS = Layers.of(
    Layer(
        name="pledges",
        title=_("Pledges"),
        description=_("Promises for better health and care."),
        rows=Pledge.objects.public,
        serializer=None,
        filters=PledgeFilters,
        count=count,
        cluster=clusters,
        version=version,
    ),
)
