"""Writing a message to a hub."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hubs.hub import actions
from hubs.hub.forms import MessageForm
from hubs.hub.models import Hub
from pledges.accounts import rate_limits
from pledges.accounts.identity import person

HONEYPOT = "subject"  # a field that people do not see, and programs fill in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a message to a hub."""
    hub, who = get_object_or_404(Hub, slug=slug), person(request)
    form = MessageForm(request.POST if request.method == "POST" else None, signed_in=bool(who))
    if request.method == "POST" and form.is_valid():
        if request.POST.get(HONEYPOT):
            return redirect("hub-written", slug)
        given = form.cleaned_data
        try:
            actions.write_message(
                hub,
                text=given["text"],
                name=given["name"],
                email=who.email if who else given["email"],
                sender=who,
                form_key=given["form_key"],
                network=rate_limits.network(request),
            )
            return redirect("hub-written", slug)
        except rate_limits.TooMany as error:
            form.add_error("text", error.description)
    status = 400 if form.errors else 200
    return render(request, "hubs/hub/message_form.html", {"hub": hub, "form": form}, status=status)


@require_safe
def written(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a message is on its way."""
    return render(request, "hubs/hub/message_sent.html", {"hub": get_object_or_404(Hub, slug=slug)})
