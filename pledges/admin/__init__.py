"""Everything of pledges as operators see it: what has no page of its own is to be looked at.

Each module registers the models that it names.
"""

from geo.admin import register_the_rest
from pledges.admin import organisations, people, pledges, trail

__all__ = ["organisations", "people", "pledges", "trail"]

register_the_rest("pledges")
