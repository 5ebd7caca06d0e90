"""Posts of some days are counted in the index of what is new, without reading the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversation", "0004_terms_of_posts")]
    operations = [
        migrations.RemoveIndex(model_name="post", name="conversation_post_newest"),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["created_at", "id"],
                include=("day", "facet", "show", "region"),
                condition=models.Q(public=True),
                name="conversation_post_newest",
            ),
        ),
    ]
