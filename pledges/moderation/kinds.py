"""The kinds of what people write, each with what moderators and readers need of it.

An app that has text of people's registers its kind as one of MODERATED:

    Kind("reply", _("reply"), Reply, Reply.objects.readable_by, author="author")

Its model has `hidden_at` and, if `screening.screen` is to hold it, `held_at`: whoever lists it
in public leaves out what either of them is set on.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from geo.areas.models import Area
from geo.core.errors import NotFound
from geo.core.registry import registered
from pledges.accounts.models import User
from pledges.moderation.models import Case

Row = Model
Places = tuple[Area | None, Area | None]


def _nothing(_row: Row) -> None:
    """Showing most kinds takes no more than their marks."""


@dataclass(frozen=True)
class Kind:
    """One kind of text. `author` names the field of whoever wrote it."""

    slug: str
    name: str | Promise
    model: type[Model]
    # The rows that this person (None: a stranger) may read, and so may report.
    readable: Callable[[User | None], QuerySet]
    # All the words that its author chose, a part a line.
    text: Callable[[Row], str]
    # The region and the district whose stewards look after it.
    places: Callable[[Row], Places]
    # The address of the page where those who may read it do.
    address: Callable[[Row], str]
    author: str = "author"
    # The address where its author words it anew; empty where they cannot.
    mend: Callable[[Row], str] = lambda _row: ""
    # What follows once a row is in view again; it has lost its marks before.
    shown: Callable[[Row], object] = _nothing

    def author_of(self, row: Row) -> User | None:
        return getattr(row, self.author)

    def hide(self, row: Row, moment: datetime.datetime) -> None:
        """Take out of view. The moment says by which decision: showing again undoes that one."""
        self.model.objects.filter(pk=row.pk).update(hidden_at=moment)

    def show(self, row: Row) -> None:
        """Put back into view, whether it was hidden or held."""
        marks = {"hidden_at", "held_at"} & {field.name for field in self.model._meta.fields}
        self.model.objects.filter(pk=row.pk).update(**dict.fromkeys(marks))
        self.shown(row)

    def move(
        self, author: User, was: datetime.datetime | None, now: datetime.datetime | None
    ) -> None:
        """Set the mark of all of an author's that bear that of another moment (None: in view)."""
        theirs = self.model.objects.filter(**{self.author: author}, hidden_at=was)
        theirs.update(hidden_at=now)


def all_kinds() -> tuple[Kind, ...]:
    return registered("MODERATED")


def kind_by_slug(slug: str) -> Kind:
    """Raises NotFound for a slug that no kind has."""
    for kind in all_kinds():
        if kind.slug == slug:
            return kind
    raise NotFound(slug)


def kind_of(case: Case) -> Kind:
    """Return the kind of what a case is about. Raises NotFound for one that is not registered."""
    for kind in all_kinds():
        if ContentType.objects.get_for_model(kind.model).pk == case.content_type_id:
            return kind
    raise NotFound(str(case.content_type))
