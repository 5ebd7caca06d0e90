"""What follows a change of a hub or an event."""

from django.db import migrations

from geo.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("hubs", "0001_initial")]
    operations = [
        run_sql_file("hubs/sql/hub_triggers.sql"),
        run_sql_file("hubs/sql/event_triggers.sql"),
    ]
