from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0021_bits_of_what_is_common")]

    operations = [
        migrations.AddIndex(
            model_name="traitbits",
            index=models.Index(fields=["block"], name="pledges_traitbits_block"),
        ),
    ]
