"""What of employers is told live and to mirrors; their triggers queue it.

Findings of the survey are not: an edition of them comes, and is mended, as a whole.
"""

from geo.totals.spec import Feed

ADOPTIONS = Feed(layer=23, tells="adoptions")
ACTIONS = Feed(layer=24, tells="actions")
