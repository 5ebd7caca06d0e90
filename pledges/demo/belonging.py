"""The likes and joins of demo pledges, by demo people, and stories of what became of some."""

from django.db import connection

from pledges.accounts.models import User
from pledges.demo import words
from pledges.pledging.models import Theme

PEOPLE = 40  # demo people, who like and join

# A pledge's likes and joins are of as many people in a row, in the month after it was made.
BELONGING = """
with people as (
    select id, row_number() over (order by id) - 1 as place from pledges_user where demo
)
insert into {table} (pledge_id, person_id, created_at {columns})
select p.id, people.id, at.moment {values}
from pledges_pledge p join pledges_pledgecounts c on c.pledge_id = p.id
cross join lateral generate_series(0, c.{count} - 1) as i
join people on people.place = (p.id + i) %% (select count(*) from people)
cross join lateral (
    select least(p.created_at + make_interval(hours => ((p.id * 7 + i * 31) %% 720)::int), now())
) as at(moment)
where p.id >= %s and p.demo
"""
DONE = "case when i %% 3 = 0 and p.done_at is not null then greatest(p.done_at, at.moment) end"
# Every thirtieth that is done, within ten days of it.
STORIES = """
insert into pledges_story (pledge_id, text, difference, picture_alt, created_at, demo)
select p.id, told.text, told.difference, '',
  least(p.done_at + make_interval(hours => (p.id * 13 %% 240)::int), now()), true
from pledges_pledge p
join unnest(%s::int[], %s::int[], %s::text[], %s::text[])
  as told(theme, place, text, difference)
  on told.theme = p.theme_id and told.place = p.id / 30 %% 2
where p.id >= %s and p.demo and p.done_at is not null and p.id %% 30 = 0
"""


def demo_people() -> int:
    """Have the people of the demo there; return how many they are."""
    there = User.objects.filter(demo=True).count()
    User.objects.bulk_create(
        User(email=f"demo-{number}@example.invalid", name="Demo", demo=True)
        for number in range(there, PEOPLE)
    )
    return max(there, PEOPLE)


def write_belonging(first: int) -> None:
    """Write the likes and joins that were counted, and stories; none of them for a large demo."""
    demo_people()
    likes = BELONGING.format(table="pledges_like", columns="", values="", count="likes")
    joins = BELONGING.format(
        table="pledges_join",
        columns=", text, done_at",
        values=f", p.text, {DONE}",
        count="joins",
    )
    with connection.cursor() as cursor:
        cursor.execute(likes, [first])
        cursor.execute(joins, [first])
        cursor.execute(STORIES, [*map(list, zip(*_told(), strict=True)), first])


def _told() -> list[tuple[int, int, str, str]]:
    """The number of a theme, the place of a story among its own, the story and the difference."""
    numbers = dict(Theme.objects.values_list("slug", "number"))
    return [
        (numbers[slug], place, *told)
        for slug, stories in words.STORIES.items()
        if slug in numbers
        for place, told in enumerate(stories)
    ]
