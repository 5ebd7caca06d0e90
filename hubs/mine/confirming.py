"""What it means to confirm, by mail, that one wants the newsletter."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.mine.actions import begin_newsletter
from hubs.models import Interests
from pledges.asking import Asked
from pledges.confirming import NotConfirmed
from pledges.models import Confirmation, User


def _begin(confirmation: Confirmation, person: User) -> None:
    chosen = confirmation.subject
    if not isinstance(chosen, Interests) or chosen.pk != person.pk:
        raise NotConfirmed
    begin_newsletter(person, timezone.localdate())


NEWSLETTER = Asked(
    subject=_("Confirm that you want the newsletter"),
    first=_(
        "Somebody who is signed in with this e-mail address wants the newsletter of Changemap. If"
        " it was you, confirm it: until then none is sent."
    ),
    question=_("Do you want the newsletter?"),
    button=_("Yes, send it to me"),
    template="my/asked.html",
    work=_begin,
    after=lambda _confirmation: reverse("my-changemap"),
)
