"""Hubs and events are told of when what is published of them changes."""

from django.db import migrations

from geo.counts.triggers import followed

HUB = (
    *("code", "name", "name_cy", "slug", "place", "email", "telephone", "website", "welcome"),
    *("welcome_cy", "location"),
)
EVENT = (
    *("title", "kind", "status", "description", "starts_at", "ends_at", "online", "place"),
    *("hub_id", "district_id", "region_id", "location", "changed_at", "demo"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0009_log_of_news"),
        ("hubs", "0004_names_of_tables"),
    ]
    operations = [
        migrations.RunSQL(*followed("hubs_hub", 21, "r.code", HUB)),
        migrations.RunSQL(*followed("hubs_event", 22, "r.slug", EVENT, public="r.public")),
    ]
