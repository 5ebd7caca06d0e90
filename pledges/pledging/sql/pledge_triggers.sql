-- Every change of a public pledge goes to the queue of counts (geo_change), whatever path wrote it:
-- the forms, the admin, an import, plain SQL, a foreign key's ON DELETE SET NULL.
--
-- Layers: 1 pledges, 6 those done (by the day when), 8 those whose authors chose a day (all others
-- are due on the next Change Day), and what people add to a pledge:
-- joins, likes and stories (see addition_functions.sql).
--
-- Sign 1 and -1 are counted. Changed words queue a pair that adds up to nothing, since counts of
-- words are cached until the next fold. Sign 0 is published alone: what nobody counts. `key` is the
-- pledge that the news log names; what only moves along with a pledge has none.

create or replace function pledges_pledge_added() returns trigger language plpgsql as $$
begin
    insert into geo_change
        (layer, sign, morton, region, district, day, shown, facet, part, owner, key)
    select 1, 1, morton, coalesce(region_id, 0), coalesce(district_id, 0), day, show, facet,
        theme_id, organisation_id, id::text
    from after_rows where public;

    if exists (select from after_rows where due is not null) then
        insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner)
        select 8, 1, coalesce(region_id, 0), coalesce(district_id, 0), day, show, facet,
            theme_id, organisation_id
        from after_rows where public and due is not null;
    end if;

    if exists (select from after_rows where done_at is not null) then
        insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner, key)
        select 6, 1, coalesce(region_id, 0), coalesce(district_id, 0),
            timezone('Europe/London', done_at)::date, show, facet,
            theme_id, organisation_id, id::text
        from after_rows where public and done_at is not null;
    end if;

    -- Additions come after their pledge, unless an import defers the check of foreign keys.
    insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner)
    select a.layer, 1, coalesce(region_id, 0), coalesce(district_id, 0),
        timezone('Europe/London', a.at)::date, show, facet, theme_id, organisation_id
    from after_rows r cross join pledges_additions(r.id) a where public;
    return null;
end $$;

create or replace function pledges_pledge_removed() returns trigger language plpgsql as $$
begin
    insert into geo_change
        (layer, sign, morton, region, district, day, shown, facet, part, owner, key)
    select 1, -1, morton, coalesce(region_id, 0), coalesce(district_id, 0), day, show, facet,
        theme_id, organisation_id, id::text
    from before_rows where public;

    insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner)
    select 8, -1, coalesce(region_id, 0), coalesce(district_id, 0), day, show, facet,
        theme_id, organisation_id
    from before_rows where public and due is not null;

    insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner, key)
    select 6, -1, coalesce(region_id, 0), coalesce(district_id, 0),
        timezone('Europe/London', done_at)::date, show, facet,
        theme_id, organisation_id, id::text
    from before_rows where public and done_at is not null;

    insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner)
    select a.layer, -1, coalesce(region_id, 0), coalesce(district_id, 0),
        timezone('Europe/London', a.at)::date, show, facet, theme_id, organisation_id
    from before_rows r cross join pledges_additions(r.id) a where public;
    return null;
end $$;

-- Each row is taken as before (sign -1) and as after (sign 1). Grouped by what is counted, a row of
-- which nothing of it changed adds up to nothing. `execute` has the statements planned for as many
-- rows as there are: a plan cached from one row would compare each row of a large update with each.
create or replace function pledges_pledge_changed() returns trigger language plpgsql as $$
begin
    execute $q$
        insert into geo_change
            (layer, sign, morton, region, district, day, shown, facet, part, owner, key)
        select 1, sum(sign), morton, coalesce(region_id, 0), coalesce(district_id, 0), day, show,
            facet, theme_id, organisation_id, id::text
        from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
        where public
        group by id, morton, region_id, district_id, day, show, facet, theme_id, organisation_id,
            text, display_name
        having sum(sign) <> 0;

        insert into geo_change (layer, sign, key)
        select 1, 0, r.id::text from after_rows r join before_rows o using (id)
        where r.public and (r.team, r.due, r.outcode, r.demo, r.created_at)
            is distinct from (o.team, o.due, o.outcode, o.demo, o.created_at);

        insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner)
        select 8, sum(sign), coalesce(region_id, 0), coalesce(district_id, 0), day, show, facet,
            theme_id, organisation_id
        from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
        where public and due is not null
        group by id, region_id, district_id, day, show, facet, theme_id, organisation_id
        having sum(sign) <> 0;

        insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner, key)
        select 6, sum(sign), coalesce(region_id, 0), coalesce(district_id, 0),
            timezone('Europe/London', done_at)::date, show, facet,
            theme_id, organisation_id, id::text
        from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
        where public and done_at is not null
        group by id, region_id, district_id, done_at, show, facet, theme_id, organisation_id
        having sum(sign) <> 0;

        insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner)
        select a.layer, r.sign, coalesce(region_id, 0), coalesce(district_id, 0),
            timezone('Europe/London', a.at)::date, show, facet, theme_id, organisation_id
        from (
            select sum(sign) as sign, id, region_id, district_id, show, facet, theme_id,
                organisation_id
            from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
            where public
            group by id, region_id, district_id, show, facet, theme_id, organisation_id
            having sum(sign) <> 0
        ) r cross join pledges_additions(r.id) a;
    $q$;
    return null;
end $$;

create or replace function pledges_pledge_emptied() returns trigger language plpgsql as $$
begin
    delete from geo_change where layer in (1, 6, 8);
    delete from geo_cell where layer = 1;
    delete from geo_cube where layer = 1;
    delete from geo_ledger where layer in (1, 6, 8);
    update geo_fold set version = version + 1, folded_at = now() where layer in (1, 6, 8);
    insert into geo_change (layer, sign, key) values (1, 0, '');
    return null;
end $$;

create or replace trigger pledges_pledge_added after insert on pledges_pledge
    referencing new table as after_rows
    for each statement execute function pledges_pledge_added();
create or replace trigger pledges_pledge_removed after delete on pledges_pledge
    referencing old table as before_rows
    for each statement execute function pledges_pledge_removed();
create or replace trigger pledges_pledge_changed after update on pledges_pledge
    referencing old table as before_rows new table as after_rows
    for each statement execute function pledges_pledge_changed();
create or replace trigger pledges_pledge_emptied after truncate on pledges_pledge
    for each statement execute function pledges_pledge_emptied();
