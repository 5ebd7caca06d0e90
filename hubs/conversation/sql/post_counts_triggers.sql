-- Replies, supports and follows of a post are counted beside it (conversation_postcounts), with
-- what lists are filtered by, in the transaction of the write and whatever path writes.
--
-- The counts of all posts of a statement are locked in the order of their numbers, so that two
-- statements queue up and never deadlock. Triggers of one event fire in the order of their names:
-- conversation_reply_totals_* after conversation_reply_*, so that a post is locked before its
-- counts, as by an update of the post.

-- What lists are filtered by.
create or replace function conversation_postcounts_filled() returns trigger language plpgsql as $$
begin
    select p.public, p.facet, p.region_id, p.day into new.public, new.facet, new.region, new.day
    from conversation_post p where p.id = new.post_id;
    return new;
end $$;
create or replace trigger conversation_postcounts_filled before insert on conversation_postcounts
    for each row execute function conversation_postcounts_filled();

create or replace function conversation_post_filters() returns trigger language plpgsql as $$
begin
    update conversation_postcounts
    set public = new.public, facet = new.facet, region = new.region_id, day = new.day
    where post_id = new.id and (public, facet, region, day)
        is distinct from (new.public, new.facet, new.region_id, new.day);
    return null;
end $$;
create or replace trigger conversation_post_filters after update on conversation_post
    for each row execute function conversation_post_filters();

-- Replies, and when a post was last discussed: by the last reply in view, else when it was posted.
-- One reply may leave the view as another enters it, so a sum of nothing counts too.
create or replace function conversation_reply_totals() returns trigger language plpgsql as $$
declare
    gone bigint[] = '{}';
    come bigint[] = '{}';
begin
    if tg_op <> 'INSERT' then gone = array(select post_id from before_rows where public); end if;
    if tg_op <> 'DELETE' then come = array(select post_id from after_rows where public); end if;
    perform from conversation_postcounts where post_id = any (gone || come)
    order by post_id for no key update;
    update conversation_postcounts k set replies = k.replies + d.n,
        last_at = coalesce((
            select max(created_at) from conversation_reply where post_id = k.post_id and public
        ), (
            select created_at from conversation_post where id = k.post_id
        ), k.last_at)
    from (
        select post_id, sum(sign) as n from (
            select unnest(gone) as post_id, -1 as sign union all select unnest(come), 1
        ) r group by post_id
    ) d where k.post_id = d.post_id;
    return null;
end $$;
create or replace trigger conversation_reply_totals_added after insert on conversation_reply
    referencing new table as after_rows
    for each statement execute function conversation_reply_totals();
create or replace trigger conversation_reply_totals_removed after delete on conversation_reply
    referencing old table as before_rows
    for each statement execute function conversation_reply_totals();
create or replace trigger conversation_reply_totals_changed after update on conversation_reply
    referencing old table as before_rows new table as after_rows
    for each statement execute function conversation_reply_totals();

-- Supports. Their number is published, and so the post goes to the queue too.
create or replace function conversation_support_totals() returns trigger language plpgsql as $$
declare
    gone bigint[] = '{}';
    come bigint[] = '{}';
begin
    if tg_op <> 'INSERT' then gone = array(select post_id from before_rows); end if;
    if tg_op <> 'DELETE' then come = array(select post_id from after_rows); end if;
    perform from conversation_postcounts where post_id = any (gone || come)
    order by post_id for no key update;
    update conversation_postcounts k set supports = k.supports + d.n
    from (
        select post_id, sum(sign) as n from (
            select unnest(gone) as post_id, -1 as sign union all select unnest(come), 1
        ) r group by post_id having sum(sign) <> 0
    ) d where k.post_id = d.post_id;
    insert into geo_change (layer, sign, key)
    select 41, 0, id::text from conversation_post where public and id = any (gone || come);
    return null;
end $$;
create or replace trigger conversation_support_totals_added after insert on conversation_support
    referencing new table as after_rows
    for each statement execute function conversation_support_totals();
create or replace trigger conversation_support_totals_removed after delete on conversation_support
    referencing old table as before_rows
    for each statement execute function conversation_support_totals();
create or replace trigger conversation_support_totals_changed after update on conversation_support
    referencing old table as before_rows new table as after_rows
    for each statement execute function conversation_support_totals();

-- Follows.
create or replace function conversation_follow_totals() returns trigger language plpgsql as $$
declare
    gone bigint[] = '{}';
    come bigint[] = '{}';
begin
    if tg_op <> 'INSERT' then gone = array(select post_id from before_rows); end if;
    if tg_op <> 'DELETE' then come = array(select post_id from after_rows); end if;
    perform from conversation_postcounts where post_id = any (gone || come)
    order by post_id for no key update;
    update conversation_postcounts k set follows = k.follows + d.n
    from (
        select post_id, sum(sign) as n from (
            select unnest(gone) as post_id, -1 as sign union all select unnest(come), 1
        ) r group by post_id having sum(sign) <> 0
    ) d where k.post_id = d.post_id;
    return null;
end $$;
create or replace trigger conversation_follow_totals_added after insert on conversation_follow
    referencing new table as after_rows
    for each statement execute function conversation_follow_totals();
create or replace trigger conversation_follow_totals_removed after delete on conversation_follow
    referencing old table as before_rows
    for each statement execute function conversation_follow_totals();
create or replace trigger conversation_follow_totals_changed after update on conversation_follow
    referencing old table as before_rows new table as after_rows
    for each statement execute function conversation_follow_totals();
