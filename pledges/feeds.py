"""What of organisations is told live and to mirrors; their triggers queue it."""

from geo.totals.spec import Feed

ORGANISATIONS = Feed(layer=20, tells="organisations")
