"""Everything of pledges as operators see it: what has no page of its own is to be looked at.

Each module registers the models that it names.
"""

from geo.admin.base import register_the_rest
from pledges.accounts import admin as people
from pledges.accounts import admin as trail
from pledges.jobs import admin as jobs
from pledges.organisations.admin import organisations
from pledges.pledging import admin as pledges

__all__ = ["jobs", "organisations", "people", "pledges", "trail"]

register_the_rest("pledges")
