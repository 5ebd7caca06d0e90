"""Who may answer for a hub or the national team, and how often anybody may take part."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from geo.areas.models import Area
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Voice
from pledges.accounts.models import Grant, User
from pledges.accounts.rate_limits import MAILS_FROM_NETWORK, Limit, network, take

# Nobody writes more than this by hand; whole hospitals sit behind one network.
POSTS = Limit("posts-from-person", 20, 3600)
REPLIES = Limit("replies-from-person", 60, 3600)
PARTS = Limit("parts-from-person", 600, 3600)
FROM_NETWORK = Limit("conversation-from-network", 3000, 3600)


def writing(request: HttpRequest, who: User | None, limit: Limit) -> None:
    """Count one more text of a person, or of a stranger's network. Raises TooMany."""
    take(FROM_NETWORK, network(request))
    if who:
        take(limit, str(who.pk))
    else:
        take(MAILS_FROM_NETWORK, network(request))


Kind = Area.Kind
STEWARD = Grant.Role.STEWARD


def _areas(person: User, kind: str) -> QuerySet[Area]:
    held = Grant.objects.of(person, STEWARD).values("area")
    return Area.objects.without_boundaries().filter(pk__in=held, kind=kind)


def answers(person: User | None) -> bool:
    """Whether somebody has a queue of posts to answer at all."""
    if not person or not person.is_active:
        return False
    if person.is_operator:
        return True
    held = Grant.objects.of(person, STEWARD)
    return held.filter(area__kind__in=(Kind.REGION, Kind.NATION)).exists()


def voices_of(person: User | None, post: Post) -> list[Voice]:
    """For whom a person may answer a post: the most fitting first; nothing for most people."""
    if not person or not person.is_active:
        return []
    operator = person.is_operator
    region = _areas(person, Kind.REGION).filter(pk=post.region_id).exists()
    nation = _areas(person, Kind.NATION).filter(parts=post.region_id).exists()
    found = []
    if post.region_id and (region or operator):
        found.append(Voice.HUB)
    if operator or nation:
        found.append(Voice.NATIONAL)
    return found


def may_answer(person: User | None, post: Post) -> bool:
    return bool(voices_of(person, post))


def areas_of(person: User) -> list[Area]:
    """The regions and nations that a person answers for, by name; all regions for an operator."""
    rows = Area.objects.without_boundaries()
    if person.is_operator:
        return list(Area.objects.regions().without_boundaries().order_by("name"))
    held = Grant.objects.of(person, STEWARD).values("area")
    return list(rows.filter(pk__in=held, kind__in=(Kind.NATION, Kind.REGION)).order_by("name"))


def colleagues(post: Post) -> QuerySet[User]:
    """Those on whose desk a post may be put, by name and address."""
    held = Grant.objects.filter(
        Q(role=Grant.Role.OPERATOR)
        | Q(role=STEWARD, area=post.region_id)
        | Q(role=STEWARD, area__kind=Kind.NATION, area__parts=post.region_id)
    )
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by(
        "name", "email"
    )
