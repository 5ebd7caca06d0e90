"""Everything published: what the tiles, the API and the map may read."""

from geo.layers import Layers
from geo.published import DISTRICTS, REGIONS
from hubs.conversation.published import POSTS
from hubs.events.published import EVENTS
from hubs.published import HUBS
from pledges.employers.published import ACTIONS, ADOPTIONS, FINDINGS
from pledges.published import ORGANISATIONS, PLEDGES

LAYERS = Layers.of(
    *(PLEDGES, POSTS, ORGANISATIONS, HUBS, EVENTS),
    *(ADOPTIONS, ACTIONS, FINDINGS),
    *(DISTRICTS, REGIONS),
)
