from pledges.models.confirmations import Confirmation
from pledges.models.limits import Taken
from pledges.models.organisations import Organisation, OrganisationQuerySet
from pledges.models.people import User
from pledges.models.pledges import Pledge, PledgeCounts, PledgeQuerySet, Theme
from pledges.models.progress import ChangeDay
from pledges.models.support import Join, Like
from pledges.models.words import Word

__all__ = [
    "ChangeDay",
    "Confirmation",
    "Join",
    "Like",
    "Organisation",
    "OrganisationQuerySet",
    "Pledge",
    "PledgeCounts",
    "PledgeQuerySet",
    "Taken",
    "Theme",
    "User",
    "Word",
]
