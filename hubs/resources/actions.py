"""Resources: written as drafts, shown, and taken out of view again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from geo import uploads
from hubs.hub.models import Hub
from hubs.resources.models import Downloads, Resource
from pledges.accounts.models import User


@transaction.atomic
def make_resource(
    hub: Hub | None,
    person: User | None,
    fields: Mapping[str, object],
    file: uploads.CheckedFile | None,
) -> Resource:
    """Write a draft, of a hub or (None) of all; either `file` is given or `link` is in `fields`."""
    resource = Resource(hub=hub, made_by=person, **fields)
    if file:
        resource.upload = uploads.save_upload(file)
    resource.save(force_insert=True)
    return resource


@transaction.atomic
def change_resource(
    resource: Resource, fields: Mapping[str, object], file: uploads.CheckedFile | None
) -> Resource:
    """Write a resource anew; without another file the one that it has stays, unless it is a link.

    A file that nothing needs any more is forgotten with the other unused ones.
    """
    found = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    for name, value in fields.items():
        setattr(found, name, value)
    if file:
        found.upload = uploads.save_upload(file)
    if found.link:
        found.upload = None
    found.save()
    return found


@transaction.atomic
def publish(resource: Resource) -> None:
    """Show a draft, or what was retired, to everybody."""
    found = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    found.published_at = found.published_at or timezone.now()
    found.retired_at = None
    found.save(update_fields=["published_at", "retired_at", "changed_at"])


@transaction.atomic
def retire(resource: Resource) -> None:
    """Take a published resource out of view; its team keeps it."""
    found = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    if found.published_at and not found.retired_at:
        found.retired_at = timezone.now()
        found.save(update_fields=["retired_at", "changed_at"])


@transaction.atomic
def delete_draft(resource: Resource) -> bool:
    """Remove what was never shown; return whether it was such a one."""
    found = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    if found.published_at:
        return False
    found.delete()
    return True


def count_download(resource: Resource) -> None:
    """Count one more for today in London; nothing is kept of who it was."""
    Downloads.count(resource, timezone.localdate())
