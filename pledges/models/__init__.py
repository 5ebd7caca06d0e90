from pledges.models.organisations import Organisation, OrganisationQuerySet
from pledges.models.people import User
from pledges.models.pledges import Pledge, PledgeCounts, PledgeQuerySet, Theme
from pledges.models.progress import ChangeDay

__all__ = [
    "ChangeDay",
    "Organisation",
    "OrganisationQuerySet",
    "Pledge",
    "PledgeCounts",
    "PledgeQuerySet",
    "Theme",
    "User",
]
