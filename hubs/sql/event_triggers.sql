-- Events are published when what the API shows of them changes: see geo_publish_changes.
create or replace trigger hubs_event_published_added after insert on hubs_event
    referencing new table as after_rows
    for each statement execute function geo_publish_changes(22, 'slug', 'public');
create or replace trigger hubs_event_published_removed after delete on hubs_event
    referencing old table as before_rows
    for each statement execute function geo_publish_changes(22, 'slug', 'public');
create or replace trigger hubs_event_published_changed after update on hubs_event
    referencing old table as before_rows new table as after_rows
    for each statement execute function geo_publish_changes(
        22, 'slug', 'public',
        'title, kind, status, description, starts_at, ends_at, online, place, hub_id,
         district_id, region_id, location, changed_at, demo'
    );
