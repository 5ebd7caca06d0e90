-- Joins (layer 3), joins done (7), likes (4) and stories in view (5) go to the queue of counts in
-- the place of their pledge while it is public.
--
-- A row and its pledge may be written at the same moment by two transactions that do not see each
-- other. So the pledge is locked for share before it is read; its own trigger, whose statement
-- waited for that lock, sees the new row. Pledges are locked in the order of their numbers.

-- Joins (3), joins done (7), likes (4) and stories in view (5) of a pledge. They are counted while
-- the pledge is public, as the pledge is now. PostgreSQL inlines this function into its caller.
create or replace function pledges_additions(of_pledge bigint)
returns table (layer int, at timestamptz) language sql stable as $$
    select 3, created_at from pledges_join where pledge_id = of_pledge
    union all
    select 7, done_at from pledges_join where pledge_id = of_pledge and done_at is not null
    union all
    select 4, created_at from pledges_like where pledge_id = of_pledge
    union all
    select 5, created_at from pledges_story
    where pledge_id = of_pledge and held_at is null and hidden_at is null
$$;

-- Queues one entry for each place of the arrays: a sign, the number of a pledge and a moment.
create or replace function pledges_queue_additions(
    of_layer int, signs bigint[], of_pledges bigint[], moments timestamptz[]
) returns void language plpgsql strict as $$
begin
    perform from pledges_pledge where id = any (of_pledges) order by id for share;
    insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner, key)
    select of_layer, a.sign, coalesce(region_id, 0), coalesce(district_id, 0),
        timezone('Europe/London', a.at)::date, show, facet, theme_id, organisation_id, id::text
    from unnest(signs, of_pledges, moments) as a (sign, pledge, at)
    join pledges_pledge p on p.id = a.pledge where p.public;
end $$;
