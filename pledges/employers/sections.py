"""What an employer's pledges to its staff add to the page of an organisation."""

from collections.abc import Callable

from pledges.employers.models import Action
from pledges.employers.standing import anything, standing
from pledges.models import Organisation
from pledges.sections import Section, Subject

# What other apps add to the page of an action; nothing where they have nothing to say of it.
ActionSource = Callable[[Action], Section | None]


def employer_section(subject: Subject) -> Section | None:
    """What the employer adopted, values and does; nothing where none of it was published."""
    if not isinstance(subject, Organisation):
        return None
    if not anything(subject):
        return None
    return Section("employers/section.html", standing(subject))
