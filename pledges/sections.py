"""What other apps add to the pages of pledges and organisations, registered in `config`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge

Subject = Pledge | Organisation


@dataclass(frozen=True)
class Section:
    """A part of a page: a template and what it is written from, under the name `section`."""

    template: str
    content: object


# Answers nothing where there is nothing to say of this pledge or organisation.
Source = Callable[[Subject], Section | None]


def sections_of(subject: Subject, sources: Sequence[Source]) -> list[Section]:
    return [section for source in sources if (section := source(subject))]
