-- A new pledge, and one of which anything that the bitmaps hold has changed, goes by its number to
-- the queue of pledges whose bits are to be written.

create or replace function pledges_bitmap_added() returns trigger language plpgsql as $$
begin
    insert into pledges_touched (pledge) select id from after_rows where public;
    return null;
end $$;
create or replace function pledges_bitmap_removed() returns trigger language plpgsql as $$
begin
    insert into pledges_touched (pledge) select id from before_rows where public;
    return null;
end $$;
create or replace function pledges_bitmap_changed() returns trigger language plpgsql as $$
begin
    -- Planned when it runs: an update of many rows is not one of few.
    execute $q$
        insert into pledges_touched (pledge)
        select r.id from after_rows r join before_rows o using (id)
        where (r.public or o.public) and (r.public, r.facet, r.show, r.region_id, r.words)
            is distinct from (o.public, o.facet, o.show, o.region_id, o.words)
    $q$;
    return null;
end $$;
create or replace function pledges_bitmap_emptied() returns trigger language plpgsql as $$
begin
    delete from pledges_touched;
    delete from pledges_traitbits;
    delete from pledges_trait;
    return null;
end $$;

create or replace trigger pledges_bitmap_added after insert on pledges_pledge
    referencing new table as after_rows
    for each statement execute function pledges_bitmap_added();
create or replace trigger pledges_bitmap_removed after delete on pledges_pledge
    referencing old table as before_rows
    for each statement execute function pledges_bitmap_removed();
create or replace trigger pledges_bitmap_changed after update on pledges_pledge
    referencing old table as before_rows new table as after_rows
    for each statement execute function pledges_bitmap_changed();
create or replace trigger pledges_bitmap_emptied after truncate on pledges_pledge
    for each statement execute function pledges_bitmap_emptied();
