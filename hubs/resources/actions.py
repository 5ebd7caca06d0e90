"""Every write of resources: drafts, publishing, retiring, counts of downloads."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from geo import uploads
from hubs.hub.models import Hub
from hubs.resources.models import Downloads, Resource
from pledges.accounts.models import User


@transaction.atomic
def create_resource(
    hub: Hub | None,
    person: User | None,
    fields: Mapping[str, Any],
    file: uploads.CheckedFile | None,
) -> Resource:
    """Create a draft, of a hub or (None) of all hubs, from a `file` or with `link` in `fields`."""
    resource = Resource(hub=hub, made_by=person, **fields)
    if file:
        resource.upload = uploads.save_upload(file)
    resource.save(force_insert=True)
    return resource


@transaction.atomic
def update_resource(
    resource: Resource, fields: Mapping[str, Any], file: uploads.CheckedFile | None
) -> Resource:
    """Change a resource; without another file its own stays, unless it becomes a link.

    A file that is no longer used is deleted with other unused uploads.
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
    """Publish a draft or a retired resource."""
    found = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    found.published_at = found.published_at or timezone.now()
    found.retired_at = None
    found.save(update_fields=["published_at", "retired_at", "changed_at"])


@transaction.atomic
def retire(resource: Resource) -> None:
    """Hide a published resource from all but its team."""
    found = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    if found.published_at and not found.retired_at:
        found.retired_at = timezone.now()
        found.save(update_fields=["retired_at", "changed_at"])


@transaction.atomic
def delete_draft(resource: Resource) -> bool:
    """Delete a resource that was never published; return whether it was such a one."""
    found = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    if found.published_at:
        return False
    found.delete()
    return True


def count_download(resource: Resource) -> None:
    """Count a download today, in London; who it was is not stored."""
    Downloads.count(resource, timezone.localdate())
