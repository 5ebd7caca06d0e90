"""What of hubs and events is told live and to mirrors; their triggers queue it."""

from geo.totals.spec import Feed

HUBS = Feed(layer=21, tells="hubs")
EVENTS = Feed(layer=22, tells="events")
