from django.conf import settings
from django.contrib.gis.db import models as gis
from django.contrib.postgres import indexes, search
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import expressions, functions

import geo.core.bilingual
import geo.core.functions
import pledges.word_bitmaps.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("contenttypes", "0002_remove_content_type_name"), ("geo", "0002_initial")]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("no_reminders_since", models.DateTimeField(blank=True, null=True)),
                ("demo", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        functions.Lower("email"), name="pledges_user_email_lower"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("location", gis.PointField(blank=True, null=True, srid=4326)),
                (
                    "morton",
                    models.GeneratedField(
                        db_persist=True,
                        expression=geo.core.functions.Morton("location"),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, db_collation="C", max_length=12, null=True, unique=True
                    ),
                ),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("trust", "Hospital trust"),
                            ("mental-health", "Mental health trust"),
                            ("community", "Community trust"),
                            ("ambulance", "Ambulance trust"),
                            ("health-board", "Health board"),
                            ("hsc-trust", "Health and social care trust"),
                            ("icb", "Integrated care board"),
                            ("national", "National body"),
                            ("other", "Other organisation"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                (
                    "former_names",
                    ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "site_names",
                    ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "email_domains",
                    ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("postcode", models.CharField(blank=True, max_length=8)),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="geo.area",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="geo.area",
                    ),
                ),
                ("opened", models.DateField(blank=True, null=True)),
                ("closed", models.DateField(blank=True, null=True)),
                ("demo", models.BooleanField(default=False)),
                ("search_text", models.TextField(blank=True, editable=False)),
                (
                    "successors",
                    models.ManyToManyField(
                        blank=True, related_name="predecessors", to="pledges.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "indexes": [
                    indexes.GistIndex(
                        functions.Cast("location", gis.PointField(geography=True, srid=4326)),
                        name="pledges_organisation_geog",
                    ),
                    indexes.GinIndex(
                        fields=["search_text"],
                        name="pledges_organisation_search",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("operator", "Operator"),
                            ("steward", "Steward of an area"),
                            ("editor", "Editor of an organisation"),
                            ("approver", "Approver of an organisation"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="geo.area",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="grants",
                        to="pledges.organisation",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("given_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("area__isnull", True),
                                ("organisation__isnull", True),
                                ("role", "operator"),
                            ),
                            models.Q(
                                ("area__isnull", False),
                                ("organisation__isnull", True),
                                ("role", "steward"),
                            ),
                            models.Q(
                                ("area__isnull", True),
                                ("organisation__isnull", False),
                                ("role__in", ["editor", "approver"]),
                            ),
                            _connector="OR",
                        ),
                        name="pledges_grant_where_it_holds",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "role", "area", "organisation"),
                        name="pledges_grant_once",
                        nulls_distinct=False,
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("number", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=100)),
                ("name_cy", models.CharField(blank=True, max_length=100)),
                ("description", models.TextField(blank=True)),
                ("colour", models.CharField(max_length=7)),
                ("symbol", models.CharField(max_length=10)),
                ("position", models.SmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 12))),
                        name="pledges_theme_number_1_to_12",
                    )
                ],
            },
            bases=(geo.core.bilingual.LocalName, models.Model),
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("location", gis.PointField(blank=True, null=True, srid=4326)),
                (
                    "morton",
                    models.GeneratedField(
                        db_persist=True,
                        expression=geo.core.functions.Morton("location"),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                (
                    "theme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.PROTECT,
                        related_name="pledges",
                        to="pledges.theme",
                    ),
                ),
                (
                    "who",
                    models.SmallIntegerField(
                        choices=[(1, "A person"), (2, "A team"), (3, "A whole organisation")],
                        default=1,
                    ),
                ),
                (
                    "i_am",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Works in the NHS"),
                            (2, "Works alongside the NHS"),
                            (3, "Patient or carer"),
                            (4, "Member of the public"),
                        ],
                        null=True,
                    ),
                ),
                ("display_name", models.CharField(blank=True, max_length=100)),
                ("team", models.CharField(blank=True, max_length=100)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="pledges",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="pledges",
                        to="pledges.organisation",
                    ),
                ),
                ("unlisted", models.CharField(blank=True, db_default="", max_length=200)),
                (
                    "show",
                    models.SmallIntegerField(
                        choices=[
                            (1, "At the organisation"),
                            (2, "Somewhere in the first half of the postcode"),
                            (3, "In the region, not on the map"),
                            (4, "Not on the map"),
                        ]
                    ),
                ),
                ("outcode", models.CharField(blank=True, max_length=4)),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="geo.area",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="geo.area",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("contactable", models.BooleanField(db_default=False, default=False)),
                ("corrected_at", models.DateTimeField(blank=True, null=True)),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="copies",
                        to="pledges.pledge",
                    ),
                ),
                ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                ("demo", models.BooleanField(default=False)),
                (
                    "day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=geo.core.functions.LondonDay("created_at"),
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "done",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("done_at__isnull", False)),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "public",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(
                            ("confirmed_at__isnull", False),
                            ("hidden_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "facet",
                    models.GeneratedField(
                        db_persist=True,
                        expression=functions.Cast(
                            expressions.CombinedExpression(
                                expressions.CombinedExpression(
                                    expressions.CombinedExpression(
                                        expressions.CombinedExpression(
                                            expressions.CombinedExpression(
                                                expressions.CombinedExpression(
                                                    models.F("theme"), "*", models.Value(4)
                                                ),
                                                "+",
                                                models.F("who"),
                                            ),
                                            "*",
                                            models.Value(5),
                                        ),
                                        "+",
                                        functions.Coalesce("i_am", models.Value(0)),
                                    ),
                                    "*",
                                    models.Value(2),
                                ),
                                "+",
                                models.Case(
                                    models.When(done_at__isnull=False, then=models.Value(1)),
                                    default=models.Value(0),
                                ),
                            ),
                            models.SmallIntegerField(),
                        ),
                        output_field=models.SmallIntegerField(),
                    ),
                ),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=search.SearchVector("text", "display_name", config="english"),
                        output_field=search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "indexes": [
                    indexes.GistIndex(
                        functions.Cast("location", gis.PointField(geography=True, srid=4326)),
                        name="pledges_pledge_geog",
                    ),
                    models.Index(
                        condition=models.Q(("morton__isnull", False), ("public", True)),
                        fields=["morton"],
                        include=("id", "facet", "day", "region"),
                        name="pledges_pledge_tile",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["organisation", "morton"],
                        include=("id", "facet", "day", "region", "show", "district", "due"),
                        name="pledges_pledge_org_tile",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["district", "morton"],
                        include=("id", "facet", "day", "region", "show"),
                        name="pledges_pledge_district_tile",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["day"],
                        include=("morton", "facet", "region", "show"),
                        name="pledges_pledge_day",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["created_at", "id"],
                        name="pledges_pledge_newest",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["facet", "created_at", "id"],
                        name="pledges_pledge_facet",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["region", "facet", "created_at", "id"],
                        name="pledges_pledge_region_facet",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["organisation", "created_at", "id"],
                        name="pledges_pledge_organisation",
                    ),
                    models.Index(
                        condition=models.Q(("public", True), ("team__gt", "")),
                        fields=["organisation", "team"],
                        include=("facet",),
                        name="pledges_pledge_teams",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["district", "created_at", "id"],
                        name="pledges_pledge_district",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", False), ("public", True)),
                        fields=["done_at", "id"],
                        include=("facet", "day", "region", "district", "organisation"),
                        name="pledges_pledge_done",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["id"],
                        include=("facet", "day", "region", "district", "organisation"),
                        name="pledges_pledge_facts",
                    ),
                    models.Index(
                        condition=models.Q(("due__isnull", False), ("public", True)),
                        fields=["due", "id"],
                        name="pledges_pledge_due",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("author__isnull", False), ("done_at__isnull", True), ("public", True)
                        ),
                        fields=["id"],
                        name="pledges_pledge_open",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True), ("due__isnull", False), ("public", True)
                        ),
                        fields=["due"],
                        include=("day", "facet", "region", "district", "organisation"),
                        name="pledges_pledge_owed",
                    ),
                    models.Index(
                        condition=models.Q(("unlisted__gt", "")),
                        fields=["unlisted", "id"],
                        name="pledges_pledge_unlisted",
                    ),
                    models.Index(
                        condition=models.Q(("demo", True)),
                        fields=["id"],
                        name="pledges_pledge_demo",
                    ),
                    indexes.GinIndex(fields=["words"], name="pledges_pledge_words"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("location__isnull", False), ("show__in", [1, 2])),
                            models.Q(
                                ("district__isnull", True), ("location__isnull", True), ("show", 3)
                            ),
                            models.Q(
                                ("district__isnull", True),
                                ("location__isnull", True),
                                ("region__isnull", True),
                                ("show", 4),
                            ),
                            _connector="OR",
                        ),
                        name="pledges_pledge_place_as_chosen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("show", 1), _negated=True),
                            ("organisation__isnull", False),
                            _connector="OR",
                        ),
                        name="pledges_pledge_organisation_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcode__gt", ""), ("show", 2)),
                            models.Q(models.Q(("show", 2), _negated=True), ("outcode", "")),
                            _connector="OR",
                        ),
                        name="pledges_pledge_outcode_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("who", 1),
                            ("organisation__isnull", False),
                            ("unlisted__gt", ""),
                            _connector="OR",
                        ),
                        name="pledges_pledge_whole_organisation_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
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
                            ("pledge", "Make a pledge"),
                            ("join", "Join a pledge"),
                            ("like", "Like a pledge"),
                            ("approve", "Approve a pledge for a whole organisation"),
                        ],
                        max_length=10,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "pledge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="confirmations",
                        to="pledges.pledge",
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                ("object_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="+",
                        to="pledges.organisation",
                    ),
                ),
                ("code_digest", models.CharField(max_length=64)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["expires_at"], name="pledges_confirmation_expires"),
                    models.Index(fields=["email"], name="pledges_confirmation_email"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tries__range", (0, 10))),
                        name="pledges_confirmation_tries",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("object_id__isnull", True), ("pledge__isnull", False)),
                            models.Q(
                                ("content_type__isnull", False),
                                ("object_id__isnull", False),
                                ("pledge__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="pledges_confirmation_about_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Taken",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("until", models.DateTimeField(db_index=True)),
                ("number", models.IntegerField()),
            ],
            options={"verbose_name": "count of a limit", "verbose_name_plural": "counts of limits"},
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("word", models.CharField(max_length=120, primary_key=True, serialize=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="former_addresses",
                        to="pledges.organisation",
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
            options={"verbose_name": "former address", "verbose_name_plural": "former addresses"},
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "name left unlisted",
                "verbose_name_plural": "names left unlisted",
                "constraints": [
                    models.UniqueConstraint(functions.Upper("name"), name="pledges_setaside_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(unique=True)),
                ("name", models.CharField(max_length=100)),
                ("name_cy", models.CharField(blank=True, max_length=100)),
                ("goal", models.PositiveIntegerField(blank=True, null=True)),
                ("reported", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={"ordering": ["date"]},
            bases=(geo.core.bilingual.LocalName, models.Model),
        ),
        migrations.CreateModel(
            name="PledgeCounts",
            fields=[
                (
                    "pledge",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="counts",
                        serialize=False,
                        to="pledges.pledge",
                    ),
                ),
                ("likes", models.IntegerField(default=0)),
                ("joins", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "counts of a pledge",
                "verbose_name_plural": "counts of pledges",
                "indexes": [
                    models.Index(fields=["likes", "pledge"], name="pledges_counts_likes"),
                    models.Index(fields=["joins", "pledge"], name="pledges_counts_joins"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Like",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="like_set",
                        to="pledges.pledge",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="likes", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["created_at"], include=("pledge",), name="pledges_like_day"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("pledge", "person"), name="pledges_like_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Join",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="join_set",
                        to="pledges.pledge",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="joins", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["id"],
                        name="pledges_join_open",
                    ),
                    models.Index(
                        fields=["created_at"], include=("pledge",), name="pledges_join_day"
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", False)),
                        fields=["done_at"],
                        include=("pledge",),
                        name="pledges_join_done",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("pledge", "person"), name="pledges_join_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("number", models.CharField(max_length=20, primary_key=True, serialize=False)),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="certificates", to="pledges.pledge"
                    ),
                ),
                (
                    "join",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="certificates",
                        to="pledges.join",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="certificates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("done_on", models.DateField()),
                ("issued_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("uses", models.IntegerField()),
            ],
            options={
                "verbose_name": "word of pledges",
                "verbose_name_plural": "words of pledges",
                "indexes": [
                    indexes.GinIndex(
                        fields=["word"], name="pledges_word_trigrams", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "name",
                    models.CharField(
                        max_length=100, primary_key=True, serialize=False, verbose_name="job"
                    ),
                ),
                ("started_at", models.DateTimeField(null=True, verbose_name="last started")),
                ("succeeded_at", models.DateTimeField(null=True, verbose_name="last success")),
                ("failed_at", models.DateTimeField(null=True, verbose_name="last failure")),
                (
                    "failures",
                    models.PositiveIntegerField(default=0, verbose_name="failures in a row"),
                ),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                ("next_try_at", models.DateTimeField(null=True, verbose_name="next try")),
            ],
            options={"verbose_name": "background job", "verbose_name_plural": "background jobs"},
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("reported", "Reported by readers"),
                            ("contact", "May hold contact details or an NHS number"),
                            ("links", "A first text full of links"),
                            ("answered", "The author answered"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="geo.area",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="geo.area",
                    ),
                ),
                ("original", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "Kept in view"),
                            ("hidden", "Hidden"),
                            ("blocked", "Hidden, and the account blocked"),
                            ("mended", "Mended by its author"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=["opened_at", "id"],
                        name="pledges_case_open",
                    ),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", False)),
                        fields=["decided_at", "id"],
                        name="pledges_case_decided",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id"), name="pledges_case_one_a_subject"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pledges_case_decided_with_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="decisions", to="pledges.case"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("kept", "Kept in view"),
                            ("hidden", "Hidden"),
                            ("blocked", "Hidden, and the account blocked"),
                            ("mended", "Mended by its author"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unkind", "It is unkind or abusive"),
                            ("private", "It names a person, or tells something private"),
                            ("contact", "It holds contact details or an NHS number"),
                            ("spam", "It is spam or advertising"),
                            ("wrong", "It is not true, or not theirs to promise"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("text", models.TextField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["hidden", "blocked"]), _negated=True),
                            models.Q(("ground", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pledges_decision_hidden_with_ground",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="reports", to="pledges.case"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("unkind", "It is unkind or abusive"),
                            ("private", "It names a patient or tells something private"),
                            ("spam", "It is spam or advertising"),
                            ("wrong", "It is not true, or not theirs to promise"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reporter_digest", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "reporter_digest"), name="pledges_report_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="messages", to="pledges.pledge"
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="sent_messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="received_messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="answers",
                        to="pledges.message",
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("relayed_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("first__isnull", True)),
                        fields=("pledge", "sender"),
                        name="pledges_message_one_first",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="blocks", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "blocked",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="blocked_by",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "blocked"), name="pledges_block_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Authors",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(blank=True, max_length=20)),
                ("key", models.BigIntegerField(default=0)),
                ("year", models.SmallIntegerField(default=0)),
                ("n", models.IntegerField()),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "number of authors",
                "verbose_name_plural": "numbers of authors",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scope", "key", "year"), name="pledges_authors_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="reminders", to="pledges.pledge"
                    ),
                ),
                (
                    "join",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="reminders",
                        to="pledges.join",
                    ),
                ),
                ("occasion", models.DateField()),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pledge", "join", "occasion"),
                        name="pledges_reminder_once",
                        nulls_distinct=False,
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="stories", to="pledges.pledge"
                    ),
                ),
                (
                    "join",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="story",
                        to="pledges.join",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="stories",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.TextField(max_length=3000)),
                ("difference", models.TextField(blank=True, max_length=1000)),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to="geo.upload",
                    ),
                ),
                ("picture_alt", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("demo", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "story",
                "verbose_name_plural": "stories",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("held_at__isnull", True), ("hidden_at__isnull", True)),
                        fields=["-created_at", "-id"],
                        name="pledges_story_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("join__isnull", True)),
                        fields=("pledge",),
                        name="pledges_story_one_of_the_author",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Trait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facet", models.SmallIntegerField()),
                ("value", models.TextField(db_collation="C")),
            ],
            options={
                "verbose_name": "common trait",
                "verbose_name_plural": "common traits",
                "constraints": [
                    models.UniqueConstraint(fields=("facet", "value"), name="pledges_trait_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TraitBits",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "trait",
                        "block",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "trait",
                    models.ForeignKey(db_index=False, on_delete=models.CASCADE, to="pledges.trait"),
                ),
                ("block", models.IntegerField()),
                ("bits", pledges.word_bitmaps.models.Bits()),
            ],
            options={
                "verbose_name": "bits of a trait",
                "verbose_name_plural": "bits of traits",
                "indexes": [models.Index(fields=["block"], name="pledges_traitbits_block")],
            },
        ),
        migrations.CreateModel(
            name="Touched",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pledge", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "pledge to be written into bits",
                "verbose_name_plural": "pledges to be written into bits",
            },
        ),
    ]
