from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("geo", "0005_bounds_of_postcode_groups")]
    operations = [
        migrations.AddField(
            model_name="placename",
            name="own",
            field=models.BooleanField(default=False),
            preserve_default=False,
        )
    ]
