"""Events, their registrations, and the posts of the conversation that they discuss."""

import datetime
import uuid

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.core.signing import BadSignature, Signer
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.core.located import Located, LocatedQuerySet
from hubs.conversation.models.posts import Post
from hubs.events.times import format_span
from hubs.hub.models import Hub
from pledges.accounts.models import User

FEW = 5  # places left from which a page says that there are few
# Signs the private address of a registration; the salt makes it good for this purpose alone.
_signer = Signer(salt="hubs.events.place")


class EventQuerySet(LocatedQuerySet):
    def public(self) -> "EventQuerySet":
        """All but drafts: a cancelled event stays, so that calendars learn of it."""
        return self.filter(public=True)

    def upcoming(self) -> "EventQuerySet":
        """Published and not over, soonest first."""
        open_ones = self.filter(status=Event.Status.PUBLISHED, ends_at__gt=timezone.now())
        return open_ones.order_by("starts_at", "pk")

    def past(self) -> "EventQuerySet":
        """Over, whether or not it was marked so, latest first; none that was cancelled."""
        over = Q(ends_at__lte=timezone.now()) | Q(status=Event.Status.HELD)
        rows = self.filter(over).exclude(status=Event.Status.CANCELLED)
        return rows.order_by("-starts_at", "-pk")

    def matching(self, words: str) -> "EventQuerySet":
        """Events whose title, description or place has the words, as a web search reads them."""
        return self.filter(words=SearchQuery(words, config="english", search_type="websearch"))

    def of_area(self, area: Area) -> "EventQuerySet":
        """Events in an area, and the online ones of the hubs that serve it."""
        if area.kind == Area.Kind.DISTRICT:
            placed, served = Q(district=area), [area.parent_id]
        else:
            regions = Area.objects.regions().filter(Q(pk=area.pk) | Q(parent=area))
            served = list(regions.values_list("pk", flat=True))
            placed = Q(region__in=served)
        hubs = Hub.objects.filter(areas__in=served).values("pk")
        return self.filter(placed | Q(online=True, hub__in=hubs))

    def of_post(self, post: Post) -> "EventQuerySet":
        """Public events that are linked with a post, latest first."""
        linked = Discussion.objects.of_post(post).values("event")
        return self.public().filter(pk__in=linked).order_by("-starts_at")

    def suggested_for(self, post: Post) -> "EventQuerySet":
        """Next events to link with a post: of its region, national ones and those online."""
        near = Q(region=post.region_id) | Q(hub__isnull=True) | Q(online=True)
        rows = self.upcoming().filter(near if post.region_id else Q())
        return rows.exclude(pk__in=Discussion.objects.of_post(post).values("event"))

    def with_areas(self) -> "EventQuerySet":
        """With what an item of a list shows of each event."""
        return self.select_related("hub", "region", "district").defer(
            *("words", "region__boundary", "region__boundary_low"),
            *("district__boundary", "district__boundary_low"),
        )

    def with_everything(self) -> "EventQuerySet":
        """With areas, and `taken` for `Event.room`, in one query."""
        placed = Q(registrations__state="placed")
        return self.with_areas().annotate(taken=Count("registrations", filter=placed))


class Event(Located):
    """One event. Times are stored in UTC, and are entered and shown in Europe/London.

    Without a hub it is national. `join_link` is for those who have a place, and for nobody else.
    """

    class Kind(models.TextChoices):
        WEBINAR = "webinar", _("Webinar")
        MEETING = "meeting", _("Meeting")
        STAND = "stand", _("Stand")
        FORUM = "forum", _("Forum")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    slug = models.SlugField(max_length=80, unique=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    description = models.TextField(max_length=4000, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    hub = models.ForeignKey(Hub, models.PROTECT, null=True, blank=True, related_name="events")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    online = models.BooleanField(default=False)
    join_link = models.URLField(max_length=500, blank=True)
    # The place in words, and what was looked up for its point on the map.
    place = models.CharField(max_length=200, blank=True)
    found_by = models.CharField(max_length=100, blank=True)
    district = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    # How often what stands in people's calendars has changed: RFC 5545, 3.8.7.4.
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    demo = models.BooleanField(default=False)

    public = models.GeneratedField(
        expression=~Q(status="draft"),  # type: ignore[arg-type]  # - the stubs forget Q
        output_field=models.BooleanField(),
        db_persist=True,
    )
    words = models.GeneratedField(
        expression=SearchVector("title", "description", "place", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EventQuerySet.as_manager()  # type: ignore[misc]  # - a narrower manager

    class Meta(Located.Meta):
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="hubs_event_ends_after_its_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            # Online there is no point on the map; elsewhere there is no link to join by.
            models.CheckConstraint(
                name="hubs_event_online_or_at_a_place",
                condition=Q(online=True, location__isnull=True, region__isnull=True)
                | Q(online=False, join_link="", place__gt=""),
            ),
            models.CheckConstraint(
                name="hubs_event_room_for_somebody",
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
            ),
        ]
        indexes = [
            *Located.Meta.indexes,
            models.Index(
                fields=["starts_at", "id"], condition=Q(public=True), name="hubs_event_when"
            ),
            GinIndex(fields=["words"], name="hubs_event_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    @property
    def when(self) -> str:
        """From when to when, in words for people."""
        return format_span(self.starts_at, self.ends_at)

    @property
    def cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def over(self) -> bool:
        return self.status == self.Status.HELD or self.ends_at <= timezone.now()

    @property
    def started(self) -> bool:
        return self.starts_at <= timezone.now()

    def takes_registrations(self, at: datetime.datetime | None = None) -> bool:
        """Whether somebody may register now, or may confirm a registration made at `at`."""
        now = timezone.now()
        made = at or now
        return (
            self.status == self.Status.PUBLISHED
            and now < self.starts_at
            and (self.opens_at is None or self.opens_at <= made)
            and (self.closes_at is None or made < self.closes_at)
        )

    @property
    def opens_later(self) -> bool:
        """Whether registration has yet to open."""
        now = timezone.now()
        published = self.status == self.Status.PUBLISHED
        return bool(published and self.opens_at and now < min(self.opens_at, self.starts_at))

    @property
    def room(self) -> str:
        """What the public is told of the places left: "available", "few" or "none"."""
        if self.capacity is None:
            return "available"
        left = self.capacity - self.places_taken()
        return "none" if left < 1 else "few" if left <= FEW else "available"

    def places_taken(self) -> int:
        """How many have a place: as `with_everything` counted them, or else by a query."""
        taken = getattr(self, "taken", None)
        return self.registrations.placed().count() if taken is None else taken


class Question(models.Model):
    """What an organiser asks everybody who registers: a short text, or one of some choices."""

    MOST = 5

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    position = models.SmallIntegerField()
    text = models.CharField(max_length=200)
    # Empty: the answer is a short text.
    choices = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    required = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "position"],
                name="hubs_question_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, 5)), name="hubs_question_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class EventLink(models.Model):
    """A link that an event leaves behind: slides, a recording, something else to read."""

    class Kind(models.TextChoices):
        SLIDES = "slides", _("Slides")
        RECORDING = "recording", _("Recording")
        OTHER = "other", _("More to read")

    event = models.ForeignKey(Event, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=120)
    address = models.URLField(max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def placed(self) -> "RegistrationQuerySet":
        return self.filter(state=Registration.State.PLACED)

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list, who has waited longest first."""
        return self.filter(state=Registration.State.WAITING).order_by("confirmed_at", "pk")

    def active(self) -> "RegistrationQuerySet":
        """With a place or waiting for one."""
        return self.filter(state__in=Registration.ACTIVE)

    def of(self, person: User) -> "RegistrationQuerySet":
        """A person's own: of their account, or confirmed by its address."""
        mail = person.email.lower()
        by_mail = Q(email=mail) & ~Q(state=Registration.State.UNCONFIRMED)
        return self.filter(Q(person=person) | by_mail)

    def by_token(self, token: str) -> "Registration | None":
        """The registration whose private address has this token.

        None for a forged token, or once name and address have been removed.
        """
        try:
            key = int(_signer.unsign(token))
        except (BadSignature, ValueError):
            return None
        rows = self.select_related("event__hub", "event__region", "event__district")
        return rows.filter(pk=key, email__gt="").first()


class Registration(models.Model):
    """One person at one event. Name and address are removed in time; the row stays."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Not confirmed")
        PLACED = "placed", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")

    ACTIVE = (State.PLACED, State.WAITING)

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    person = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    # Shown at the door; unique among those of one event.
    code = models.CharField(max_length=8, blank=True)
    # How many calendar messages earlier registrations of this person used: see `calendars`.
    turn = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    placed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    day_reminder_at = models.DateTimeField(null=True, blank=True)
    hour_reminder_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("email"),
                condition=Q(state__in=["placed", "waiting"], email__gt=""),
                name="hubs_registration_once",
            ),
            models.UniqueConstraint(
                fields=["event", "code"], condition=Q(code__gt=""), name="hubs_registration_code"
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "confirmed_at"], name="hubs_registration_queue"),
            models.Index(fields=["email"], name="hubs_registration_email"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.pk})"

    def get_absolute_url(self) -> str:
        """The private path at which its person sees, and gives up, their place."""
        return reverse("event-place", args=[_signer.sign(str(self.pk))])

    @property
    def placed(self) -> bool:
        return self.state == self.State.PLACED

    @property
    def waiting(self) -> bool:
        return self.state == self.State.WAITING


class Answer(models.Model):
    """What somebody answered to a question of the organiser; for organisers alone."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ["question__position"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="hubs_answer_once")
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Announcement(models.Model):
    """What organisers wrote to everybody at an event."""

    class To(models.TextChoices):
        PLACED = "placed", _("Everybody with a place")
        WAITING = "waiting", _("Everybody on the waiting list")
        ALL = "all", _("Both")

    event = models.ForeignKey(Event, models.CASCADE, related_name="announcements")
    to = models.CharField(max_length=10, choices=To)
    subject = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.subject


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    def of_post(self, post: Post) -> "DiscussionQuerySet":
        """Those of a post and of the posts that were merged into it."""
        return self.filter(Q(post=post) | Q(post__merged_into=post))


class Discussion(models.Model):
    """A post that an event is about.

    Who linked them is not stored: it may be the author of the post, who may be anonymous.
    """

    MOST = 30  # of an event, and of a post

    event = models.ForeignKey(Event, models.CASCADE, related_name="discussions")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "post at an event"
        verbose_name_plural = "posts at events"
        constraints = [
            models.UniqueConstraint(fields=["event", "post"], name="hubs_discussion_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.post_id}"
