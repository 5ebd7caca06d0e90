"""What rises is kept; the day of a post stands beside its counts, for lists of some days."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BESIDE = """
create or replace function conversation_post_beside() returns trigger language plpgsql as $$ begin
    update conversation_postcounts set public = new.public, facet = new.facet,
        region = new.region_id{0} where post_id = new.id
        and (public, facet, region{1}) is distinct from (new.public, new.facet, new.region_id{2});
    return null;
end $$;
create or replace function conversation_postcounts_begun() returns trigger language plpgsql as $$
begin
    select p.public, p.facet, p.region_id{3} into new.public, new.facet, new.region{2}
        from conversation_post p where p.id = new.post_id;
    return new;
end $$;
"""
FORWARD = BESIDE.format(", day = new.day", ", day", ", new.day", ", p.day")
WRITTEN = "update conversation_postcounts k set day = p.day from conversation_post p where p.id = k.post_id"
BACK = BESIDE.format("", "", "", "")


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0005_counts_of_days"),
        ("geo", "0011_names_of_tables"),
        ("pledges", "0023_news_of_organisations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Rise",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="conversation.post",
                    ),
                ),
                ("lately", models.IntegerField()),
                ("region", models.IntegerField(null=True)),
                ("district", models.IntegerField(null=True)),
                ("organisation", models.IntegerField(null=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="post",
            name="conversation_post_organisation",
        ),
        migrations.RemoveIndex(
            model_name="post",
            name="conversation_post_district",
        ),
        migrations.AddField(
            model_name="postcounts",
            name="day",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL(FORWARD, BACK),
        migrations.RunSQL(WRITTEN, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("public", True)),
                fields=["organisation", "created_at", "id"],
                include=("facet", "show", "morton"),
                name="conversation_post_organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("public", True)),
                fields=["district", "created_at", "id"],
                include=("facet", "show", "morton"),
                name="conversation_post_district",
            ),
        ),
        migrations.AddIndex(
            model_name="postcounts",
            index=models.Index(
                condition=models.Q(("public", True)),
                fields=["day", "last_at", "post"],
                include=("facet", "region", "supports"),
                name="conversation_by_day",
            ),
        ),
    ]
