"""What other apps add to a page: registries of functions that answer a `Section` or None."""

from dataclasses import dataclass

from geo.core.registry import registered
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge

Subject = Pledge | Organisation


@dataclass(frozen=True)
class Section:
    """A part of a page: a template and what it is written from, under the name `section`."""

    template: str
    content: object


def sections_of(subject: object, registry: str = "PLEDGE_SECTIONS") -> list[Section]:
    """Return the sections of a page about `subject`, without those that have nothing to say."""
    return [section for source in registered(registry) if (section := source(subject))]
