import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0003_counts_beside_posts"),
        ("hubs", "0005_news_of_hubs_and_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discussions",
                        to="hubs.event",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conversation.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "post at an event",
                "verbose_name_plural": "posts at events",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "post"), name="hubs_discussion_once")
                ],
            },
        ),
    ]
