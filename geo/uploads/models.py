"""Uploaded files: in private storage, served only after a permission check."""

import datetime
import secrets

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Exists, ManyToOneRel, OuterRef


def private_storage() -> Storage:
    return storages["private"]


def unguessable(instance: "Upload", filename: str) -> str:
    """Return a random name, which reveals nothing of the file's own name."""
    return f"{secrets.token_hex(16)}.{instance.extension}"


class UploadQuerySet(models.QuerySet):
    def unused(self, before: datetime.datetime) -> "UploadQuerySet":
        """Uploads older than that moment to which no row of any table refers."""
        found = self.filter(created_at__lt=before)
        for relation in self.model._meta.get_fields(include_hidden=True):
            if isinstance(relation, ManyToOneRel):  # one-to-one relations are such too
                rows = relation.related_model._base_manager.filter(
                    **{relation.field.name: OuterRef("pk")}
                )
                found = found.exclude(Exists(rows))
        return found


class Upload(models.Model):
    """One checked file. `kind` is found from its content, never from its name."""

    file = models.FileField(upload_to=unguessable, storage=private_storage)
    extension = models.CharField(max_length=8)
    media_type = models.CharField(max_length=100)
    size = models.IntegerField()
    width = models.IntegerField(null=True, blank=True)
    height = models.IntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.media_type}, {self.size} bytes"
