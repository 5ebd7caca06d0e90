"""Every change of a public pledge goes to the queue of counts, whatever path wrote it.

Statement-level triggers with transition tables cost one insert a statement. An update that
changes nothing that is counted queues nothing; changed words queue a pair that adds up to nothing,
because counts of words are kept until the next fold. A foreign key's ON DELETE SET NULL, the admin, an
import and plain SQL all pass here.
"""

from django.db import migrations

COLUMNS = "layer, sign, morton, region, day, shown, facet, part, owner"
VALUES = "r.morton, coalesce(r.region_id, 0), r.day, r.show, r.facet, r.theme_id, r.organisation_id"
COUNTED = (
    "(r.public, r.morton, r.region_id, r.day, r.show, r.facet, r.organisation_id,"
    " r.text, r.display_name)"
)

FUNCTIONS = f"""
create function pledges_pledge_added() returns trigger language plpgsql as $$ begin
    insert into geo_change ({COLUMNS}) select 1, 1, {VALUES} from after_rows r where r.public;
    return null;
end $$;

create function pledges_pledge_removed() returns trigger language plpgsql as $$ begin
    insert into geo_change ({COLUMNS}) select 1, -1, {VALUES} from before_rows r where r.public;
    return null;
end $$;

create function pledges_pledge_changed() returns trigger language plpgsql as $$ begin
    insert into geo_change ({COLUMNS})
    select 1, -1, {VALUES} from before_rows r join after_rows o using (id)
    where r.public and {COUNTED} is distinct from {COUNTED.replace("r.", "o.")}
    union all
    select 1, 1, {VALUES} from after_rows r join before_rows o using (id)
    where r.public and {COUNTED} is distinct from {COUNTED.replace("r.", "o.")};
    return null;
end $$;

create function pledges_pledge_emptied() returns trigger language plpgsql as $$ begin
    delete from geo_change where layer = 1;
    delete from geo_cell where layer = 1;
    delete from geo_cube where layer = 1;
    delete from geo_tally where layer = 1;
    delete from geo_owner where layer = 1;
    update geo_fold set version = version + 1, folded_at = now() where layer = 1;
    return null;
end $$;

create trigger pledges_pledge_added after insert on pledges_pledge
    referencing new table as after_rows
    for each statement execute function pledges_pledge_added();
create trigger pledges_pledge_removed after delete on pledges_pledge
    referencing old table as before_rows
    for each statement execute function pledges_pledge_removed();
create trigger pledges_pledge_changed after update on pledges_pledge
    referencing old table as before_rows new table as after_rows
    for each statement execute function pledges_pledge_changed();
create trigger pledges_pledge_emptied after truncate on pledges_pledge
    for each statement execute function pledges_pledge_emptied();
"""

BACK = """
drop trigger pledges_pledge_added on pledges_pledge;
drop trigger pledges_pledge_removed on pledges_pledge;
drop trigger pledges_pledge_changed on pledges_pledge;
drop trigger pledges_pledge_emptied on pledges_pledge;
drop function pledges_pledge_added;
drop function pledges_pledge_removed;
drop function pledges_pledge_changed;
drop function pledges_pledge_emptied;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0003_datasets_area_names_owners"),
        ("pledges", "0001_people_organisations_pledges"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
