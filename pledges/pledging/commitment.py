"""A person's own part: the pledge they made, or the one they joined."""

import datetime
from dataclasses import dataclass
from typing import Self

from django.db.models import QuerySet
from django.utils import timezone

from geo.core.errors import GeoError
from pledges.accounts.models import User
from pledges.certificates.models import Certificate
from pledges.pledging.models import Join, Pledge
from pledges.stories.models import Story


class NotDone(GeoError):
    """A story is told, and a certificate given, of what is done."""

    code = "not-done"


@dataclass(frozen=True)
class Part:
    """What one person promised; `join` is None for the author."""

    pledge: Pledge
    join: Join | None
    person: User

    @classmethod
    def of(cls, pledge: Pledge, person: User | None) -> Self | None:
        """Return the part of this person in a pledge; None for whoever has none."""
        if person is None:
            return None
        if pledge.author_id == person.pk:
            return cls(pledge, None, person)
        join = Join.objects.filter(pledge=pledge, person=person).first()
        return cls(pledge, join, person) if join else None

    @property
    def text(self) -> str:
        """The promise as its person worded or joined it."""
        return self.join.text if self.join else self.pledge.text

    @property
    def done_on(self) -> datetime.date | None:
        """The day in London on which it was done; None while it is not."""
        done_at = (self.join or self.pledge).done_at
        return timezone.localdate(done_at) if done_at else None

    @property
    def verb(self) -> str:
        """What the page of this pledge calls saying that it is done."""
        return "part-done" if self.join else "done"

    @property
    def story(self) -> Story | None:
        return Story.objects.filter(pledge=self.pledge, join=self.join).first()

    @property
    def certificates(self) -> QuerySet[Certificate]:
        """Those given for this part, newest first."""
        found = Certificate.objects.filter(pledge=self.pledge, join=self.join, person=self.person)
        return found.order_by("-issued_at")
