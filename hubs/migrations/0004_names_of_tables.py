from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("hubs", "0003_teams_messages_resources"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="downloads",
            options={
                "verbose_name": "downloads of a day",
                "verbose_name_plural": "downloads by the day",
            },
        ),
    ]
