"""What staff of an organisation talk about, for the report to its board: topics and numbers.

Read are public posts at the organisation whose writers say that they work in care, signed with a
name or a role. What is anonymous is in its region at the finest, and is not asked for here. A
topic of fewer than five people is left out, and none of the words of a post is told: only such as
people all over the region use.
"""

import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from geo.core.disclosure import LEAST
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme
from hubs.conversation.models.topics import Term
from pledges.employers.reports.staff_topics import StaffTopics, Topic
from pledges.organisations.models import Organisation

WORDS = 10  # told at most
ASKED = 40  # that are looked for
# Demo posts have no author: each stands for a person.
PEOPLE = Coalesce(F("author"), Case(When(demo=True, then=-F("pk"))))


def staff_voice(
    organisation: Organisation, first: datetime.date, last: datetime.date
) -> StaffTopics:
    """Themes and words of the posts from one day to another, each with its people and posts."""
    posts = _posts(organisation, first, last)
    numbers = {
        theme: (people, total)
        for theme, people, total in posts.values_list("theme").annotate(
            people=Count(PEOPLE, distinct=True), total=Count("pk")
        )
    }
    themes = {theme.pk: theme for theme in Theme.objects.filter(pk__in=numbers)}
    topics = [
        Topic(themes[key].name, themes[key].name_cy, people, total)
        for key, (people, total) in numbers.items()
        if people >= LEAST
    ]
    told = [key for key, (people, _total) in numbers.items() if people >= LEAST]
    return StaffTopics(
        topics=tuple(sorted(topics, key=_most_first)),
        words=_words(posts, organisation, told),
        fewer=len(told) < len(numbers),
        least=LEAST,
    )


def _posts(organisation: Organisation, first: datetime.date, last: datetime.date) -> QuerySet:
    rows = Post.objects.public().filter(
        organisation=organisation, works_in_care=True, day__range=(first, last)
    )
    if not organisation.demo:
        rows = rows.filter(demo=False)
    return rows.exclude(signed=Signed.ANONYMOUS).order_by()


def _words(posts: QuerySet, organisation: Organisation, themes: list[int]) -> tuple[Topic, ...]:
    """Terms of the region's conversation in these posts, those of five people or more."""
    known = Term.objects.shown().filter(theme__in=themes, region=organisation.region_id)
    forms = dict(known.order_by("posts").values_list("stems", "form"))
    asked = list(forms.items())[-ASKED:]
    found = {}
    for number, (stems, _form) in enumerate(asked):
        query = SearchQuery(" <-> ".join(stems.split()), config="simple", search_type="raw")
        has = Q(words=query)
        found[f"people_{number}"] = Count(PEOPLE, distinct=True, filter=has)
        found[f"posts_{number}"] = Count("pk", filter=has)
    counted = posts.filter(theme__in=themes).aggregate(**found) if found else {}
    told = [
        Topic(form, "", counted[f"people_{number}"], counted[f"posts_{number}"])
        for number, (_stems, form) in enumerate(asked)
        if counted[f"people_{number}"] >= LEAST
    ]
    return tuple(sorted(told, key=_most_first)[:WORDS])


def _most_first(topic: Topic) -> tuple[int, int, str]:
    return (-topic.people, -topic.posts, topic.name)
