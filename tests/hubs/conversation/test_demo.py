"""The demo's conversation is marked, counted, and goes again."""

from geo.counts import rebuild
from hubs.conversation.demo.seed import seed
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.counted import SPECS
from hubs.conversation.models.participation import Support
from hubs.conversation.models.posts import Post, PostCounts
from hubs.conversation.models.replies import Reply
from hubs.conversation.models.themes import Heard
from pledges.accounts.retention import remove_demo


def test_the_demo_is_marked_exact_and_goes_again(committed, ground, themes, post, reply):
    kept = post("Mine.")
    reply(kept)
    seed(200)
    demo = Post.objects.filter(demo=True)
    assert demo.count() == 200
    assert set(demo.filter(signed=Signed.ANONYMOUS).values_list("show", flat=True)) <= {3, 4}
    assert demo.filter(answered_at__isnull=False).exists()
    for counts in PostCounts.objects.select_related("post"):
        own = counts.post
        assert counts.supports == Support.objects.filter(post=own).count()
        assert counts.replies == Reply.objects.filter(post=own).count()
        assert (counts.public, counts.facet, counts.region) == (True, own.facet, own.region_id)
    assert not any(n for spec in SPECS for n in rebuild.differences(spec).values())
    remove_demo()
    assert list(Post.objects.all()) == [kept]
    assert Reply.objects.count() == 1
    assert not Heard.objects.exists()
    assert not any(n for spec in SPECS for n in rebuild.differences(spec).values())
