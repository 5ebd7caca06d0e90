"""What follows a change of an adoption or an action."""

from django.db import migrations

from geo.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("employers", "0001_initial")]
    operations = [
        run_sql_file("pledges/employers/sql/adoption_triggers.sql"),
        run_sql_file("pledges/employers/sql/action_triggers.sql"),
    ]
