"""The mails that who writes for an employer gets, switched on and off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pledges.accounts.models import User
from pledges.employers import digest
from pledges.employers.digest import STOP
from pledges.employers.models.proposals import Reader
from pledges.notifications.views import stop_page

METHODS = ["GET", "HEAD", "POST"]


@require_POST
@never_cache
@login_required
def mails(request: HttpRequest) -> HttpResponse:
    """Switch one's own mails about employers on or off."""
    if request.POST.get("wanted") == "1":
        digest.want_mails(request.user)
        messages.success(request, _("You get mails about what waits on your employer’s page."))
    else:
        digest.stop_mails(request.user)
        messages.success(request, _("You get no more mails about your employer’s page."))
    return redirect("mine")


def _stopped(person: User) -> bool:
    return Reader.objects.filter(person=person, no_mails_since__isnull=False).exists()


mails_off = stop_page(STOP, digest.stop_mails, _stopped, "pledges/employers/mails_off.html")
