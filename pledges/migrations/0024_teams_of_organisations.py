from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0023_news_of_organisations")]

    operations = [
        migrations.AddIndex(
            model_name="pledge",
            index=models.Index(
                condition=models.Q(("public", True), ("team__gt", "")),
                fields=["organisation", "team"],
                include=("facet",),
                name="pledges_pledge_teams",
            ),
        ),
    ]
