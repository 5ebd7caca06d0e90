from pledges.models.confirmations import Confirmation
from pledges.models.doing import Certificate, Reminder, Story
from pledges.models.grants import Grant, GrantQuerySet
from pledges.models.limits import Taken
from pledges.models.moderation import Block, Case, CaseQuerySet, Decision, Message, Report
from pledges.models.organisations import Organisation, OrganisationQuerySet
from pledges.models.people import User
from pledges.models.pledges import Pledge, PledgeCounts, PledgeQuerySet, Theme
from pledges.models.progress import ChangeDay
from pledges.models.support import Join, Like
from pledges.models.words import Word

__all__ = [
    "Block",
    "Case",
    "Certificate",
    "ChangeDay",
    "Confirmation",
    "CaseQuerySet",
    "Decision",
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
    "Story",
    "Taken",
    "Theme",
    "User",
    "Word",
]
