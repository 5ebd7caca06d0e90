from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0010_built_files"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="news",
            options={"verbose_name": "entry of the news", "verbose_name_plural": "news"},
        ),
    ]
