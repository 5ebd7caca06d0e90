from pledges.employers.models.actions import Action, Evidence, Milestone, StaffGroup, Update
from pledges.employers.models.adopting import Adoption, AdoptionQuerySet, Values
from pledges.employers.models.board import BoardReport, BoardReportQuerySet
from pledges.employers.models.proposals import Proposal, ProposalQuerySet, Reader
from pledges.employers.models.querysets import ActionQuerySet
from pledges.employers.models.staff_pledges import StaffPledge, StaffPledgeQuerySet
from pledges.employers.models.survey import (
    REASONS,
    VERDICTS,
    Change,
    Finding,
    Indicator,
    IndicatorSet,
    PlaceChange,
    SurveyImport,
)

__all__ = [
    "REASONS",
    "VERDICTS",
    "Action",
    "ActionQuerySet",
    "Adoption",
    "AdoptionQuerySet",
    "BoardReport",
    "BoardReportQuerySet",
    "Change",
    "Evidence",
    "Finding",
    "Indicator",
    "IndicatorSet",
    "Milestone",
    "PlaceChange",
    "Proposal",
    "ProposalQuerySet",
    "Reader",
    "StaffGroup",
    "StaffPledge",
    "StaffPledgeQuerySet",
    "SurveyImport",
    "Update",
    "Values",
]
