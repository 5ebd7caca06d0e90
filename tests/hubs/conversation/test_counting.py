"""Counts of the conversation are exact, whatever path writes."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from geo.counts import rebuild
from geo.counts.models import Ledger
from geo.live.log import newest
from geo.live.models import News
from hubs.conversation import actions
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.counted import REPLIES, SPECS
from hubs.conversation.models.participation import Support
from hubs.conversation.models.posts import SPEC, Post, PostCounts
from hubs.conversation.models.replies import Reply
from pledges.counts.worker import specs

Dimension = Ledger.Dimension


def whole(layer: int) -> int:
    rows = Ledger.objects.filter(layer=layer, dimension=Dimension.AREA, period=0, place=0)
    return sum(rows.values_list("n", flat=True))


def right() -> bool:
    """Whether the kept counts are those of the rows."""
    return not any(n for spec in SPECS for n in rebuild.differences(spec).values())


def test_the_worker_counts_the_conversation():
    assert set(SPECS) <= set(specs())
    assert len({spec.layer for spec in specs()}) == len(specs())


def test_posts_and_replies_are_counted_where_they_are_shown(
    committed, ground, post, reply, counted
):
    made = post("More lockers.", outcode="SO14")
    post("Longer breaks.", region=ground.west, signed=Signed.ANONYMOUS)
    reply(made)
    counted()
    of_posts = Ledger.objects.filter(layer=SPEC.layer, dimension=Dimension.AREA_FACET, period=0)
    east, west = (of_posts.filter(place=area.pk) for area in (ground.east, ground.west))
    assert sum(east.values_list("n", flat=True)) == 1
    assert [(row.shown, row.n) for row in west] == [(Post.Show.REGION, 1)]
    assert (whole(SPEC.layer), whole(REPLIES.layer)) == (2, 1)
    assert right()


def test_replies_follow_their_post_in_and_out_of_view(committed, post, reply, counted):
    made = post()
    reply(made)
    reply(made)
    counted()
    Post.objects.filter(pk=made.pk).update(hidden_at=timezone.now())
    counted()
    assert (whole(SPEC.layer), whole(REPLIES.layer)) == (0, 0)
    Post.objects.filter(pk=made.pk).update(hidden_at=None, theme=2)
    Reply.objects.filter(post=made)[:1].get().delete()
    counted()
    assert (whole(SPEC.layer), whole(REPLIES.layer)) == (1, 1)
    assert right()


@pytest.mark.parametrize("model", [Post, Reply], ids=lambda model: model.__name__)
def test_deleting_leaves_nothing_counted(committed, post, reply, counted, model):
    made = post()
    reply(made)
    counted()
    model.objects.all().delete()
    counted()
    assert whole(REPLIES.layer) == 0
    assert right()


def test_what_stands_beside_a_post_follows_every_write(post, reply, alice, bob, charlie):
    made = post(author=alice)
    actions.support(made, bob)
    actions.support(made, charlie)
    actions.follow(made, bob)
    first, second = reply(made), reply(made)
    Reply.objects.filter(pk=second.pk).update(hidden_at=timezone.now())
    counts = PostCounts.objects.get(post=made)
    assert (counts.supports, counts.replies, counts.follows) == (2, 1, 1)
    assert counts.last_at == first.created_at
    charlie.delete()
    first.delete()
    counts.refresh_from_db()
    assert (counts.supports, counts.replies, counts.last_at) == (1, 0, made.created_at)
    Support.objects.all().delete()
    counts.refresh_from_db()
    assert counts.supports == 0


def test_nothing_points_at_posts_without_a_case(post):
    """Cases go with what they are about."""
    made = post()
    kind = ContentType.objects.get_for_model(made)
    made.cases.create(
        content_type=kind, why="reported", original=made.text, opened_at=timezone.now()
    )
    made.delete()
    assert not kind.model_class().objects.exists()
    assert not Post.cases.rel.model.objects.filter(content_type=kind).exists()


def test_whatever_is_published_of_a_post_is_told_of(post, reply, counted, bob):
    seen = newest()

    def told() -> dict[str, set[int]]:
        nonlocal seen
        counted()
        found: dict[str, set[int]] = {}
        for news in News.objects.after(seen):
            found.setdefault(f"{news.collection} {news.key}", set()).add(news.verb)
            seen = news.id
        return found

    made = post()
    key, verb = f"posts {made.pk}", News.Verb
    assert told() == {key: {verb.NEW}}
    said = reply(made)
    assert told() == {key: {verb.CHANGED}}
    actions.support(made, bob)
    assert told() == {key: {verb.CHANGED}}
    Post.objects.filter(pk=made.pk).update(role="Porter")
    assert told() == {key: {verb.CHANGED}}
    Post.objects.filter(pk=made.pk).update(hidden_at=timezone.now())
    assert verb.GONE in told()[key]
    Reply.objects.filter(pk=said.pk).update(text="Seen by nobody.", hidden_at=timezone.now())
    actions.unsupport(made, bob)
    Post.objects.filter(pk=made.pk).update(text="Seen by nobody.")
    assert told() == {}
