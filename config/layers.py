"""Everything published: what the tiles, the API and the map may read."""

from geo.layers import Layers
from geo.published import DISTRICTS, REGIONS
from hubs.events.published import EVENTS
from hubs.published import HUBS
from pledges.published import ORGANISATIONS, PLEDGES

LAYERS = Layers.of(PLEDGES, ORGANISATIONS, HUBS, EVENTS, DISTRICTS, REGIONS)
