-- Stories in view (layer 5): see addition_functions.sql.

create or replace function pledges_story_added() returns trigger language plpgsql as $$
begin
    perform pledges_queue_additions(5, array_agg(1), array_agg(pledge_id), array_agg(created_at))
    from after_rows where held_at is null and hidden_at is null;
    return null;
end $$;
create or replace function pledges_story_removed() returns trigger language plpgsql as $$
begin
    perform pledges_queue_additions(5, array_agg(-1), array_agg(pledge_id), array_agg(created_at))
    from before_rows where held_at is null and hidden_at is null;
    return null;
end $$;
create or replace function pledges_story_changed() returns trigger language plpgsql as $$
begin
    perform pledges_queue_additions(5, array_agg(sign), array_agg(pledge_id), array_agg(created_at))
    from (
        select sum(sign) as sign, pledge_id, created_at
        from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
        where held_at is null and hidden_at is null
        group by id, pledge_id, created_at having sum(sign) <> 0
    ) r;
    return null;
end $$;
create or replace function pledges_story_emptied() returns trigger language plpgsql as $$
begin
    delete from geo_change where layer = 5;
    delete from geo_ledger where layer = 5;
    update geo_fold set version = version + 1, folded_at = now() where layer = 5;
    return null;
end $$;

create or replace trigger pledges_story_added after insert on pledges_story
    referencing new table as after_rows
    for each statement execute function pledges_story_added();
create or replace trigger pledges_story_removed after delete on pledges_story
    referencing old table as before_rows
    for each statement execute function pledges_story_removed();
create or replace trigger pledges_story_changed after update on pledges_story
    referencing old table as before_rows new table as after_rows
    for each statement execute function pledges_story_changed();
create or replace trigger pledges_story_emptied after truncate on pledges_story
    for each statement execute function pledges_story_emptied();
