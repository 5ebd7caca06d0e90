"""Giving certificates, and taking them back when what they say is so no longer."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from pledges.certificates.certificates import new_number
from pledges.certificates.models import Certificate
from pledges.pledging.commitment import NotDone, Part
from pledges.pledging.models import Join, Pledge


@transaction.atomic
def issue_certificate(part: Part, name: str) -> Certificate:
    """Give a certificate for a part that is done; it takes the place of one given before.

    Raises NotDone for what is not done, or not in public view.
    """
    # Two submissions of one form wait for each other here.
    pledge = Pledge.objects.select_for_update(no_key=True).get(pk=part.pledge.pk)
    done_on = Part(pledge, part.join, part.person).done_on
    if done_on is None or not pledge.public:
        raise NotDone(_("A certificate is given for a pledge that is shown and done."))
    withdraw_certificates(pledge, part.join)
    return Certificate.objects.create(
        number=new_number(),
        pledge=pledge,
        join=part.join,
        person=part.person,
        name=name,
        done_on=done_on,
    )


def withdraw_certificates(pledge: Pledge, join: Join | None) -> None:
    """Take back those of the author, or of one joiner: the check says so from now on."""
    found = Certificate.objects.filter(pledge=pledge, join=join, withdrawn_at__isnull=True)
    found.update(withdrawn_at=Now())


def keep_as_withdrawn(joins: list[Join]) -> None:
    """Take back those of joiners whose rows are about to go, and keep the numbers for the check."""
    found = Certificate.objects.filter(join__in=joins)
    found.filter(withdrawn_at__isnull=True).update(withdrawn_at=Now())
    found.update(join=None)
