-- The trigger function by which a table has its rows published in the log of news and not counted:
-- it queues (geo_change) the key of each public row that was added, removed or changed. A row of
-- another key is removed and added. Statement-level, with before_rows and after_rows.
--
-- Arguments, the middle two SQL over a row: number of the layer; last part of a feature's address;
-- whether it has one; for an update, the columns that are published.
create or replace function geo_publish_changes() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        execute format($q$
            with o as (select id, %2$s as key, row(%4$s) as seen from before_rows where %3$s),
            r as (select id, %2$s as key, row(%4$s) as seen from after_rows where %3$s)
            insert into geo_change (layer, sign, key)
            select %1$s, -1, key from o
            where not exists (select from r where r.id = o.id and r.key = o.key)
            union all
            select %1$s, 1, key from r
            where not exists (select from o where o.id = r.id and o.key = r.key)
            union all
            select %1$s, 0, r.key from r join o using (id, key) where r.seen is distinct from o.seen
        $q$, tg_argv[0], tg_argv[1], tg_argv[2], tg_argv[3]);
    else
        execute format(
            'insert into geo_change (layer, sign, key) select %s, %s, %s from %s where %s',
            tg_argv[0], case tg_op when 'INSERT' then 1 else -1 end, tg_argv[1],
            case tg_op when 'INSERT' then 'after_rows' else 'before_rows' end, tg_argv[2]);
    end if;
    return null;
end $$;
