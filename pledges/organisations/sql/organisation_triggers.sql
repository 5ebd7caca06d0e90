-- Organisations are published when what the API shows of them changes: see geo_publish_changes.
create or replace trigger pledges_organisation_published_added after insert on pledges_organisation
    referencing new table as after_rows
    for each statement execute function geo_publish_changes(
        20, 'coalesce(code, slug)', 'true'
    );
create or replace trigger pledges_organisation_published_removed after delete on pledges_organisation
    referencing old table as before_rows
    for each statement execute function geo_publish_changes(
        20, 'coalesce(code, slug)', 'true'
    );
create or replace trigger pledges_organisation_published_changed after update on pledges_organisation
    referencing old table as before_rows new table as after_rows
    for each statement execute function geo_publish_changes(
        20, 'coalesce(code, slug)', 'true',
        'code, slug, name, kind, former_names, site_names, postcode, opened, closed, district_id,
         region_id, location, demo'
    );

-- Pledges name their organisation: they are published again when it is renamed.
create or replace function pledges_organisation_renamed() returns trigger language plpgsql as $$
begin
    insert into geo_change (layer, sign, key)
    select 1, 0, p.id::text from pledges_pledge p where p.public and p.organisation_id in (
        select id from after_rows r join before_rows o using (id)
        where (r.code, r.slug, r.name) is distinct from (o.code, o.slug, o.name)
    );
    return null;
end $$;
create or replace trigger pledges_organisation_renamed after update on pledges_organisation
    referencing old table as before_rows new table as after_rows
    for each statement execute function pledges_organisation_renamed();
