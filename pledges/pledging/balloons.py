"""The three balloons: Pledge, Share, Do, each lit once its person has done that."""

from dataclasses import dataclass
from typing import Self

from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledges.accounts.models import User
from pledges.pledging.models import Join, Pledge


@dataclass(frozen=True)
class Balloon:
    """One balloon: `slug` for the style sheet, and what it says of being lit or not."""

    slug: str
    name: str | Promise
    lit: bool
    words: str | Promise


@dataclass(frozen=True)
class Balloons:
    """Which of the three are lit. Nothing goes out again by waiting, and nothing is counted."""

    pledge: bool
    share: bool
    do: bool

    @classmethod
    def of(cls, person: User | None) -> Self | None:
        """Return the balloons of a person; None for somebody who is not signed in."""
        if person is None:
            return None
        made = Pledge.objects.public().filter(author=person)
        joined = Join.objects.filter(person=person, pledge__public=True)
        return cls(
            pledge=made.exists() or joined.exists(),
            share=person.shared_at is not None,
            do=made.filter(done_at__isnull=False).exists()
            or joined.filter(done_at__isnull=False).exists(),
        )

    def __iter__(self):
        lit, unlit = (
            (_("You made or joined a pledge"), _("You shared a pledge"), _("You did it")),
            (_("Make or join a pledge"), _("Share a pledge"), _("Say when you did it")),
        )
        names = (_("Pledge"), _("Share"), _("Do"))
        states = (self.pledge, self.share, self.do)
        for at, slug in enumerate(("pledge", "share", "do")):
            yield Balloon(slug, names[at], states[at], (lit if states[at] else unlit)[at])


def shared(person: User) -> None:
    """Somebody used a share button; the first time is remembered."""
    User.objects.filter(pk=person.pk, shared_at__isnull=True).update(shared_at=Now())
