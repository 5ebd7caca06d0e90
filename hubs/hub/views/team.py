"""The pages of a hub's team: what waits, the hub's texts, who is in the team."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from hubs.hub import actions
from hubs.hub.forms import HubForm, InvitationForm
from hubs.hub.models import Hub, HubMessage
from hubs.hub.permissions import FORM, READS, hubs_of, team_of, team_page
from hubs.resources.models import Resource
from pledges.accounts.permissions import in_care_of
from pledges.accounts.typing import SignedInRequest
from pledges.moderation.models import Case


@team_page(*READS)
def team(request: SignedInRequest, hub: Hub) -> HttpResponse:
    """What waits for the team, first of all; then the ways to all they look after."""
    context = {
        "hub": hub,
        "waiting": HubMessage.objects.filter(hub=hub).waiting().count(),
        "cases": in_care_of(request.user, Case.objects.open()).count(),
        "resources": Resource.objects.of(hub).published().count(),
        "members": team_of(hub).count(),
        "others": hubs_of(request.user).exclude(pk=hub.pk),
    }
    return render(request, "hubs/hub/team/team.html", context)


@team_page(*FORM)
def words(request: SignedInRequest, hub: Hub) -> HttpResponse:
    """The public texts of the hub, in English and in Welsh."""
    given = request.POST if request.method == "POST" else None
    form = HubForm(given, instance=Hub.objects.get(pk=hub.pk))
    if form.is_valid():
        actions.update_hub(hub, form.cleaned_data)
        messages.success(request, _("Saved. This is what everybody sees now."))
        return redirect(hub)
    status = 400 if form.errors else 200
    return render(request, "hubs/hub/team/words.html", {"hub": hub, "form": form}, status=status)


@team_page(*FORM)
def members(request: SignedInRequest, hub: Hub) -> HttpResponse:
    """Who is in the team, who is invited; the form invites somebody."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            actions.invite(hub, email, request.user)
            messages.success(request, _("We sent an invitation to %(to)s.") % {"to": email})
            return redirect("hub-members", hub.slug)
        except GeoError as error:
            form.add_error("email", error.description)
    context = {
        "hub": hub,
        "form": form,
        "members": team_of(hub),
        "invitations": hub.invitations.open().select_related("invited_by"),
    }
    status = 400 if form.errors else 200
    return render(request, "hubs/hub/team/members.html", context, status=status)


@team_page("POST")
def revoke(request: SignedInRequest, hub: Hub, pk: int) -> HttpResponse:
    """Take an invitation back."""
    actions.revoke_invitation(get_object_or_404(hub.invitations, pk=pk))
    messages.success(request, _("The invitation is taken back."))
    return redirect("hub-members", hub.slug)


@team_page(*FORM)
def remove(request: SignedInRequest, hub: Hub, pk: int) -> HttpResponse:
    """Ask whether somebody is to leave the team; the button removes them."""
    member = get_object_or_404(team_of(hub), pk=pk)
    if request.method == "POST":
        actions.remove_member(hub, member)
        if member == request.user:
            return redirect(hub)
        messages.success(request, _("%(who)s is no longer in the team.") % {"who": member})
        return redirect("hub-members", hub.slug)
    return render(request, "hubs/hub/team/remove.html", {"hub": hub, "member": member})
