"""Files of whole collections that the worker makes and everybody may download."""

import datetime
import secrets
from typing import Self

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q


def files_storage() -> Storage:
    return storages["files"]


def named(instance: "BuiltFile", filename: str) -> str:
    """Return a name that no file before it had: who reads the former one reads it to the end."""
    return f"{instance.layer}-{secrets.token_hex(8)}.{instance.form}"


class BuiltFileQuerySet(models.QuerySet):
    def ready(self) -> Self:
        return self.filter(made_at__isnull=False)

    def request_build(self, now: datetime.datetime, since: datetime.datetime) -> bool:
        """Mark the file as requested now; False where that has been done `since` then.

        One statement: of two concurrent requests, one gets True and queues the work.
        """
        return self.filter(Q(asked_at=None) | Q(asked_at__lt=since)).update(asked_at=now) == 1


class BuiltFile(models.Model):
    """The last file of a layer in one form; without `made_at` there has been none yet.

    `asked_at` is when the next one was queued, empty once the worker has made it; after
    `failures` in a row it is set so that the next try waits longer each time. `version`
    is that of the layer before its rows were read, `size` in bytes, `took` in seconds.
    """

    layer = models.CharField(max_length=40)
    form = models.CharField(max_length=8)
    file = models.FileField(upload_to=named, storage=files_storage)
    version = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    demo = models.BooleanField(default=False)
    took = models.FloatField(default=0)
    made_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)

    objects = BuiltFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["layer", "form"], name="one_file_a_form")]

    def __str__(self) -> str:
        return f"{self.layer}.{self.form}"

    def replace(self, content: File) -> None:
        """Save the content and all fields, and delete the former file.

        The row changes in between: it never names a file that is not there.
        """
        former = self.file.name
        self.file.save("", content, save=False)
        self.save()
        if former:
            self.file.storage.delete(former)

    def remove(self) -> None:
        name = self.file.name
        self.delete()
        if name:
            self.file.storage.delete(name)
