-- Joins (layer 3) and joins done (layer 7): see addition_functions.sql.

create or replace function pledges_join_added() returns trigger language plpgsql as $$
begin
    perform pledges_queue_additions(3, array_agg(1), array_agg(pledge_id), array_agg(created_at))
    from after_rows;
    perform pledges_queue_additions(7, array_agg(1), array_agg(pledge_id), array_agg(done_at))
    from after_rows where done_at is not null;
    return null;
end $$;
create or replace function pledges_join_removed() returns trigger language plpgsql as $$
begin
    perform pledges_queue_additions(3, array_agg(-1), array_agg(pledge_id), array_agg(created_at))
    from before_rows;
    perform pledges_queue_additions(7, array_agg(-1), array_agg(pledge_id), array_agg(done_at))
    from before_rows where done_at is not null;
    return null;
end $$;
create or replace function pledges_join_changed() returns trigger language plpgsql as $$
begin
    perform pledges_queue_additions(3, array_agg(sign), array_agg(pledge_id), array_agg(created_at))
    from (
        select sum(sign) as sign, pledge_id, created_at
        from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
        group by id, pledge_id, created_at having sum(sign) <> 0
    ) r;
    perform pledges_queue_additions(7, array_agg(sign), array_agg(pledge_id), array_agg(done_at))
    from (
        select sum(sign) as sign, pledge_id, done_at
        from (select -1 as sign, * from before_rows union all select 1, * from after_rows) r
        where done_at is not null
        group by id, pledge_id, done_at having sum(sign) <> 0
    ) r;
    return null;
end $$;
create or replace function pledges_join_emptied() returns trigger language plpgsql as $$
begin
    delete from geo_change where layer in (3, 7);
    delete from geo_ledger where layer in (3, 7);
    update geo_fold set version = version + 1, folded_at = now() where layer in (3, 7);
    return null;
end $$;

create or replace trigger pledges_join_added after insert on pledges_join
    referencing new table as after_rows
    for each statement execute function pledges_join_added();
create or replace trigger pledges_join_removed after delete on pledges_join
    referencing old table as before_rows
    for each statement execute function pledges_join_removed();
create or replace trigger pledges_join_changed after update on pledges_join
    referencing old table as before_rows new table as after_rows
    for each statement execute function pledges_join_changed();
create or replace trigger pledges_join_emptied after truncate on pledges_join
    for each statement execute function pledges_join_emptied();
