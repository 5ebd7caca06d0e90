"""Who may answer for a hub or the national team, by the one table of grants.

A steward of a region answers for its hub, as does one of a nation or an operator for the national
team. A post that is shown in no region is the national team's.
"""

from django.db.models import Q, QuerySet

from geo.models import Area
from hubs.conversation.models import Post, Voice
from pledges.models import Grant, User

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


def to_answer(person: User, posts: QuerySet[Post]) -> QuerySet[Post]:
    """Of these posts, those that a person may answer."""
    if person.is_operator:
        return posts
    regions = list(_areas(person, Kind.REGION).values_list("pk", flat=True))
    nations = _areas(person, Kind.NATION)
    regions += Area.objects.filter(parent__in=nations, kind=Kind.REGION).values_list(
        "pk", flat=True
    )
    return posts.filter(region__in=regions)


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
