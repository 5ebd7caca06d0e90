"""What follows a change of a pledge, of what people add to it and of an organisation."""

from django.db import migrations

from geo.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_initial")]
    operations = [
        run_sql_file("pledges/pledging/sql/addition_functions.sql"),
        run_sql_file("pledges/pledging/sql/pledge_triggers.sql"),
        run_sql_file("pledges/pledging/sql/join_triggers.sql"),
        run_sql_file("pledges/pledging/sql/like_triggers.sql"),
        run_sql_file("pledges/pledging/sql/story_triggers.sql"),
        run_sql_file("pledges/word_bitmaps/sql/pledge_bitmap_triggers.sql"),
        run_sql_file("pledges/organisations/sql/organisation_triggers.sql"),
    ]
