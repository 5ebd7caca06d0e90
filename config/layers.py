"""Everything published: what the tiles, the API and the map may read."""

from geo.layers import Layers
from geo.published import DISTRICTS, REGIONS
from hubs.published import HUBS
from pledges.published import ORGANISATIONS, PLEDGES

LAYERS = Layers.of(PLEDGES, ORGANISATIONS, HUBS, DISTRICTS, REGIONS)
