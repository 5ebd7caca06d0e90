-- A post that leaves the view is taken off the terms that it had. Whoever recounts the terms holds
-- the row of conversation_sensed while the new numbers are written, and looks behind it.

create or replace function conversation_terms_subtract(
    of_theme smallint, of_region bigint, said tsvector, late boolean, named boolean
) returns void language sql as $$
    update conversation_term set posts = posts - 1,
        authors = authors - named::int,
        lately = lately - late::int,
        authors_lately = authors_lately - (named and late)::int,
        rise = case when authors_lately - (named and late)::int >= 5 then rise end
    where theme_id = of_theme and (region_id is null or region_id = of_region)
        and string_to_array(stems, ' ') <@ tsvector_to_array(said);
$$;

create or replace function conversation_post_terms() returns trigger language plpgsql as $$
begin
    perform from conversation_sensed where theme_id = old.theme_id for share;
    perform conversation_terms_subtract(old.theme_id, old.region_id, old.words,
        old.created_at >= now() - interval '7 days', old.signed <> 3);
    return null;
end $$;
create or replace trigger conversation_post_terms_hidden after update on conversation_post
    for each row when (old.public and not new.public) execute function conversation_post_terms();
create or replace trigger conversation_post_terms_removed after delete on conversation_post
    for each row when (old.public and not old.demo) execute function conversation_post_terms();
