-- Adoptions are published when what the API shows of them changes: see geo_publish_changes.
create or replace trigger employers_adoption_published_added after insert on employers_adoption
    referencing new table as after_rows
    for each statement execute function geo_publish_changes(23, 'id::text', 'true');
create or replace trigger employers_adoption_published_removed after delete on employers_adoption
    referencing old table as before_rows
    for each statement execute function geo_publish_changes(23, 'id::text', 'true');
create or replace trigger employers_adoption_published_changed after update on employers_adoption
    referencing old table as before_rows new table as after_rows
    for each statement execute function geo_publish_changes(
        23, 'id::text', 'true',
        'organisation_id, pledge_id, adopted_on, ended_on, lead'
    );
