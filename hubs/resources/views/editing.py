"""The resources of a hub, or of all hubs together, for those who look after them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from geo import uploads
from hubs.hub.models import Hub
from hubs.hub.views.access import FORM, READS, team_page
from hubs.resources import actions
from hubs.resources.forms import ResourceForm
from hubs.resources.models import Resource


def address(hub: Hub | None, name: str = "list", *parts: object) -> str:
    """The path of a page of the team's resources; without a hub, of those of all hubs."""
    if hub:
        return reverse(f"hub-resources-{name}", args=[hub.slug, *parts])
    return reverse(f"resources-{name}", args=parts)


@team_page(*READS)
def listed(request: HttpRequest, hub: Hub | None) -> HttpResponse:
    """All of them, drafts and retired ones too."""
    rows = Resource.objects.of(hub).with_everything().order_by("-created_at", "-pk")
    items = [(row, address(hub, "edit", row.pk)) for row in rows]
    context = {"hub": hub, "items": items, "new": address(hub, "new")}
    return render(request, "hubs/resources/team.html", context)


@team_page(*FORM)
def new(request: HttpRequest, hub: Hub | None) -> HttpResponse:
    """The form of a new one, which is a draft at first."""
    form = _form(request, Resource(hub=hub))
    if form.is_valid():
        made = actions.make_resource(hub, request.user, form.words(), form.cleaned_data["file"])
        messages.success(request, _("Saved as a draft: look at it, then publish it."))
        return redirect(address(hub, "edit", made.pk))
    return _answer(request, hub, form)


@team_page(*FORM)
def edit(request: HttpRequest, hub: Hub | None, pk: int) -> HttpResponse:
    """One of them as it will be seen, what may be done with it, and its form."""
    found = _own(hub, pk)
    form = _form(request, found)
    if form.is_valid():
        actions.change_resource(found, form.words(), form.cleaned_data["file"])
        messages.success(request, _("Saved."))
        return redirect(address(hub, "edit", pk))
    return _answer(request, hub, form, _own(hub, pk))


@team_page("POST")
def act(request: HttpRequest, hub: Hub | None, pk: int, verb: str) -> HttpResponse:
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
def file(request: HttpRequest, hub: Hub | None, pk: int) -> HttpResponse:
    """The file of any of them; the team's own looks are not counted."""
    found = _own(hub, pk)
    if not found.upload:
        raise Http404
    return uploads.upload_response(found.upload, found.title)


def _own(hub: Hub | None, pk: int) -> Resource:
    return get_object_or_404(Resource.objects.of(hub).with_everything(), pk=pk)


def _form(request: HttpRequest, resource: Resource) -> ResourceForm:
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return ResourceForm(*given, instance=resource)


def _answer(
    request: HttpRequest, hub: Hub | None, form: ResourceForm, found: Resource | None = None
) -> HttpResponse:
    context = {"hub": hub, "form": form, "resource": found, "list": address(hub)}
    if found:
        verbs = {
            "draft": ("publish", "delete"),
            "published": ("retire",),
            "retired": ("publish",),
        }[found.state]
        context["verbs"] = {verb: address(hub, "act", found.pk, verb) for verb in verbs}
        context["file"] = found.upload and address(hub, "file", found.pk)
    return render(request, "hubs/resources/edit.html", context, status=400 if form.errors else 200)
