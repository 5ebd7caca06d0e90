from pledges.employers.models.actions import Action, Evidence, Milestone, StaffGroup, Update
from pledges.employers.models.adopting import Adoption, AdoptionQuerySet, Values
from pledges.employers.models.proposals import Proposal, ProposalQuerySet, Reader
from pledges.employers.models.querysets import ActionQuerySet
from pledges.employers.models.staff_pledges import StaffPledge, StaffPledgeQuerySet

__all__ = [
    "Action",
    "ActionQuerySet",
    "Adoption",
    "AdoptionQuerySet",
    "Evidence",
    "Milestone",
    "Proposal",
    "ProposalQuerySet",
    "Reader",
    "StaffGroup",
    "StaffPledge",
    "StaffPledgeQuerySet",
    "Update",
    "Values",
]
