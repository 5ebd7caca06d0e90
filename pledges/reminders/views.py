"""Where the links of reminders lead: to say that it is done, and to get no more of them.

Opening a page changes nothing: mail programs open links by themselves. Only buttons do.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pledges.accounts.models import User
from pledges.notifications.unsubscribe import LinkEnded
from pledges.notifications.views import stop_page
from pledges.pledging import actions
from pledges.pledging.balloons import Balloons
from pledges.reminders import schedule as reminders
from pledges.reminders.actions import stop_reminders, want_reminders
from pledges.reminders.models import Reminder

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def done(request: HttpRequest, token: str) -> HttpResponse:
    """What one was reminded of, each with a button to say that it is done, and to undo that."""
    try:
        person, day = reminders.read_done(token)
    except LinkEnded:
        return render(request, "pledges/pledging/link_ended.html", status=410)
    rows = [row for row in Reminder.objects.of(person).filter(occasion=day) if row.pledge.public]
    if request.method == "POST":
        chosen = request.POST.get("reminder", "")
        row = next((row for row in rows if str(row.pk) == chosen), None)
        if row is None:
            raise Http404
        _mark(row, person, undo="undo" in request.POST)
        return redirect("reminder", token)
    parts = [
        {"row": row, "part": row.join or row.pledge, "done": (row.join or row.pledge).done_at}
        for row in rows
    ]
    context = {
        "parts": parts,
        "any_done": any(part["done"] for part in parts),
        "balloons": Balloons.of(person),
    }
    return render(request, "pledges/reminders/reminder.html", context)


off = stop_page(
    reminders.STOP,
    stop_reminders,
    lambda person: User.objects.filter(pk=person.pk, no_reminders_since__isnull=False).exists(),
    "pledges/reminders/off.html",
)


@require_POST
@never_cache
@login_required
def setting(request: HttpRequest) -> HttpResponse:
    """Switch one's own reminders on or off."""
    if request.POST.get("wanted") == "1":
        want_reminders(request.user)
        messages.success(request, _("You get reminders."))
    else:
        stop_reminders(request.user)
        messages.success(request, _("You get no more reminders."))
    return redirect("mine")


def _mark(row: Reminder, person: User, *, undo: bool) -> None:
    if row.join:
        mark = actions.mark_part_not_done if undo else actions.mark_part_done
        mark(row.pledge, person)
    else:
        mark = actions.mark_not_done if undo else actions.mark_done
        mark(row.pledge)
