from pledges.models.common import Touched, Trait, TraitBits
from pledges.models.confirmations import Confirmation
from pledges.models.counted import SPECS, Authors
from pledges.models.doing import Certificate, Reminder, Story, StoryQuerySet
from pledges.models.grants import Grant, GrantQuerySet
from pledges.models.limits import Taken
from pledges.models.moderation import Block, Case, CaseQuerySet, Decision, Message, Report
from pledges.models.organisations import Organisation, OrganisationQuerySet
from pledges.models.people import User
from pledges.models.pledges import Pledge, PledgeCounts, PledgeQuerySet, Theme
from pledges.models.progress import ChangeDay
from pledges.models.settled import FormerAddress, SetAside
from pledges.models.support import Join, Like
from pledges.models.words import Word

__all__ = [
    "SPECS",
    "Authors",
    "Block",
    "Case",
    "CaseQuerySet",
    "Certificate",
    "ChangeDay",
    "Confirmation",
    "Decision",
    "FormerAddress",
    "Grant",
    "GrantQuerySet",
    "Join",
    "Like",
    "Message",
    "Organisation",
    "OrganisationQuerySet",
    "Pledge",
    "PledgeCounts",
    "PledgeQuerySet",
    "Reminder",
    "Report",
    "SetAside",
    "Story",
    "StoryQuerySet",
    "Taken",
    "Theme",
    "Touched",
    "Trait",
    "TraitBits",
    "User",
    "Word",
]
