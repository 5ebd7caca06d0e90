"""Extensions, and the functions behind generated columns: they must exist before any table."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

from geo.core.sql import run_sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        run_sql_file("geo/sql/functions.sql"),
        run_sql_file("geo/counts/sql/publish_functions.sql"),
    ]
