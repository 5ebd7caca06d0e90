"""Files that people give: kept in private storage, served only through a permission check."""

import secrets

from django.core.files.storage import storages
from django.db import models


def private_storage():
    return storages["private"]


def unguessable(instance: "Upload", filename: str) -> str:
    """Return a name that tells nothing of the file's own name."""
    return f"{secrets.token_hex(16)}.{instance.extension}"


class Upload(models.Model):
    """One checked file. `kind` is found from its content, never from its name."""

    file = models.FileField(upload_to=unguessable, storage=private_storage)
    extension = models.CharField(max_length=8)
    media_type = models.CharField(max_length=100)
    size = models.IntegerField()
    width = models.IntegerField(null=True, blank=True)
    height = models.IntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.media_type}, {self.size} bytes"
