from pledges.employers.forms.action import ActionForm
from pledges.employers.forms.adoption import AdoptionForm, ValuesForm
from pledges.employers.forms.base import Content, ProposalForm, posted
from pledges.employers.forms.updates import EvidenceForm, UpdateForm

__all__ = [
    "ActionForm",
    "AdoptionForm",
    "Content",
    "EvidenceForm",
    "ProposalForm",
    "UpdateForm",
    "ValuesForm",
    "posted",
]
