-- Hubs are published when what the API shows of them changes: see geo_publish_changes.
create or replace trigger hubs_hub_published_added after insert on hubs_hub
    referencing new table as after_rows
    for each statement execute function geo_publish_changes(21, 'code', 'true');
create or replace trigger hubs_hub_published_removed after delete on hubs_hub
    referencing old table as before_rows
    for each statement execute function geo_publish_changes(21, 'code', 'true');
create or replace trigger hubs_hub_published_changed after update on hubs_hub
    referencing old table as before_rows new table as after_rows
    for each statement execute function geo_publish_changes(
        21, 'code', 'true',
        'code, name, name_cy, slug, place, email, telephone, website, welcome, welcome_cy,
         location'
    );
