from django.conf import settings
from django.contrib.postgres import indexes, search
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models
from django.utils import timezone

import geo.core.bilingual


class Migration(migrations.Migration):
    initial = True

    dependencies = [("geo", "0002_initial"), ("pledges", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="StaffPledge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("slug", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("name_cy", models.CharField(blank=True, max_length=120)),
                ("short", models.CharField(max_length=24)),
                ("short_cy", models.CharField(blank=True, max_length=24)),
                ("meaning", models.TextField(max_length=1000)),
                ("meaning_cy", models.TextField(blank=True, max_length=1000)),
                ("employer_does", models.TextField(max_length=1000)),
                ("employer_does_cy", models.TextField(blank=True, max_length=1000)),
                ("managers_do", models.TextField(max_length=1000)),
                ("managers_do_cy", models.TextField(blank=True, max_length=1000)),
                ("everyone_does", models.TextField(max_length=1000)),
                ("everyone_does_cy", models.TextField(blank=True, max_length=1000)),
                ("source", models.CharField(max_length=200)),
                ("source_url", models.URLField(max_length=300)),
                ("colour", models.CharField(max_length=7)),
            ],
            options={
                "verbose_name": "staff pledge",
                "ordering": ["-edition", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "number"), name="employers_staffpledge_number_once"
                    ),
                    models.UniqueConstraint(
                        fields=("edition", "slug"), name="employers_staffpledge_slug_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 6))),
                        name="employers_staffpledge_one_of_six",
                    ),
                ],
            },
            bases=(geo.core.bilingual.LocalName, models.Model),
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="actions",
                        to="pledges.organisation",
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("description", models.TextField(max_length=3000)),
                ("owner", models.CharField(max_length=100)),
                ("start", models.DateField()),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("under-way", "Under way"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "staff_groups",
                    ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("everyone", "All staff"),
                                ("nurses", "Nurses and midwives"),
                                ("doctors", "Doctors and dentists"),
                                (
                                    "allied",
                                    "Allied health professionals, scientists and pharmacists",
                                ),
                                ("ambulance", "Ambulance crews"),
                                ("support", "Care assistants and support workers"),
                                ("estates", "Estates, catering, cleaning and porters"),
                                ("admin", "Administration and corporate teams"),
                                ("managers", "Managers"),
                                ("learners", "Students, trainees and apprentices"),
                                ("volunteers", "Volunteers and bank staff"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "sites",
                    ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=200)),
                ("unit", models.CharField(blank=True, max_length=20)),
                (
                    "baseline",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                ),
                (
                    "target",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                ),
                ("good_practice", models.BooleanField(default=False)),
                (
                    "adapted_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="adaptations",
                        to="employers.action",
                    ),
                ),
                ("approved_at", models.DateTimeField(default=timezone.now)),
                ("said_at", models.DateTimeField(default=timezone.now)),
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
                (
                    "pledges",
                    models.ManyToManyField(related_name="actions", to="employers.staffpledge"),
                ),
            ],
            options={
                "ordering": ["-start", "-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "start"], name="employers_action_of"),
                    models.Index(
                        condition=models.Q(("status__in", ("planned", "under-way"))),
                        fields=["due"],
                        name="employers_action_due_open",
                    ),
                    indexes.GinIndex(
                        condition=models.Q(("good_practice", True)),
                        fields=["words"],
                        name="employers_action_words",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due__isnull", True), ("due__gte", models.F("start")), _connector="OR"
                        ),
                        name="employers_action_due_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason__gt", ""), ("status", "stopped")),
                            models.Q(
                                models.Q(("status", "stopped"), _negated=True), ("reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="employers_action_stopped_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False), ("status__in", ["done", "stopped"])
                            ),
                            models.Q(
                                ("ended_on__isnull", True), ("status__in", ("planned", "under-way"))
                            ),
                            _connector="OR",
                        ),
                        name="employers_action_ended_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="milestones", to="employers.action"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("due", models.DateField()),
                ("reached_on", models.DateField(blank=True, null=True)),
            ],
            options={"ordering": ["due", "pk"]},
        ),
        migrations.CreateModel(
            name="Update",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="updates", to="employers.action"
                    ),
                ),
                ("on", models.DateField()),
                ("text", models.TextField(max_length=2000)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("under-way", "Under way"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                ),
                ("approved_at", models.DateTimeField(default=timezone.now)),
            ],
            options={"ordering": ["-on", "-pk"]},
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="evidence", to="employers.action"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("link", models.URLField(blank=True, max_length=500)),
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
                ("on", models.DateField(default=timezone.localdate)),
                ("approved_at", models.DateTimeField(default=timezone.now)),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link", ""), ("upload__isnull", False)),
                            models.Q(("link__gt", ""), ("upload__isnull", True)),
                            _connector="OR",
                        ),
                        name="employers_evidence_file_or_link",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="adoptions",
                        to="pledges.organisation",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="adoptions",
                        to="employers.staffpledge",
                    ),
                ),
                ("adopted_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("lead", models.CharField(max_length=100)),
                ("approved_at", models.DateTimeField(default=timezone.now)),
            ],
            options={
                "ordering": ["pledge__number", "adopted_on"],
                "indexes": [
                    models.Index(
                        fields=["organisation", "adopted_on"], name="employers_adoption_of"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("adopted_on")),
                            _connector="OR",
                        ),
                        name="employers_adoption_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("organisation", "pledge"),
                        name="employers_adoption_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Values",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="values_statement",
                        serialize=False,
                        to="pledges.organisation",
                    ),
                ),
                ("statement", models.TextField(max_length=2000)),
                ("statement_cy", models.TextField(blank=True, max_length=2000)),
                ("help", models.TextField(blank=True, max_length=1000)),
                ("help_cy", models.TextField(blank=True, max_length=1000)),
                ("approved_at", models.DateTimeField(default=timezone.now)),
            ],
            options={
                "verbose_name": "values of an employer",
                "verbose_name_plural": "values of employers",
            },
        ),
        migrations.CreateModel(
            name="BoardReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="board_reports",
                        to="pledges.organisation",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("quarter", models.PositiveSmallIntegerField(default=0)),
                ("edition", models.PositiveSmallIntegerField()),
                ("content", models.JSONField(encoder=DjangoJSONEncoder)),
                ("published_at", models.DateTimeField(default=timezone.now)),
            ],
            options={
                "ordering": ["-year", "-quarter", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "year", "quarter", "edition"),
                        name="employers_boardreport_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__range", (0, 4))),
                        name="employers_boardreport_quarter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="proposals",
                        to="pledges.organisation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("adoption", "Adoption of a pledge"),
                            ("values", "Values and help"),
                            ("action", "Action"),
                            ("update", "Update of an action"),
                            ("evidence", "Evidence"),
                            ("report", "Report to the board"),
                        ],
                        max_length=10,
                    ),
                ),
                ("target", models.BigIntegerField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to="employers.action",
                    ),
                ),
                ("removes", models.BooleanField(default=False)),
                ("content", models.JSONField(default=dict, encoder=DjangoJSONEncoder)),
                ("before", models.JSONField(blank=True, encoder=DjangoJSONEncoder, null=True)),
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent for approval"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=1000)),
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
                ("made_at", models.DateTimeField(default=timezone.now)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "state"], name="employers_proposal_of")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("target__isnull", False),
                        ),
                        fields=("kind", "target"),
                        name="employers_proposal_one_open_of_a_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            ("words__gt", ""),
                            _connector="OR",
                        ),
                        name="employers_proposal_returned_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="employers_proposal_sent_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removes", True), _negated=True),
                            ("target__isnull", False),
                            _connector="OR",
                        ),
                        name="employers_proposal_removes_a_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="employer_reader",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("no_mails_since", models.DateTimeField(blank=True, null=True)),
                ("digest_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="IndicatorSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("name", models.CharField(max_length=120)),
                ("name_cy", models.CharField(blank=True, max_length=120)),
                ("called", models.CharField(max_length=60)),
                ("called_cy", models.CharField(blank=True, max_length=60)),
                ("prefix", models.CharField(max_length=4)),
                ("source", models.CharField(max_length=200)),
                ("source_url", models.URLField(max_length=300)),
            ],
            options={"ordering": ["-year"]},
            bases=(geo.core.bilingual.LocalName, models.Model),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "set",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="indicators",
                        to="employers.indicatorset",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=200)),
                ("words_cy", models.CharField(blank=True, max_length=200)),
                (
                    "unit",
                    models.CharField(
                        choices=[("percent", "Per cent"), ("score", "Score")], max_length=7
                    ),
                ),
                ("low", models.PositiveSmallIntegerField(default=0)),
                ("high", models.PositiveSmallIntegerField(default=100)),
                ("more_is_better", models.BooleanField(default=True)),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="indicators",
                        to="employers.staffpledge",
                    ),
                ),
                (
                    "continues",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="continued_by",
                        to="employers.indicator",
                    ),
                ),
            ],
            options={
                "ordering": ["-set__year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("set", "number"), name="employers_indicator_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("low__lt", models.F("high"))),
                        name="employers_indicator_scale_has_a_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", "percent"), _negated=True),
                            models.Q(("high", 100), ("low", 0)),
                            _connector="OR",
                        ),
                        name="employers_indicator_percent_of_a_hundred",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="findings", to="pledges.organisation"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="findings", to="employers.indicator"
                    ),
                ),
                ("value", models.FloatField(blank=True, null=True)),
                ("n", models.PositiveIntegerField(blank=True, null=True)),
                ("low", models.FloatField(blank=True, null=True)),
                ("high", models.FloatField(blank=True, null=True)),
                ("suppressed", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-year", "organisation", "indicator"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "organisation", "indicator"), name="employers_finding_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("suppressed", False), ("value__isnull", False)),
                            models.Q(
                                ("high__isnull", True),
                                ("low__isnull", True),
                                ("n__isnull", True),
                                ("suppressed", True),
                                ("value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="employers_finding_withheld_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("high__isnull", True), ("low__isnull", True)),
                            models.Q(
                                ("high__gte", models.F("value")), ("low__lte", models.F("value"))
                            ),
                            _connector="OR",
                        ),
                        name="employers_finding_between_its_limits",
                    ),
                ],
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
                (
                    "indicator",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="+",
                        to="employers.indicator",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "verdict",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Improved"), (2, "No change"), (3, "Worse"), (4, "Not tested")]
                    ),
                ),
                ("why", models.PositiveSmallIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="+",
                        to="pledges.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["year"],
                        include=("organisation", "indicator", "verdict"),
                        name="employers_change_year",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "year", "indicator"), name="employers_change_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="+",
                        to="employers.indicator",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "verdict",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Improved"), (2, "No change"), (3, "Worse"), (4, "Not tested")]
                    ),
                ),
                ("why", models.PositiveSmallIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="+",
                        to="geo.area",
                    ),
                ),
                ("value", models.FloatField(blank=True, null=True)),
                ("before", models.FloatField(blank=True, null=True)),
                ("organisations", models.PositiveIntegerField(default=0)),
                ("demo", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "area", "indicator"),
                        name="employers_placechange_once",
                        nulls_distinct=False,
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SurveyImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
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
                ("file_name", models.CharField(max_length=200)),
                ("columns", models.JSONField(blank=True, default=dict)),
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
                ("created_at", models.DateTimeField(default=timezone.now)),
                ("imported_at", models.DateTimeField(blank=True, null=True)),
                ("figures", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={"ordering": ["-created_at", "-pk"]},
        ),
    ]
