"""Drop the pattern index that Django adds to the postcodes' key.

The key is COLLATE "C", so it answers `LIKE 'SO14%'` itself; a second index over 2.7 million rows
costs 80 MB and a second of each load.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("geo", "0002_initial")]
    operations = [
        migrations.RunSQL(
            "drop index geo_postcode_code_3bd2094d_like",
            "create index geo_postcode_code_3bd2094d_like on geo_postcode (code varchar_pattern_ops)",
        )
    ]
