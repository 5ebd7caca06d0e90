"""What other apps add to dashboards, registered in `config.dashboards`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hubs.dashboards.asked import Asked
from hubs.dashboards.tables import Table


@dataclass(frozen=True)
class Section:
    """A part of a dashboard: tables, which the files hold too, and a template for what else.

    The template is written from `content`, under the name `section`; without one the tables are
    shown as all tables are.
    """

    tables: tuple[Table, ...] = ()
    template: str = ""
    content: object = None


# Answers nothing where there is nothing to say of the place, days and filters asked for.
Source = Callable[[Asked], Section | None]


def sections_of(asked: Asked, sources: Sequence[Source]) -> list[Section]:
    return [section for source in sources if (section := source(asked))]
