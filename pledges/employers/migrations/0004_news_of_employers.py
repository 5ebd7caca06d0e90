"""Adoptions and actions are told of when what is published of them changes."""

from django.db import migrations

from geo.counts.triggers import followed

ADOPTION = ("organisation_id", "pledge_id", "adopted_on", "ended_on", "lead")
# Whatever is approved moves `said_at`: the pledges of an action, which are not in its row, too.
ACTION = (
    *("organisation_id", "title", "description", "owner", "start", "due", "status", "reason"),
    *("ended_on", "staff_groups", "sites", "measure", "good_practice", "said_at"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0009_log_of_news"),
        ("employers", "0003_board_report"),
    ]
    operations = [
        migrations.RunSQL(*followed("employers_adoption", 23, "r.id::text", ADOPTION)),
        migrations.RunSQL(*followed("employers_action", 24, "r.id::text", ACTION)),
    ]
