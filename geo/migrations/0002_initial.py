from django.contrib.gis.db import models as gis
from django.contrib.postgres import indexes
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import functions

import geo.core.bilingual
import geo.ogcapi.export.models
import geo.uploads.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("geo", "0001_extensions_and_functions")]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=200)),
                ("valid_from", models.DateField()),
                ("source", models.CharField(max_length=500)),
                ("licence", models.CharField(max_length=200)),
            ],
            options={"ordering": ["-valid_from"]},
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nation", "Nation"),
                            ("region", "Region"),
                            ("district", "District"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=9)),
                ("name", models.CharField(max_length=100)),
                ("name_cy", models.CharField(blank=True, max_length=100)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="parts",
                        to="geo.area",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="areas", to="geo.edition"
                    ),
                ),
                ("ended", models.DateField(blank=True, null=True)),
                ("label", gis.PointField(srid=4326)),
                ("boundary", gis.MultiPolygonField(srid=4326)),
                ("boundary_low", gis.MultiPolygonField(null=True, spatial_index=False, srid=4326)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "code"), name="geo_area_kind_code")
                ],
            },
            bases=(geo.core.bilingual.LocalName, models.Model),
        ),
        migrations.CreateModel(
            name="AreaPiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="pieces", to="geo.area"
                    ),
                ),
                ("shape", gis.PolygonField(srid=4326)),
            ],
        ),
        migrations.CreateModel(
            name="AreaName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="names", to="geo.area"
                    ),
                ),
                ("text", models.CharField(db_collation="C", db_index=True, max_length=100)),
            ],
            options={
                "indexes": [
                    indexes.GinIndex(
                        fields=["text"], name="geo_areaname_trigram", opclasses=["gin_trgm_ops"]
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Population",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="population",
                        serialize=False,
                        to="geo.area",
                    ),
                ),
                ("residents", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="RegionException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="region_exceptions", to="geo.area"
                    ),
                ),
                ("postcode_area", models.CharField(max_length=2)),
                (
                    "region",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="geo.area"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "postcode_area"), name="geo_regionexception_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("layer", models.SmallIntegerField()),
                ("sign", models.SmallIntegerField()),
                ("morton", models.BigIntegerField(null=True)),
                ("region", models.IntegerField(db_default=0, default=0)),
                ("district", models.IntegerField(db_default=0, default=0)),
                ("day", models.DateField(db_default=functions.Now())),
                ("shown", models.SmallIntegerField(db_default=0, default=0)),
                ("facet", models.SmallIntegerField(db_default=0, default=0)),
                ("part", models.SmallIntegerField(db_default=0, default=0)),
                ("owner", models.BigIntegerField(null=True)),
                ("key", models.CharField(max_length=100, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "layer",
                        "cz",
                        "morton",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("layer", models.SmallIntegerField()),
                ("cz", models.SmallIntegerField()),
                ("morton", models.BigIntegerField()),
                ("n", models.IntegerField()),
                ("sum_x", models.BigIntegerField()),
                ("sum_y", models.BigIntegerField()),
                ("parts", ArrayField(base_field=models.IntegerField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name="Cube",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "layer",
                        "cz",
                        "period",
                        "morton",
                        "region",
                        "facet",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("layer", models.SmallIntegerField()),
                ("cz", models.SmallIntegerField()),
                ("period", models.IntegerField()),
                ("morton", models.BigIntegerField()),
                ("region", models.IntegerField()),
                ("facet", models.SmallIntegerField()),
                ("n", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Ledger",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "layer",
                        "dimension",
                        "period",
                        "within",
                        "place",
                        "facet",
                        "shown",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("layer", models.SmallIntegerField()),
                ("dimension", models.SmallIntegerField()),
                ("period", models.IntegerField()),
                ("within", models.IntegerField()),
                ("place", models.BigIntegerField()),
                ("facet", models.SmallIntegerField()),
                ("shown", models.SmallIntegerField()),
                ("n", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Fold",
            fields=[
                ("layer", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=0)),
                ("folded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Moved",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "layer",
                        "version",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("layer", models.SmallIntegerField()),
                ("version", models.BigIntegerField()),
                ("spots", ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name="Postcode",
            fields=[
                (
                    "code",
                    models.CharField(
                        db_collation="C", max_length=7, primary_key=True, serialize=False
                    ),
                ),
                ("location", gis.PointField(srid=4326)),
                ("district_code", models.CharField(blank=True, db_collation="C", max_length=9)),
                ("live", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Outcode",
            fields=[
                ("location", gis.PointField(srid=4326)),
                ("district_code", models.CharField(blank=True, db_collation="C", max_length=9)),
                ("postcodes", models.IntegerField()),
                (
                    "bounds",
                    ArrayField(base_field=models.FloatField(), blank=True, default=list, size=4),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", max_length=4, primary_key=True, serialize=False
                    ),
                ),
                ("town", models.CharField(blank=True, max_length=100)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("location", gis.PointField(srid=4326)),
                ("district_code", models.CharField(blank=True, db_collation="C", max_length=9)),
                ("postcodes", models.IntegerField()),
                (
                    "bounds",
                    ArrayField(base_field=models.FloatField(), blank=True, default=list, size=4),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", max_length=5, primary_key=True, serialize=False
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("population", models.IntegerField()),
                ("location", gis.PointField(srid=4326)),
                ("district_code", models.CharField(blank=True, db_collation="C", max_length=9)),
            ],
            options={"ordering": ["-population"]},
        ),
        migrations.CreateModel(
            name="PlaceName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="names", to="geo.place"
                    ),
                ),
                ("text", models.CharField(db_collation="C", db_index=True, max_length=200)),
                ("own", models.BooleanField()),
            ],
            options={
                "indexes": [
                    indexes.GinIndex(
                        fields=["text"], name="geo_placename_trigram", opclasses=["gin_trgm_ops"]
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Dataset",
            fields=[
                ("name", models.CharField(max_length=50, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=500)),
                ("rows", models.IntegerField()),
                ("loaded_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="News",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("collection", models.CharField(max_length=40)),
                ("key", models.CharField(blank=True, max_length=100)),
                ("verb", models.SmallIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "entry of the news",
                "verbose_name_plural": "news",
                "indexes": [indexes.BrinIndex(fields=["at"], name="geo_news_at")],
            },
        ),
        migrations.CreateModel(
            name="BuiltFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("layer", models.CharField(max_length=40)),
                ("form", models.CharField(max_length=8)),
                (
                    "file",
                    models.FileField(
                        storage=geo.ogcapi.export.models.files_storage,
                        upload_to=geo.ogcapi.export.models.named,
                    ),
                ),
                ("version", models.CharField(blank=True, max_length=60)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("size", models.BigIntegerField(default=0)),
                ("rows", models.BigIntegerField(default=0)),
                ("demo", models.BooleanField(default=False)),
                ("took", models.FloatField(default=0)),
                ("made_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("layer", "form"), name="one_file_a_form")
                ]
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        storage=geo.uploads.models.private_storage,
                        upload_to=geo.uploads.models.unguessable,
                    ),
                ),
                ("extension", models.CharField(max_length=8)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.IntegerField()),
                ("width", models.IntegerField(blank=True, null=True)),
                ("height", models.IntegerField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
