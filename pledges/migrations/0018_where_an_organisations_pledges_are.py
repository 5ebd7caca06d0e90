from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0008_books_and_populations"),
        ("pledges", "0017_counts_of_own_days"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="pledge",
            name="pledges_pledge_org_tile",
        ),
        migrations.AddIndex(
            model_name="pledge",
            index=models.Index(
                condition=models.Q(("public", True)),
                fields=["organisation", "morton"],
                include=("id", "facet", "day", "region", "show", "district", "due"),
                name="pledges_pledge_org_tile",
            ),
        ),
    ]
