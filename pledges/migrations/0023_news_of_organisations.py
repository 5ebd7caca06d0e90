"""Organisations are told of when what is published of them changes."""

from django.db import migrations

from geo.counts.triggers import followed

PUBLISHED = (
    *("code", "slug", "name", "kind", "former_names", "site_names", "postcode", "opened"),
    *("closed", "district_id", "region_id", "location", "demo"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0009_log_of_news"),
        ("pledges", "0022_bits_by_block"),
    ]
    operations = [
        migrations.RunSQL(
            *followed("pledges_organisation", 20, "coalesce(r.code, r.slug)", PUBLISHED)
        ),
    ]
