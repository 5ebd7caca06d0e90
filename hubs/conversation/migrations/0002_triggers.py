"""What follows a change of a post, of a reply and of taking part in them."""

from django.db import migrations

from geo.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("conversation", "0001_initial")]
    operations = [
        run_sql_file("hubs/conversation/sql/post_triggers.sql"),
        run_sql_file("hubs/conversation/sql/reply_triggers.sql"),
        run_sql_file("hubs/conversation/sql/post_counts_triggers.sql"),
        run_sql_file("hubs/conversation/sql/term_triggers.sql"),
    ]
