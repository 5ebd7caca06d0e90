from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0012_decisions")]

    operations = [
        migrations.AddIndex(
            model_name="pledge",
            index=models.Index(
                fields=["due", "id"],
                condition=models.Q(public=True, due__isnull=False),
                name="pledges_pledge_due",
            ),
        ),
        migrations.AddIndex(
            model_name="pledge",
            index=models.Index(
                fields=["id"],
                condition=models.Q(public=True, done_at__isnull=True, author__isnull=False),
                name="pledges_pledge_open",
            ),
        ),
        migrations.AddIndex(
            model_name="join",
            index=models.Index(
                fields=["id"],
                condition=models.Q(done_at__isnull=True),
                name="pledges_join_open",
            ),
        ),
    ]
