from django.conf import settings
from django.contrib.gis.db import models as gis
from django.contrib.postgres import indexes, search
from django.db import migrations, models
from django.db.models import expressions, functions
from django.utils import timezone

import geo.core.bilingual
import geo.core.functions


class Migration(migrations.Migration):
    initial = True

    dependencies = [("geo", "0002_initial"), ("pledges", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("number", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=60)),
                ("name_cy", models.CharField(blank=True, max_length=60)),
                ("explanation", models.TextField(blank=True, max_length=1000)),
                ("explanation_cy", models.TextField(blank=True, max_length=1000)),
                ("colour", models.CharField(max_length=7)),
                ("opens", models.DateField(blank=True, null=True)),
                ("closes", models.DateField(blank=True, null=True)),
                ("position", models.SmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 12))),
                        name="conversation_theme_number_1_to_12",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens__isnull", True),
                            ("closes__isnull", True),
                            ("closes__gte", models.F("opens")),
                            _connector="OR",
                        ),
                        name="conversation_theme_closes_after_it_opens",
                    ),
                ],
            },
            bases=(geo.core.bilingual.LocalName, models.Model),
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="heard", to="conversation.theme"
                    ),
                ),
                ("heard", models.TextField(max_length=500)),
                ("heard_cy", models.TextField(blank=True, max_length=500)),
                ("did", models.TextField(max_length=500)),
                ("did_cy", models.TextField(blank=True, max_length=500)),
                ("day", models.DateField()),
                ("demo", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "heard and done",
                "verbose_name_plural": "heard and done",
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                    "signed",
                    models.SmallIntegerField(
                        choices=[
                            (1, "With my name"),
                            (2, "With my role alone"),
                            (3, "Anonymously"),
                        ],
                        default=1,
                    ),
                ),
                ("display_name", models.CharField(blank=True, max_length=100)),
                ("role", models.CharField(blank=True, max_length=100)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                ("demo", models.BooleanField(default=False)),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[(1, "Idea"), (2, "Question"), (3, "Challenge")]
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.PROTECT,
                        related_name="posts",
                        to="conversation.theme",
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("works_in_care", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="posts",
                        to="pledges.organisation",
                    ),
                ),
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
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("result", models.TextField(blank=True, max_length=1000)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="duplicates",
                        to="conversation.post",
                    ),
                ),
                (
                    "day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=geo.core.functions.LondonDay("created_at"),
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "public",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(
                            ("confirmed_at__isnull", False),
                            ("hidden_at__isnull", True),
                            ("merged_into__isnull", True),
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
                                            models.F("theme"), "*", models.Value(4)
                                        ),
                                        "+",
                                        models.F("kind"),
                                    ),
                                    "*",
                                    models.Value(2),
                                ),
                                "+",
                                models.Case(
                                    models.When(answered_at__isnull=False, then=models.Value(1)),
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
                        expression=search.SearchVector("text", config="english"),
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
                        name="conversation_post_geog",
                    ),
                    models.Index(
                        condition=models.Q(("morton__isnull", False), ("public", True)),
                        fields=["morton"],
                        include=("id", "facet", "day", "region"),
                        name="conversation_post_tile",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["created_at", "id"],
                        include=("day", "facet", "show", "region"),
                        name="conversation_post_newest",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["facet", "created_at", "id"],
                        name="conversation_post_facet",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["region", "facet", "created_at", "id"],
                        name="conversation_post_region_facet",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["organisation", "created_at", "id"],
                        include=("facet", "show", "morton"),
                        name="conversation_post_organisation",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["district", "created_at", "id"],
                        include=("facet", "show", "morton"),
                        name="conversation_post_district",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["id"],
                        include=("facet", "day", "region", "district", "organisation"),
                        name="conversation_post_facts",
                    ),
                    models.Index(
                        condition=models.Q(("demo", True)),
                        fields=["id"],
                        name="conversation_post_demo",
                    ),
                    indexes.GinIndex(fields=["words"], name="conversation_post_words"),
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
                        name="conversation_post_place_as_chosen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("show", 1), _negated=True),
                            ("organisation__isnull", False),
                            _connector="OR",
                        ),
                        name="conversation_post_organisation_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcode__gt", ""), ("show", 2)),
                            models.Q(models.Q(("show", 2), _negated=True), ("outcode", "")),
                            _connector="OR",
                        ),
                        name="conversation_post_outcode_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed", 3), _negated=True),
                            models.Q(("organisation__isnull", True), ("show__in", [3, 4])),
                            _connector="OR",
                        ),
                        name="conversation_post_anonymous_in_a_region",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed", 1),
                            models.Q(("display_name", ""), ("signed", 2)),
                            models.Q(
                                models.Q(
                                    ("author__isnull", True), ("display_name", ""), ("role", "")
                                ),
                                ("signed", 3),
                            ),
                            _connector="OR",
                        ),
                        name="conversation_post_signed_as_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("result", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("closed_at__isnull", False),
                                ("result__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="conversation_post_closed_with_a_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="conversation_post_no_duplicate_of_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostCounts",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="counts",
                        serialize=False,
                        to="conversation.post",
                    ),
                ),
                ("supports", models.IntegerField(default=0)),
                ("replies", models.IntegerField(default=0)),
                ("follows", models.IntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                ("public", models.BooleanField(default=False)),
                ("facet", models.SmallIntegerField(default=0)),
                ("region", models.IntegerField(blank=True, null=True)),
                ("day", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "counts of a post",
                "verbose_name_plural": "counts of posts",
                "indexes": [
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["supports", "post"],
                        name="conversation_by_supports",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["facet", "supports", "post"],
                        name="conversation_by_supports_f",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["region", "facet", "supports", "post"],
                        name="conversation_by_supports_rf",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["last_at", "post"],
                        name="conversation_by_last_at",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["facet", "last_at", "post"],
                        name="conversation_by_last_at_f",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["region", "facet", "last_at", "post"],
                        name="conversation_by_last_at_rf",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["day", "last_at", "post"],
                        include=("facet", "region", "supports"),
                        name="conversation_by_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "signed",
                    models.SmallIntegerField(
                        choices=[
                            (1, "With my name"),
                            (2, "With my role alone"),
                            (3, "Anonymously"),
                        ],
                        default=1,
                    ),
                ),
                ("display_name", models.CharField(blank=True, max_length=100)),
                ("role", models.CharField(blank=True, max_length=100)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                ("demo", models.BooleanField(default=False)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="replies", to="conversation.post"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="answers",
                        to="conversation.reply",
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                (
                    "voice",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[(1, "The national team"), (2, "The hub of a region")],
                        null=True,
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
            ],
            options={
                "verbose_name_plural": "replies",
                "indexes": [
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["post", "created_at", "id"],
                        name="conversation_reply_thread",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("confirmed_at__gt", models.F("created_at")), ("public", True)
                        ),
                        fields=["post", "confirmed_at"],
                        name="conversation_reply_late",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed", 1),
                            models.Q(("display_name", ""), ("signed", 2)),
                            models.Q(
                                models.Q(
                                    ("author__isnull", True), ("display_name", ""), ("role", "")
                                ),
                                ("signed", 3),
                            ),
                            _connector="OR",
                        ),
                        name="conversation_reply_signed_as_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area__isnull", True), ("voice__isnull", True)),
                            models.Q(("area__isnull", True), ("signed", 2), ("voice", 1)),
                            models.Q(("area__isnull", False), ("signed", 2), ("voice", 2)),
                            _connector="OR",
                        ),
                        name="conversation_reply_voice_of_a_hub",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="supports",
                        to="conversation.post",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("created_at", models.DateTimeField(default=timezone.now)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["created_at"], include=("post",), name="conversation_support_lately"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "person"), name="conversation_support_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="follows",
                        to="conversation.post",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("created_at", models.DateTimeField(default=timezone.now)),
                ("told_at", models.DateTimeField(default=timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "person"), name="conversation_follow_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="deeds",
                        to="conversation.post",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="posts", to="pledges.pledge"
                    ),
                ),
                ("created_at", models.DateTimeField(default=timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "pledge"), name="conversation_deed_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Veil",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="veil",
                        to="conversation.post",
                    ),
                ),
                (
                    "reply",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="veil",
                        to="conversation.reply",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("post__isnull", False), ("reply__isnull", True)),
                            models.Q(("post__isnull", True), ("reply__isnull", False)),
                            _connector="OR",
                        ),
                        name="conversation_veil_of_one",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Safeguarding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to="conversation.post",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to="conversation.reply",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("harm", "Somebody may come to harm"),
                            ("child", "A child or an adult at risk may need protection"),
                            ("crime", "A crime may have happened, or may be about to"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(max_length=1000)),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("opened_at", models.DateTimeField(default=timezone.now)),
            ],
            options={"verbose_name": "safeguarding report", "ordering": ["-pk"]},
        ),
        migrations.CreateModel(
            name="Answering",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="answering",
                        serialize=False,
                        to="conversation.post",
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("draft", models.TextField(blank=True, max_length=2000)),
                (
                    "voice",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[(1, "The national team"), (2, "The hub of a region")],
                        null=True,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("no_mails_since", models.DateTimeField(blank=True, null=True)),
                ("digest_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="terms", to="conversation.theme"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True, on_delete=models.CASCADE, related_name="+", to="geo.area"
                    ),
                ),
                ("stems", models.CharField(max_length=80)),
                ("form", models.CharField(max_length=80)),
                ("posts", models.IntegerField()),
                ("authors", models.IntegerField()),
                ("lately", models.IntegerField()),
                ("authors_lately", models.IntegerField()),
                ("rise", models.IntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("theme", "region", "stems"),
                        name="conversation_term_once",
                        nulls_distinct=False,
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Sensed",
            fields=[
                (
                    "theme",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="sensed",
                        serialize=False,
                        to="conversation.theme",
                    ),
                ),
                ("counted_at", models.DateTimeField()),
                ("posts", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Rise",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="conversation.post",
                    ),
                ),
                ("lately", models.IntegerField()),
                ("region", models.IntegerField(null=True)),
                ("district", models.IntegerField(null=True)),
                ("organisation", models.IntegerField(null=True)),
            ],
        ),
    ]
