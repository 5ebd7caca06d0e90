"""What is removed: all that is kept no longer, and the demo."""

from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise

from pledges.keeping import keepers
from pledges.models import Pledge, PledgeCounts, User
from pledges.retention import RETENTION


@dataclass(frozen=True)
class Forgotten:
    """How many of something were forgotten, or would be."""

    name: str | Promise
    number: int


def forget(*, dry_run: bool = False) -> list[Forgotten]:
    """Remove what is kept no longer, by the table of retention and by what other apps say.

    `dry_run` counts alone. Each rule is a transaction of its own, so that none is long.
    """
    now = timezone.now()
    found = []
    for rule in RETENTION:
        before = now - rule.kept if rule.kept else now
        with transaction.atomic():
            found.append(Forgotten(rule.name, rule.work(before, dry_run)))
    for keeper in keepers():
        for overdue in keeper.overdue():
            with transaction.atomic():
                found.append(Forgotten(overdue.name, overdue.rows.count()))
                if not dry_run:
                    overdue.forget()
    return found


@transaction.atomic
def remove_demo() -> int:
    """Remove every demo pledge and demo person; return how many pledges there were."""
    for keeper in keepers():
        keeper.remove_demo()
    PledgeCounts.objects.filter(pledge__demo=True)._raw_delete("default")
    # What real people did with demo pledges is little; the pledges are many, and go unread.
    for relation in Pledge._meta.related_objects:
        rows = relation.related_model.objects.filter(**{f"{relation.field.name}__demo": True})
        if relation.on_delete is models.CASCADE:
            rows.delete()
        else:
            rows.update(**{relation.field.name: None})
    count = Pledge.objects.filter(demo=True)._raw_delete("default")
    User.objects.filter(demo=True).delete()
    return count
