"""The resources of a hub, or of all hubs together, for those who manage them."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from geo import uploads
from hubs.hub.models import Hub
from hubs.hub.permissions import FORM, READS, team_page
from hubs.resources import actions
from hubs.resources.forms import ResourceForm
from hubs.resources.models import Resource
from pledges.accounts.typing import SignedInRequest


def address(hub: Hub | None, name: str = "list", *parts: object) -> str:
    """The path of a page of the team's resources; without a hub, of those of all hubs."""
    if hub:
        return reverse(f"hub-resources-{name}", args=[hub.slug, *parts])
    return reverse(f"resources-{name}", args=parts)


@team_page(*READS)
def listed(request: SignedInRequest, hub: Hub | None) -> HttpResponse:
    """All of them, drafts and retired ones too."""
    rows = Resource.objects.of(hub).with_everything().order_by("-created_at", "-pk")
    items = [(row, address(hub, "edit", row.pk)) for row in rows]
    context = {"hub": hub, "items": items, "new": address(hub, "new")}
    return render(request, "hubs/resources/team.html", context)


@team_page(*FORM)
def new(request: SignedInRequest, hub: Hub | None) -> HttpResponse:
    """The form of a new one, which is a draft at first."""
    form = _form(request, Resource(hub=hub))
    if form.is_valid():
        made = actions.create_resource(
            hub, request.user, form.fields_of_resource(), form.cleaned_data["file"]
        )
        messages.success(request, _("Saved as a draft: look at it, then publish it."))
        return redirect(address(hub, "edit", made.pk))
    return _answer(request, hub, form)


@team_page(*FORM)
def edit(request: SignedInRequest, hub: Hub | None, pk: int) -> HttpResponse:
    """One of them as it will be seen, what may be done with it, and its form."""
    found = _own(hub, pk)
    form = _form(request, found)
    if form.is_valid():
        actions.update_resource(found, form.fields_of_resource(), form.cleaned_data["file"])
        messages.success(request, _("Saved."))
        return redirect(address(hub, "edit", pk))
    return _answer(request, hub, form, _own(hub, pk))


@team_page("POST")
def act(request: SignedInRequest, hub: Hub | None, pk: int, verb: str) -> HttpResponse:
    """Publish one, retire it, or delete a draft."""
    found = _own(hub, pk)
    if verb == "publish":
        actions.publish(found)
        messages.success(request, _("Published: everybody sees it now."))
    elif verb == "retire":
        actions.retire(found)
        messages.success(request, _("Retired: nobody else sees it any more."))
    elif verb == "delete" and actions.delete_draft(found):
        messages.success(request, _("The draft is deleted."))
        return redirect(address(hub))
    else:
        raise Http404
    return redirect(address(hub, "edit", pk))


@team_page(*READS)
def file(request: SignedInRequest, hub: Hub | None, pk: int) -> FileResponse:
    """The file of any of them, which is not counted as a download."""
    found = _own(hub, pk)
    if not found.upload:
        raise Http404
    return uploads.upload_response(found.upload, found.title)


def _own(hub: Hub | None, pk: int) -> Resource:
    return get_object_or_404(Resource.objects.of(hub).with_everything(), pk=pk)


def _form(request: SignedInRequest, resource: Resource) -> ResourceForm:
    if request.method == "POST":
        return ResourceForm(request.POST, request.FILES, instance=resource)
    return ResourceForm(instance=resource)


def _answer(
    request: SignedInRequest, hub: Hub | None, form: ResourceForm, found: Resource | None = None
) -> HttpResponse:
    context: dict[str, object] = {"hub": hub, "form": form, "resource": found}
    context["list"] = address(hub)
    if found:
        verbs = {
            "draft": ("publish", "delete"),
            "published": ("retire",),
            "retired": ("publish",),
        }[found.state]
        context["verbs"] = {verb: address(hub, "act", found.pk, verb) for verb in verbs}
        context["file"] = found.upload and address(hub, "file", found.pk)
    return render(request, "hubs/resources/edit.html", context, status=400 if form.errors else 200)
