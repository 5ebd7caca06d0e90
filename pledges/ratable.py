"""Things that people may keep or rate, whatever their model: what one needs to know of each.

An app says so of each of its models, and the registries BOOKMARKED and RATED list them:

    PRACTICE = Thing("practice", _("good practice"), _("A good practice that is no longer shown"),
                     Practice, Practice.objects.public, title=str, address=...)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from geo.areas.models import Area
from geo.core.errors import NotFound

Places = tuple[Area | None, Area | None]
Row = TypeVar("Row", bound=Model)


def _nowhere(_row: Model) -> Places:
    """What is of no area is looked after by operators."""
    return None, None


@dataclass(frozen=True)
class Thing(Generic[Row]):
    """One model. `name` is what one of it is called, `gone` what stands for one out of view."""

    slug: str
    name: str | Promise
    gone: str | Promise
    model: type[Row]
    # The rows that everybody may see, with all that title and address read.
    public: Callable[[], QuerySet[Row]]
    title: Callable[[Row], str]
    address: Callable[[Row], str]
    # The region and the district whose stewards look after what is said about it.
    places: Callable[[Row], Places] = _nowhere

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)


@dataclass(frozen=True)
class Things:
    """Those of a registry. Raises NotFound for one that is not among them."""

    things: tuple[Thing[Any], ...]

    def __iter__(self) -> Iterator[Thing[Any]]:
        return iter(self.things)

    def called(self, slug: str) -> Thing[Any]:
        for thing in self.things:
            if thing.slug == slug:
                return thing
        raise NotFound(slug)

    def by_type(self) -> dict[int, Thing[Any]]:
        """Each by the key of its content type."""
        return {thing.content_type.pk: thing for thing in self.things}
