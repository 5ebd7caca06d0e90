"""Every model of the app, from the rooms where they stand, so that Django finds them."""

from pledges.accounts.models import Confirmation, Grant, GrantQuerySet, Taken, User
from pledges.certificates.models import Certificate
from pledges.feed.models import Word
from pledges.jobs.models import Job, JobQuerySet
from pledges.moderation.models import Block, Case, CaseQuerySet, Decision, Message, Report
from pledges.organisations.models import FormerAddress, Organisation, OrganisationQuerySet, SetAside
from pledges.pledging.counted import SPECS, Authors
from pledges.pledging.models import (
    ChangeDay,
    Join,
    Like,
    Pledge,
    PledgeCounts,
    PledgeQuerySet,
    Theme,
)
from pledges.reminders.models import Reminder
from pledges.stories.models import Story, StoryQuerySet
from pledges.word_bitmaps.models import Touched, Trait, TraitBits

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
    "Job",
    "JobQuerySet",
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
