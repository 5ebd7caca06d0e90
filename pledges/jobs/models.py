"""How the background jobs fare: written by whoever runs them, read by `/readyz` and the admin."""

import datetime
import traceback
from types import FrameType
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FAILING = 3  # failures in a row
# A job that should have begun or ended by then hangs, or nobody runs it.
LATE = datetime.timedelta(hours=6)
# The deepest line of these packages says more than one of a library.
OURS = ("geo", "pledges", "hubs", "config")


class JobQuerySet(models.QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        return self.filter(next_try_at__lte=now)

    def failing(self, now: datetime.datetime | None = None) -> Self:
        """Jobs that keep failing, or hang."""
        late = (now or timezone.now()) - LATE
        return self.filter(Q(failures__gte=FAILING) | Q(next_try_at__lt=late)).order_by("name")

    def failed(
        self, name: str, error: BaseException, next_try_at: datetime.datetime | None
    ) -> None:
        """Count a failure of a job; a new row where it has none."""
        row, _made = self.get_or_create(name=name)
        self.filter(pk=row.pk).update(
            failures=F("failures") + 1,
            failed_at=timezone.now(),
            error=place_of(error),
            next_try_at=next_try_at,
        )

    def succeeded(self, name: str, next_try_at: datetime.datetime | None) -> None:
        self.filter(name=name).update(
            failures=0, succeeded_at=timezone.now(), error="", next_try_at=next_try_at
        )


class Job(models.Model):
    """A job of the worker, one of its folds, or a sort of queued task, by its name.

    `next_try_at` is empty where nothing but new work makes it run again: tasks, and folds that do
    not fail. While a job runs, it is when the job is tried again should its process die.
    """

    name = models.CharField(_("job"), max_length=100, primary_key=True)
    started_at = models.DateTimeField(_("last started"), null=True)
    succeeded_at = models.DateTimeField(_("last success"), null=True)
    failed_at = models.DateTimeField(_("last failure"), null=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    next_try_at = models.DateTimeField(_("next try"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")

    def __str__(self) -> str:
        return self.name


def place_of(error: BaseException) -> str:
    """Return the kind of an error and where it was raised: its words may hold what people wrote."""
    if isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frames = list(traceback.walk_tb(error.__traceback__))
    ours = [one for one in frames if _module(one).split(".")[0] in OURS]
    place = (ours or frames)[-1:]
    said = "".join(f" in {_module(one)}, line {one[1]}" for one in place)
    return f"{type(error).__name__}{said}"[:200]


def _module(at: tuple[FrameType, int]) -> str:
    return at[0].f_globals.get("__name__", "")
