"""Bits of what many pledges have in common, and the queue of pledges whose bits are to be written.

A new pledge, and one of which anything that bits tell has changed, goes to the queue by its number.
"""

import django.db.models.deletion
from django.db import migrations, models

import pledges.word_bitmaps.models

TELLS = "({0}.public, {0}.facet, {0}.show, {0}.region_id, {0}.words)"
BODIES = {
    "added": "insert into pledges_touched (pledge) select id from after_rows where public;",
    "removed": "insert into pledges_touched (pledge) select id from before_rows where public;",
    # Planned when it runs: an update of many rows is not one of few.
    "changed": "execute $q$ insert into pledges_touched (pledge)"
    " select r.id from after_rows r join before_rows o using (id)"
    f" where (r.public or o.public) and {TELLS.format('r')} is distinct from {TELLS.format('o')}"
    " $q$;",
    "emptied": "delete from pledges_touched; delete from pledges_traitbits;"
    " delete from pledges_trait;",
}
EVENTS = {
    "added": "insert on pledges_pledge referencing new table as after_rows",
    "removed": "delete on pledges_pledge referencing old table as before_rows",
    "changed": "update on pledges_pledge"
    " referencing old table as before_rows new table as after_rows",
    "emptied": "truncate on pledges_pledge",
}
FORWARD = "".join(
    f"""
create function pledges_bits_{what}() returns trigger language plpgsql as $$ begin
    {body}
    return null;
end $$;
create trigger pledges_bits_{what} after {EVENTS[what]}
    for each statement execute function pledges_bits_{what}();
"""
    for what, body in BODIES.items()
)
BACK = "".join(
    f"drop trigger pledges_bits_{what} on pledges_pledge; drop function pledges_bits_{what};"
    for what in BODIES
)


class Migration(migrations.Migration):
    dependencies = [("pledges", "0020_names_of_tables")]

    operations = [
        migrations.CreateModel(
            name="Touched",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pledge", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "pledge to be written into bits",
                "verbose_name_plural": "pledges to be written into bits",
            },
        ),
        migrations.CreateModel(
            name="Trait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facet", models.SmallIntegerField()),
                ("value", models.TextField(db_collation="C")),
            ],
            options={
                "verbose_name": "common trait",
                "verbose_name_plural": "common traits",
            },
        ),
        migrations.CreateModel(
            name="TraitBits",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "trait",
                        "block",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("block", models.IntegerField()),
                ("bits", pledges.word_bitmaps.models.Bits()),
                (
                    "trait",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="pledges.trait",
                    ),
                ),
            ],
            options={"verbose_name": "bits of a trait", "verbose_name_plural": "bits of traits"},
        ),
        migrations.AddConstraint(
            model_name="trait",
            constraint=models.UniqueConstraint(
                fields=("facet", "value"), name="pledges_trait_once"
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
