-- Likes (layer 4): see addition_functions.sql.

create or replace function pledges_like_added() returns trigger language plpgsql as $$
begin
    perform pledges_queue_additions(4, array_agg(1), array_agg(pledge_id), array_agg(created_at))
    from after_rows;
    return null;
end $$;
create or replace function pledges_like_removed() returns trigger language plpgsql as $$
begin
    perform pledges_queue_additions(4, array_agg(-1), array_agg(pledge_id), array_agg(created_at))
    from before_rows;
    return null;
end $$;
create or replace function pledges_like_changed() returns trigger language plpgsql as $$
begin
    perform pledges_queue_additions(4, array_agg(sign), array_agg(pledge_id), array_agg(created_at))
    from (
        select sum(sign) as sign, pledge_id, created_at
        from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
        group by id, pledge_id, created_at having sum(sign) <> 0
    ) r;
    return null;
end $$;
create or replace function pledges_like_emptied() returns trigger language plpgsql as $$
begin
    delete from geo_change where layer = 4;
    delete from geo_ledger where layer = 4;
    update geo_fold set version = version + 1, folded_at = now() where layer = 4;
    return null;
end $$;

create or replace trigger pledges_like_added after insert on pledges_like
    referencing new table as after_rows
    for each statement execute function pledges_like_added();
create or replace trigger pledges_like_removed after delete on pledges_like
    referencing old table as before_rows
    for each statement execute function pledges_like_removed();
create or replace trigger pledges_like_changed after update on pledges_like
    referencing old table as before_rows new table as after_rows
    for each statement execute function pledges_like_changed();
create or replace trigger pledges_like_emptied after truncate on pledges_like
    for each statement execute function pledges_like_emptied();
