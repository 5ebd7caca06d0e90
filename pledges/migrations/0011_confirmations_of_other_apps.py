import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("pledges", "0010_doing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="confirmation",
            name="pledge",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="confirmations",
                to="pledges.pledge",
            ),
        ),
        migrations.AddField(
            model_name="confirmation",
            name="content_type",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AddField(
            model_name="confirmation",
            name="object_id",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=Q(pledge__isnull=False, object_id__isnull=True)
                | Q(pledge__isnull=True, content_type__isnull=False, object_id__isnull=False),
                name="pledges_confirmation_about_one",
            ),
        ),
    ]
