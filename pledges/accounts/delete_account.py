"""Deleting an account, with what it made or without."""

from auditlog.models import LogEntry
from django.db import transaction

from pledges.accounts.models import Confirmation, User
from pledges.accounts.personal_data import keepers
from pledges.pledging.actions import leave, unlike, withdraw
from pledges.pledging.models import Join, Like, Pledge
from pledges.reminders.models import Reminder
from pledges.stories.models import Story


@transaction.atomic
def delete_account(person: User, *, keep_pledges: bool) -> None:
    """Delete an account with its likes, its joins and what waits to be confirmed by its address.

    Its pledges are kept without its name, and so are their stories, or else removed: whoever joined
    them keeps a copy. Its certificates are gone for the check as well.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    key = person.pk
    for keeper in keepers():
        keeper.leave(person, keep=keep_pledges)
    for liked in Like.objects.filter(person=person).select_related("pledge").order_by("pledge"):
        unlike(liked.pledge, person)
    for joined in Join.objects.filter(person=person).select_related("pledge").order_by("pledge"):
        leave(joined.pledge, person)
    waiting = Confirmation.objects.filter(email=person.email.lower())
    unanswered = waiting.filter(kind=Confirmation.Kind.PLEDGE, used_at__isnull=True)
    Pledge.objects.filter(confirmations__in=unanswered, verified_at__isnull=True).delete()
    waiting.delete()
    made = Pledge.objects.filter(author=person)
    if keep_pledges:
        # A face in a picture, and the days on which somebody was reminded, are as good as a name.
        Story.objects.filter(pledge__in=made, join=None).update(picture=None, picture_alt="")
        Reminder.objects.filter(pledge__in=made, join=None).delete()
        made.update(author=None, display_name="")
    else:
        for pledge in made.order_by("pk"):
            withdraw(pledge).delete()
    person.delete()
    # What this deletion itself wrote into the audit trail names who asked for it, who is gone now.
    LogEntry.objects.filter(actor=key).update(actor=None)
