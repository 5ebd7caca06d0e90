import uuid

from django.conf import settings
from django.contrib.gis.db import models as gis
from django.contrib.postgres import indexes, search
from django.contrib.postgres.fields import ArrayField
from django.core import validators
from django.db import migrations, models
from django.db.models import functions

import geo.core.bilingual
import geo.core.functions


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("conversation", "0001_initial"),
        ("geo", "0002_initial"),
        ("pledges", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hub",
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
                ("code", models.CharField(db_collation="C", max_length=9, unique=True)),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=100)),
                ("name_cy", models.CharField(blank=True, max_length=100)),
                ("welcome", models.TextField(blank=True)),
                ("welcome_cy", models.TextField(blank=True)),
                ("about", models.TextField(blank=True, db_default="", max_length=4000)),
                ("about_cy", models.TextField(blank=True, db_default="", max_length=4000)),
                ("email", models.EmailField(max_length=254)),
                ("telephone", models.CharField(blank=True, db_default="", max_length=30)),
                ("website", models.URLField(blank=True, db_default="", max_length=300)),
                ("place", models.CharField(max_length=100)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("areas", models.ManyToManyField(related_name="hubs", to="geo.area")),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "indexes": [
                    indexes.GistIndex(
                        functions.Cast("location", gis.PointField(geography=True, srid=4326)),
                        name="hubs_hub_geog",
                    )
                ],
            },
            bases=(geo.core.bilingual.LocalName, models.Model),
        ),
        migrations.CreateModel(
            name="HubMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hub",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="messages", to="hubs.hub"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "sender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.TextField(max_length=3000, verbose_name="message")),
                ("form_key", models.UUIDField(unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["hub", "created_at"],
                        name="hubs_message_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False)),
                        fields=["hub", "-closed_at"],
                        name="hubs_message_closed",
                    ),
                    models.Index(functions.Lower("email"), name="hubs_message_email"),
                ]
            },
        ),
        migrations.CreateModel(
            name="HubAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="answers", to="hubs.hubmessage"
                    ),
                ),
                ("text", models.TextField(max_length=5000, verbose_name="answer")),
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
                ("form_key", models.UUIDField(unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hub",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="invitations", to="hubs.hub"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("hub"), functions.Lower("email"), name="hubs_invitation_email"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True),
                            ("revoked_at__isnull", True),
                            _connector="OR",
                        ),
                        name="hubs_invitation_accepted_or_revoked",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("webinar", "Webinar"),
                            ("meeting", "Meeting"),
                            ("stand", "Stand"),
                            ("forum", "Forum"),
                        ],
                        max_length=10,
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=4000)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "hub",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="events",
                        to="hubs.hub",
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("online", models.BooleanField(default=False)),
                ("join_link", models.URLField(blank=True, max_length=500)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("found_by", models.CharField(blank=True, max_length=100)),
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
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            validators.MinValueValidator(1),
                            validators.MaxValueValidator(100000),
                        ],
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("demo", models.BooleanField(default=False)),
                (
                    "public",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("status", "draft"), _negated=True),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=search.SearchVector(
                            "title", "description", "place", config="english"
                        ),
                        output_field=search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "abstract": False,
                "indexes": [
                    indexes.GistIndex(
                        functions.Cast("location", gis.PointField(geography=True, srid=4326)),
                        name="hubs_event_geog",
                    ),
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["starts_at", "id"],
                        name="hubs_event_when",
                    ),
                    indexes.GinIndex(fields=["words"], name="hubs_event_words"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="hubs_event_ends_after_its_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("location__isnull", True),
                                ("online", True),
                                ("region__isnull", True),
                            ),
                            models.Q(("join_link", ""), ("online", False), ("place__gt", "")),
                            _connector="OR",
                        ),
                        name="hubs_event_online_or_at_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capacity__isnull", True), ("capacity__gte", 1), _connector="OR"
                        ),
                        name="hubs_event_room_for_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="questions", to="hubs.event"
                    ),
                ),
                ("position", models.SmallIntegerField()),
                ("text", models.CharField(max_length=200)),
                (
                    "choices",
                    ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("required", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=models.Deferrable["DEFERRED"],
                        fields=("event", "position"),
                        name="hubs_question_position",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__range", (1, 5))),
                        name="hubs_question_one_to_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="links", to="hubs.event"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("slides", "Slides"),
                            ("recording", "Recording"),
                            ("other", "More to read"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("address", models.URLField(max_length=500)),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="registrations", to="hubs.event"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="registrations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Not confirmed"),
                            ("placed", "Has a place"),
                            ("waiting", "On the waiting list"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="unconfirmed",
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=8)),
                ("turn", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("placed_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("day_reminder_at", models.DateTimeField(blank=True, null=True)),
                ("hour_reminder_at", models.DateTimeField(blank=True, null=True)),
                ("checked_in_at", models.DateTimeField(blank=True, null=True)),
                ("demo", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["confirmed_at", "pk"],
                "indexes": [
                    models.Index(
                        fields=["event", "state", "confirmed_at"], name="hubs_registration_queue"
                    ),
                    models.Index(fields=["email"], name="hubs_registration_email"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("event"),
                        functions.Lower("email"),
                        condition=models.Q(("email__gt", ""), ("state__in", ["placed", "waiting"])),
                        name="hubs_registration_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code__gt", "")),
                        fields=("event", "code"),
                        name="hubs_registration_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="answers", to="hubs.registration"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="answers", to="hubs.question"
                    ),
                ),
                ("text", models.CharField(max_length=500)),
            ],
            options={
                "ordering": ["question__position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "question"), name="hubs_answer_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="announcements", to="hubs.event"
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("placed", "Everybody with a place"),
                            ("waiting", "Everybody on the waiting list"),
                            ("all", "Both"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=4000)),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ["-sent_at"]},
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="discussions", to="hubs.event"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="+", to="conversation.post"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "post at an event",
                "verbose_name_plural": "posts at events",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "post"), name="hubs_discussion_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Interests",
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
                ("newsletter_since", models.DateTimeField(blank=True, null=True)),
                ("told_until", models.DateField(blank=True, null=True)),
                (
                    "pledge_themes",
                    models.ManyToManyField(blank=True, related_name="+", to="pledges.theme"),
                ),
                (
                    "talk_themes",
                    models.ManyToManyField(blank=True, related_name="+", to="conversation.theme"),
                ),
            ],
            options={
                "verbose_name": "interests",
                "verbose_name_plural": "interests",
                "indexes": [
                    models.Index(
                        condition=models.Q(("newsletter_since__isnull", False)),
                        fields=["told_until"],
                        name="hubs_interests_newsletter",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("newsletter_since__isnull", True),
                            ("told_until__isnull", False),
                            _connector="OR",
                        ),
                        name="hubs_interests_told_from_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bookmark",
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
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "bookmark",
                "verbose_name_plural": "bookmarks",
                "indexes": [
                    models.Index(fields=["person", "created_at", "id"], name="hubs_bookmark_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "content_type", "object_id"), name="hubs_bookmark_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
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
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("stars", models.SmallIntegerField()),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "rating",
                "verbose_name_plural": "ratings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "person"), name="hubs_rating_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stars__range", (1, 5))), name="hubs_rating_one_to_five"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
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
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.TextField(max_length=1000)),
                ("display_name", models.CharField(blank=True, max_length=100)),
                ("form_key", models.UUIDField(unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(
                        fields=["content_type", "object_id", "created_at", "id"],
                        name="hubs_comment_newest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Resource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(blank=True, max_length=80, null=True, unique=True)),
                (
                    "hub",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="resources",
                        to="hubs.hub",
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True, max_length=2000)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("guide", "Guide"),
                            ("poster", "Poster"),
                            ("slides", "Slides"),
                            ("template", "Template"),
                            ("recording", "Video or recording"),
                            ("link", "Website"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone"),
                            ("teams", "Teams in health and care"),
                            ("leaders", "Leaders and organisers"),
                            ("patients", "Patients, carers and the public"),
                        ],
                        default="everyone",
                        max_length=10,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("cy", "Welsh"),
                            ("en-cy", "English and Welsh"),
                            ("bfi", "British Sign Language"),
                            ("other", "Another language"),
                        ],
                        default="en",
                        max_length=5,
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("ogl", "Open Government Licence v3.0"),
                            ("cc-by", "Creative Commons Attribution 4.0"),
                            ("cc-by-sa", "Creative Commons Attribution-ShareAlike 4.0"),
                            ("cc-by-nc", "Creative Commons Attribution-NonCommercial 4.0"),
                            ("cc0", "Public domain (CC0)"),
                            ("ask", "All rights reserved: ask before you use it elsewhere"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="geo.upload",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("demo", models.BooleanField(default=False)),
                (
                    "public",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(
                            ("published_at__isnull", False), ("retired_at__isnull", True)
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=search.CombinedSearchVector(
                            search.SearchVector("title", config="english", weight="A"),
                            "||",
                            search.SearchVector("description", config="english", weight="B"),
                            search.SearchConfig("english"),
                        ),
                        output_field=search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("public", True)),
                        fields=["-published_at", "-id"],
                        name="hubs_resource_new",
                    ),
                    indexes.GinIndex(fields=["words"], name="hubs_resource_words"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link", ""), ("upload__isnull", False)),
                            models.Q(("link__gt", ""), ("upload__isnull", True)),
                            _connector="OR",
                        ),
                        name="hubs_resource_file_or_link",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Downloads",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="download_days", to="hubs.resource"
                    ),
                ),
                ("day", models.DateField()),
                ("n", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "downloads of a day",
                "verbose_name_plural": "downloads by the day",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("resource", "day"), name="hubs_downloads_one_a_day"
                    )
                ],
            },
        ),
    ]
