"""What is counted beside pledges, in the place of the pledge: joins, likes, stories, what is done.

A row counts while its pledge is public, on the London day of its own moment. Triggers keep the
queue of each: see the migration that is named for them.
"""

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from geo.live.models import News
from pledges.pledging.models import SPEC

FACTS = (
    "select null::bigint as morton, coalesce(p.region_id, 0) as region,"
    " coalesce(p.district_id, 0) as district, timezone('Europe/London', {moment})::date as day,"
    " p.show as shown, p.facet, p.theme_id as part, p.organisation_id as owner"
    " from pledges_pledge p {rows} where p.public and {when}"
)
JOINS = replace(
    SPEC,
    layer=3,
    name="joins",
    mapped=False,
    verb=News.Verb.JOINED,
    facts=FACTS.format(
        rows="join pledges_join r on r.pledge_id = p.id", moment="r.created_at", when="true"
    ),
)
LIKES = replace(
    JOINS,
    layer=4,
    name="likes",
    verb=News.Verb.CHANGED,
    facts=FACTS.format(
        rows="join pledges_like r on r.pledge_id = p.id", moment="r.created_at", when="true"
    ),
)
STORIES = replace(
    JOINS,
    layer=5,
    name="stories",
    verb=News.Verb.CHANGED,
    facts=FACTS.format(
        rows="join pledges_story r on r.pledge_id = p.id",
        moment="r.created_at",
        when="r.held_at is null and r.hidden_at is null",
    ),
)
DONE = replace(
    JOINS,
    layer=6,
    name="done",
    verb=News.Verb.DONE,
    facts=FACTS.format(rows="", moment="p.done_at", when="p.done_at is not null"),
)
# What those who joined have done of it.
PARTS_DONE = replace(
    JOINS,
    layer=7,
    name="parts done",
    verb=News.Verb.CHANGED,
    facts=FACTS.format(
        rows="join pledges_join r on r.pledge_id = p.id",
        moment="r.done_at",
        when="r.done_at is not null",
    ),
)
# Pledges whose authors chose a day, on the day they were made: all others are due on a Change Day.
DATED = replace(
    JOINS,
    layer=8,
    name="dated",
    verb=News.Verb.CHANGED,
    facts=FACTS.format(rows="", moment="p.created_at", when="p.due is not null"),
)
# Everything that the worker folds and `check_totals` checks.
SPECS = (SPEC, JOINS, LIKES, STORIES, DONE, PARTS_DONE, DATED)


class Authors(models.Model):
    """How many different people have made a public pledge, by area or organisation.

    Counted afresh hourly. A number that follows every pledge would tell from one look to the next
    who is new. `year` is 0 for all time. `scope` says what `key` is the number of; "" is all.
    """

    scope = models.CharField(max_length=20, blank=True)
    key = models.BigIntegerField(default=0)
    year = models.SmallIntegerField(default=0)
    n = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("number of authors")
        verbose_name_plural = _("numbers of authors")
        constraints = [
            models.UniqueConstraint(fields=["scope", "key", "year"], name="pledges_authors_once")
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key} {self.year}: {self.n}"
