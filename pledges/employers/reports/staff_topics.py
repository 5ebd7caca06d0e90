"""What staff talk about, from the sources of the registry STAFF_TOPICS.

A source gives topics and counts, never what somebody wrote: a report stays as it is published, and
a text that is withdrawn must go everywhere.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from geo.core.registry import registered
from pledges.organisations.models import Organisation


@dataclass(frozen=True)
class Topic:
    """A topic in English and Welsh, with how many people wrote about it, in how many posts."""

    name: str
    name_cy: str
    people: int
    posts: int


@dataclass(frozen=True)
class StaffTopics:
    """The topics of an organisation's staff in a period, the most frequent first.

    Those of fewer than `least` people are left out; `fewer` says whether there were any.
    """

    topics: tuple[Topic, ...] = ()
    words: tuple[Topic, ...] = ()
    fewer: bool = False
    least: int = 0


# Of an organisation, from one day to another, both included.
Source = Callable[[Organisation, datetime.date, datetime.date], StaffTopics]


def staff_topics_of(
    organisation: Organisation, first: datetime.date, last: datetime.date
) -> StaffTopics:
    """The topics of all sources together."""
    found = [source(organisation, first, last) for source in registered("STAFF_TOPICS")]
    return StaffTopics(
        topics=tuple(topic for one in found for topic in one.topics),
        words=tuple(word for one in found for word in one.words),
        fewer=any(one.fewer for one in found),
        least=max((one.least for one in found), default=0),
    )
