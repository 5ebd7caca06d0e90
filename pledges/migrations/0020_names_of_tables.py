from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0019_news_of_pledges"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="authors",
            options={
                "verbose_name": "number of authors",
                "verbose_name_plural": "numbers of authors",
            },
        ),
        migrations.AlterModelOptions(
            name="formeraddress",
            options={"verbose_name": "former address", "verbose_name_plural": "former addresses"},
        ),
        migrations.AlterModelOptions(
            name="pledgecounts",
            options={
                "verbose_name": "counts of a pledge",
                "verbose_name_plural": "counts of pledges",
            },
        ),
        migrations.AlterModelOptions(
            name="setaside",
            options={
                "verbose_name": "name left unlisted",
                "verbose_name_plural": "names left unlisted",
            },
        ),
        migrations.AlterModelOptions(
            name="story",
            options={
                "ordering": ["-created_at", "-id"],
                "verbose_name": "story",
                "verbose_name_plural": "stories",
            },
        ),
        migrations.AlterModelOptions(
            name="taken",
            options={"verbose_name": "count of a limit", "verbose_name_plural": "counts of limits"},
        ),
        migrations.AlterModelOptions(
            name="word",
            options={"verbose_name": "word of pledges", "verbose_name_plural": "words of pledges"},
        ),
    ]
