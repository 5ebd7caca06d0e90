"""Count the terms of the posts of each theme: words as the full text index keeps them, and pairs.

Only the newest posts are read, so that it takes the same time however many there are. A term
counts where at least five people said it who are not anonymous. How many of the anonymous are one
person is not looked up: that a term is shown must not tell that one of them is somebody else.
"""

import datetime
from collections.abc import Mapping, Sequence

from django.db import connection, transaction
from django.utils import timezone

from geo.core.disclosure import LEAST
from hubs.conversation.models.themes import Theme
from hubs.conversation.models.topics import Sensed, Term
from hubs.conversation.topics import selection, stems

NEWEST = 50_000  # posts of a theme
LATELY = datetime.timedelta(days=7)
BEFORE = datetime.timedelta(days=35)  # the four weeks that the last one is compared with

READ = """
drop table if exists conversation_read;
create temporary table conversation_read as
select id, region_id as region, words, created_at >= %(lately)s as late,
       created_at >= %(before)s and created_at < %(lately)s as before,
       case when signed = 3 then null when demo then -id else author_id end as author
from conversation_post
where public and theme_id = %(theme)s
order by created_at desc, id desc limit %(newest)s
"""
TOTALS = """
select region, count(*), count(*) filter (where late), count(*) filter (where before)
from conversation_read group by grouping sets ((), (region))
having grouping(region) = 1 or region is not null
"""
# Words next to each other in the text are next to each other in their places.
COUNTED = """
select r.region, t.term, count(*), count(distinct r.author),
       count(*) filter (where r.late), count(distinct r.author) filter (where r.late),
       count(*) filter (where r.before), min(r.id), max(r.id)
from conversation_read r cross join lateral (
    select distinct v.term from (
        select w.lexeme, w.lexeme || ' ' || case
            when lead(w.place) over in_text = w.place + 1 then lead(w.lexeme) over in_text
        end as pair
        from (
            select u.lexeme, p.place from unnest(r.words) as u, unnest(u.positions) as p(place)
        ) as w window in_text as (order by w.place)
    ) as x cross join lateral (values (x.lexeme), (x.pair)) as v(term)
    where v.term ~ '^[[:alpha:]]{3,30}( [[:alpha:]]{3,30})?$'
) as t
group by grouping sets ((t.term), (t.term, r.region))
having count(distinct r.author) >= %(least)s and (grouping(r.region) = 1 or r.region is not null)
"""
# Those that left the view while the others were counted.
LEFT = """
select conversation_terms_subtract(
    %(theme)s::smallint, r.region, r.words, r.late, r.author is not null
)
from conversation_read r left join conversation_post p on p.id = r.id
where p.public is not true
"""
Chosen = Sequence[selection.Counted]
Totals = Mapping[int | None, selection.Posts]


def count_all() -> None:
    """Count the terms of all themes that have begun."""
    for theme in Theme.objects.begun():
        count_terms(theme)


def count_terms(theme: Theme) -> None:
    """Count the terms of a theme afresh."""
    now = timezone.now()
    said = {"theme": theme.number, "lately": now - LATELY, "before": now - BEFORE}
    with connection.cursor() as cursor:
        cursor.execute(READ, {**said, "newest": NEWEST})
        cursor.execute(TOTALS)
        totals = {region: selection.Posts(*numbers) for region, *numbers in cursor.fetchall()}
        cursor.execute(COUNTED, {"least": LEAST})
        chosen = selection.choose((selection.Counted(*row) for row in cursor.fetchall()), totals)
        _write(theme, now, chosen, totals)
        cursor.execute("drop table conversation_read")


def _write(theme: Theme, now: datetime.datetime, chosen: Chosen, totals: Totals) -> None:
    """Write the new numbers, less what has left the view since the posts were read."""
    worded = stems.forms_of(chosen)
    terms = [
        Term(
            theme=theme,
            region_id=one.region,
            stems=one.stems,
            form=worded[one.stems],
            posts=one.posts,
            authors=one.authors,
            lately=one.lately,
            authors_lately=one.authors_lately,
            rise=selection.rise(one, totals[one.region]),
        )
        for one in chosen
        if one.stems in worded
    ]
    with transaction.atomic():
        # Whatever takes a post out of view shares this row: it ended before, or comes after.
        done = {"counted_at": now, "posts": totals[None].posts}
        Sensed.objects.update_or_create(theme=theme, defaults=done)
        Term.objects.filter(theme=theme).delete()
        Term.objects.bulk_create(terms)
        with connection.cursor() as cursor:
            cursor.execute(LEFT, {"theme": theme.number})
