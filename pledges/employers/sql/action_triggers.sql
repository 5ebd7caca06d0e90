-- Actions are published when what the API shows of them changes: see geo_publish_changes.
-- Whatever is approved moves said_at: the pledges of an action, which are not in its row, too.
create or replace trigger employers_action_published_added after insert on employers_action
    referencing new table as after_rows
    for each statement execute function geo_publish_changes(24, 'id::text', 'true');
create or replace trigger employers_action_published_removed after delete on employers_action
    referencing old table as before_rows
    for each statement execute function geo_publish_changes(24, 'id::text', 'true');
create or replace trigger employers_action_published_changed after update on employers_action
    referencing old table as before_rows new table as after_rows
    for each statement execute function geo_publish_changes(
        24, 'id::text', 'true',
        'organisation_id, title, description, owner, start, due, status, reason, ended_on,
         staff_groups, sites, measure, good_practice, said_at'
    );
