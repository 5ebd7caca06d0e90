"""The stored bitmaps: which words are common, and what pledges have, written into their bits.

Writing a pledge again changes nothing, so that whatever is queued twice, or read later than it was
queued, does no harm. Until any word is common, there are no bitmaps at all.
"""

from django.db import connection, transaction

from geo.areas.models import Area
from geo.counts.fold import new_version
from pledges.pledging.models import SPEC, Pledge, Theme
from pledges.word_bitmaps import build
from pledges.word_bitmaps.models import BLOCK, Trait

COMMON = 10_000  # matches of a word that are too many to be read one by one
MOST_WORDS = 500
AT_ONCE = 250  # pledges; each may be in a block of its own, of which all traits are compared
LOCK = 7_302_000
Facet = Trait.Facet

# As many as PostgreSQL took for common when it last analysed the table. Whether a word is kept
# decides how its matches are counted, and never how many they are.
CHOSEN = """
select found.word from pg_stats,
    unnest(most_common_elems::text::text[], most_common_elem_freqs) as found(word, share)
where schemaname = current_schema and tablename = 'pledges_pledge' and attname = 'words'
    and found.word is not null and found.share * (
        select reltuples from pg_class where oid = 'pledges_pledge'::regclass
    ) >= %s
order by found.share desc limit %s
"""
NONE = "0::bit(4096)"
ONE = f"set_bit({NONE}, (p.id & 4095)::int, 1)"
HAS = f"""
select t.id as trait, (p.id >> 12)::int as block, bit_or({ONE}) as bits
from pledges_pledge p cross join lateral (
    values ({Facet.THEME:d}, p.theme_id::text), ({Facet.WHO:d}, p.who::text),
        ({Facet.I_AM:d}, coalesce(p.i_am, 0)::text), ({Facet.DONE:d}, p.done::int::text),
        ({Facet.SHOW:d}, p.show::text), ({Facet.PUBLIC:d}, ''),
        ({Facet.REGION:d}, coalesce(p.region_id, 0)::text)
    union all select {Facet.WORD:d}, lexeme from unnest(p.words)
) as has(facet, value)
join pledges_trait t on t.facet = has.facet and t.value = has.value
where p.public and """  # noqa: S608 - constants and whole numbers
TAKE = """
delete from pledges_touched where id <= (
    select max(id) from (select id from pledges_touched order by id limit %s) as first
) returning pledge
"""
# A block that is new has a row for every trait, so that later changes find theirs.
OPEN = f"""
insert into pledges_traitbits (trait_id, block, bits)
select t.id, wanted.block, {NONE} from pledges_trait t
cross join unnest(%(blocks)s) as wanted(block)
where not exists (
    select from pledges_traitbits base join pledges_trait p on p.id = base.trait_id
    where base.block = wanted.block and p.facet = {Facet.PUBLIC:d}
)
on conflict do nothing
"""  # noqa: S608 - constants and whole numbers
WRITE = f"""
with cleared as materialized (
    select (p.id >> 12)::int as block, bit_or({ONE}) as bits from unnest(%(keys)s) as p(id)
    group by 1
), has as materialized ({HAS} p.id = any(%(keys)s) group by t.id, p.id >> 12)
update pledges_traitbits as kept
set bits = (kept.bits & ~cleared.bits) | coalesce(has.bits, {NONE})
from pledges_traitbits found join cleared on cleared.block = found.block
left join has on has.trait = found.trait_id and has.block = found.block
where kept.trait_id = found.trait_id and kept.block = found.block
    and found.block = any(%(blocks)s)
    and (found.bits & cleared.bits) <> coalesce(has.bits, {NONE})
"""  # noqa: S608 - constants and whole numbers


def fold(most: int = AT_ONCE) -> int:
    """Write up to `most` queued pledges into the bits; return how many were queued.

    Another process that keeps the bits at this moment is left to do it: then 0 is returned.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(TAKE, [most])
        keys = [key for (key,) in cursor.fetchall()]
        if keys and Trait.objects.exists():
            blocks = sorted({key // BLOCK for key in keys})
            cursor.execute(OPEN, {"blocks": blocks})
            cursor.execute(WRITE, {"keys": keys, "blocks": blocks})
            # What was counted from the bits before is kept in memory for this state of the counts.
            if cursor.rowcount:
                new_version(SPEC)
    return len(keys)


def choose() -> int:
    """Keep bits of the words that have become common; return how many traits are new."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(CHOSEN, [COMMON, MOST_WORDS])
        chosen = [word for (word,) in cursor.fetchall()]
        known = set(Trait.objects.values_list("facet", "value"))
        if not chosen and not known:
            return 0
        wanted = {(int(Facet.WORD), word) for word in chosen} | _values()
        new = [Trait(facet=facet, value=value) for facet, value in sorted(wanted - known)]
        if new:
            Trait.objects.bulk_create(new)
            build.write(cursor, build.build(cursor, new))
            cursor.execute("analyze pledges_trait, pledges_traitbits")
    return len(new)


def choose_afresh() -> int:
    """Forget all bits, and keep those of the words that are common now: after a bulk load."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        # Pledges are written meanwhile: what this deletes is committed, and so in what is read.
        cursor.execute("delete from pledges_touched")
        cursor.execute("delete from pledges_traitbits")
        cursor.execute("delete from pledges_trait")
        cursor.execute("analyze pledges_pledge (words)")
        return choose()


def differences() -> int:
    """Return how many rows of bits are not those of the pledges, once the queue is written."""
    while fold():
        pass
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        fresh, stored = build.build(cursor, Trait.objects.all()), build.stored(cursor)
        return sum(fresh.get(at) != stored.get(at) for at in fresh.keys() | stored.keys())


def _values() -> set[tuple[int, str]]:
    """Every value of every facet; a pledge of a theme or region that is new is met by the next."""
    listed = {
        Facet.THEME: Theme.objects.values_list("number", flat=True),
        Facet.WHO: Pledge.Who.values,
        Facet.I_AM: [0, *Pledge.IAm.values],
        Facet.DONE: [0, 1],
        Facet.SHOW: Pledge.Show.values,
        Facet.PUBLIC: [""],
        Facet.REGION: [0, *Area.objects.filter(kind=Area.Kind.REGION).values_list("pk", flat=True)],
    }
    return {(int(facet), str(value)) for facet, values in listed.items() for value in values}
