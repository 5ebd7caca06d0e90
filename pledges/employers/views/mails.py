"""The mails that who writes for an employer gets, switched on and off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from pledges.employers import digest, links
from pledges.employers.models import Reader

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


# A mail program that unsubscribes for its reader has no page of ours to take a token from, and
# sends no cookies (RFC 8058, 3.2): what the signed link says is all that is known.
@csrf_exempt
@never_cache
@require_http_methods(METHODS)
def mails_off(request: HttpRequest, token: str) -> HttpResponse:
    """No more of these mails, by a button here or by one click in a mail program."""
    try:
        who = links.read_stop(token)
    except links.LinkEnded:
        return render(request, "doing/ended.html", status=410)
    if request.method == "POST":
        digest.stop_mails(who)
    stopped = Reader.objects.filter(person=who, no_mails_since__isnull=False).exists()
    return render(request, "employers/mails_off.html", {"stopped": stopped})
