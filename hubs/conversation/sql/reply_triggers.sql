-- Every change of a public reply goes to the queue of counts as layer 42, in the place of its post.
--
-- A reply and its post may be written at the same moment by two transactions that do not see each
-- other. So the post is locked for share before it is read; its own trigger, whose statement waited
-- for that lock, sees the new reply. Posts are locked in the order of their numbers.

create or replace function conversation_reply_added() returns trigger language plpgsql as $$
begin
    perform from conversation_post where id in (select post_id from after_rows)
    order by id for share;
    insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner, key)
    select 42, 1, coalesce(region_id, 0), coalesce(district_id, 0),
        timezone('Europe/London', r.created_at)::date, show, facet, theme_id, organisation_id,
        p.id::text
    from after_rows r join conversation_post p on p.id = r.post_id
    where p.public and r.public;
    return null;
end $$;

create or replace function conversation_reply_removed() returns trigger language plpgsql as $$
begin
    perform from conversation_post where id in (select post_id from before_rows)
    order by id for share;
    insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner, key)
    select 42, -1, coalesce(region_id, 0), coalesce(district_id, 0),
        timezone('Europe/London', r.created_at)::date, show, facet, theme_id, organisation_id,
        p.id::text
    from before_rows r join conversation_post p on p.id = r.post_id
    where p.public and r.public;
    return null;
end $$;

create or replace function conversation_reply_changed() returns trigger language plpgsql as $$
begin
    perform from conversation_post where id in (
        select post_id from before_rows union select post_id from after_rows
    ) order by id for share;
    -- Planned when it runs, for one row or for many.
    execute $q$
        insert into geo_change (layer, sign, region, district, day, shown, facet, part, owner, key)
        select 42, r.sign, coalesce(region_id, 0), coalesce(district_id, 0),
            timezone('Europe/London', r.created_at)::date, show, facet, theme_id, organisation_id,
            p.id::text
        from (
            select sum(sign) as sign, post_id, created_at
            from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
            where public group by id, post_id, created_at having sum(sign) <> 0
        ) r join conversation_post p on p.id = r.post_id
        where p.public
    $q$;
    return null;
end $$;

create or replace function conversation_reply_emptied() returns trigger language plpgsql as $$
begin
    delete from geo_change where layer = 42;
    delete from geo_ledger where layer = 42;
    update geo_fold set version = version + 1, folded_at = now() where layer = 42;
    return null;
end $$;

create or replace trigger conversation_reply_added after insert on conversation_reply
    referencing new table as after_rows
    for each statement execute function conversation_reply_added();
create or replace trigger conversation_reply_removed after delete on conversation_reply
    referencing old table as before_rows
    for each statement execute function conversation_reply_removed();
create or replace trigger conversation_reply_changed after update on conversation_reply
    referencing old table as before_rows new table as after_rows
    for each statement execute function conversation_reply_changed();
create or replace trigger conversation_reply_emptied after truncate on conversation_reply
    for each statement execute function conversation_reply_emptied();
