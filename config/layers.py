"""Everything published: what the tiles, the API and the map may read."""

from geo.areas.published import DISTRICTS, REGIONS
from geo.ogcapi.layers import Layers
from hubs.conversation.published import POSTS
from hubs.events.published import EVENTS
from hubs.hub.published import HUBS
from pledges.employers.published import ACTIONS, ADOPTIONS, FINDINGS
from pledges.published import ORGANISATIONS, PLEDGES

LAYERS = Layers.of(
    *(PLEDGES, POSTS, ORGANISATIONS, HUBS, EVENTS),
    *(ADOPTIONS, ACTIONS, FINDINGS),
    *(DISTRICTS, REGIONS),
)
