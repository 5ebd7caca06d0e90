"""The signed link by which somebody says that they want no more newsletters."""

from pledges.stopping import StopLink

STOP = StopLink("mine.newsletter.stop")
