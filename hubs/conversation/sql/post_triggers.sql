-- Every change of a public post goes to the queue of counts (geo_change), whatever path wrote it.
--
-- Layers: 41 posts, 42 replies. A reply is counted while it and its post are public, as the post is
-- now, so a change of the post takes its replies along. Sign 1 and -1 are counted; changed words
-- queue a pair that adds up to nothing, so that what is cached of them is read again. Sign 0 is
-- published alone. `key` is the post that the news log names; what only moves along has none.

create or replace function conversation_post_added() returns trigger language plpgsql as $$
begin
    insert into geo_change
        (layer, sign, morton, region, district, day, shown, facet, part, owner, key)
    select 41, 1, morton, coalesce(region_id, 0), coalesce(district_id, 0), day, show, facet,
        theme_id, organisation_id, id::text
    from after_rows where public;

    -- Replies come after their post, unless an import defers the check of foreign keys.
    insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner)
    select 42, 1, coalesce(region_id, 0), coalesce(district_id, 0),
        timezone('Europe/London', c.created_at)::date, show, facet, theme_id, organisation_id
    from after_rows r join conversation_reply c on c.post_id = r.id
    where r.public and c.public;
    return null;
end $$;

create or replace function conversation_post_removed() returns trigger language plpgsql as $$
begin
    insert into geo_change
        (layer, sign, morton, region, district, day, shown, facet, part, owner, key)
    select 41, -1, morton, coalesce(region_id, 0), coalesce(district_id, 0), day, show, facet,
        theme_id, organisation_id, id::text
    from before_rows where public;

    insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner)
    select 42, -1, coalesce(region_id, 0), coalesce(district_id, 0),
        timezone('Europe/London', c.created_at)::date, show, facet, theme_id, organisation_id
    from before_rows r join conversation_reply c on c.post_id = r.id
    where r.public and c.public;
    return null;
end $$;

-- Each row is taken as before (sign -1) and as after (sign 1). Grouped by what is counted, a row of
-- which nothing of it changed adds up to nothing. `execute` has the statements planned for as many
-- rows as there are.
create or replace function conversation_post_changed() returns trigger language plpgsql as $$
begin
    execute $q$
        insert into geo_change
            (layer, sign, morton, region, district, day, shown, facet, part, owner, key)
        select 41, sum(sign), morton, coalesce(region_id, 0), coalesce(district_id, 0), day, show,
            facet, theme_id, organisation_id, id::text
        from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
        where public
        group by id, morton, region_id, district_id, day, show, facet, theme_id, organisation_id,
            text
        having sum(sign) <> 0;

        insert into geo_change (layer, sign, key)
        select 41, 0, r.id::text from after_rows r join before_rows o using (id)
        where r.public and (r.display_name, r.role, r.works_in_care, r.outcode, r.closed_at,
            r.result, r.demo, r.created_at)
            is distinct from (o.display_name, o.role, o.works_in_care, o.outcode, o.closed_at,
            o.result, o.demo, o.created_at);

        insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner)
        select 42, r.sign, coalesce(region_id, 0), coalesce(district_id, 0),
            timezone('Europe/London', c.created_at)::date, show, facet, theme_id, organisation_id
        from (
            select sum(sign) as sign, id, region_id, district_id, show, facet, theme_id,
                organisation_id
            from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
            where public
            group by id, region_id, district_id, show, facet, theme_id, organisation_id
            having sum(sign) <> 0
        ) r join conversation_reply c on c.post_id = r.id
        where c.public;
    $q$;
    return null;
end $$;

create or replace function conversation_post_emptied() returns trigger language plpgsql as $$
begin
    delete from geo_change where layer in (41, 42);
    delete from geo_cell where layer = 41;
    delete from geo_cube where layer = 41;
    delete from geo_ledger where layer in (41, 42);
    update geo_fold set version = version + 1, folded_at = now() where layer in (41, 42);
    insert into geo_change (layer, sign, key) values (41, 0, '');
    return null;
end $$;

create or replace trigger conversation_post_added after insert on conversation_post
    referencing new table as after_rows
    for each statement execute function conversation_post_added();
create or replace trigger conversation_post_removed after delete on conversation_post
    referencing old table as before_rows
    for each statement execute function conversation_post_removed();
create or replace trigger conversation_post_changed after update on conversation_post
    referencing old table as before_rows new table as after_rows
    for each statement execute function conversation_post_changed();
create or replace trigger conversation_post_emptied after truncate on conversation_post
    for each statement execute function conversation_post_emptied();
