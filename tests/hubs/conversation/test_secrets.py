"""What mails, cases, news and files tell of what was written, and of who is anonymous."""

import io
import json

from django.utils import timezone

from geo.live.models import News
from hubs.conversation import actions, digest
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.participation import Follow
from hubs.conversation.models.posts import Post
from pledges.accounts.models import Confirmation
from pledges.accounts.my_data import everything
from tests.hubs.conversation.test_leaks import NAME, SECRET, said


def test_a_case_about_who_is_anonymous_names_nobody(ground, post, seat, olga, alice):
    """What is anonymous is moderated as everything is."""
    alice.name, alice.email = NAME, f"{NAME}@example.org"
    alice.save()
    operator = seat(olga)
    held = post("x", author=None, confirmed=False, region=ground.east, signed=Signed.ANONYMOUS)
    Post.objects.filter(pk=held.pk).update(text="Ring me on 07700 900123.")
    held.refresh_from_db()
    actions.verify_post(held, alice)
    case = held.cases.get()
    for path in (
        f"/admin/pledges/case/{case.pk}/change/",
        f"/admin/pledges/case/?author__id__exact={alice.pk}",
        f"/admin/conversation/post/?author__id__exact={alice.pk}",
        "/admin/pledges/confirmation/",
        "/admin/auditlog/logentry/",
        f"/moderation/{case.pk}/",
    ):
        assert NAME.lower() not in said(operator.get(path)).lower(), path
    # A filter for the author finds as much as without: nothing is told by what is found.
    found = said(operator.get(f"/admin/pledges/case/?author__id__exact={alice.pk}"))
    assert "07700" not in found


def test_the_address_is_gone_from_what_was_confirmed(client, themes, deliver):
    form = {
        "text": "Nobody knows me.",
        "kind": 1,
        "theme": "safe",
        "signed": Signed.ANONYMOUS,
        "show": Post.Show.NONE,
        "email": f"{NAME}@example.org",
        "reviewed": "1",
    }
    client.post("/talk/new/", form)
    (mail,) = deliver()
    client.post(mail.link)
    assert Post.objects.get().public
    assert Confirmation.objects.get().email == ""


def test_mails_and_news_say_nothing_of_what_was_written(
    ground, post, reply, counted, deliver, alice, bob, charlie
):
    made = post(f"To {SECRET}.", author=alice)
    actions.follow(made, charlie)
    reply(made, f"From {SECRET}.", author=bob, display_name=NAME)
    Follow.objects.update(told_at=timezone.now() - timezone.timedelta(days=2))
    list(digest.batches(timezone.localdate()))
    mails = deliver()
    assert {mail.message["To"] for mail in mails} == {alice.email, charlie.email}
    counted()
    told = json.dumps(list(News.objects.values("collection", "key")))
    for word in (SECRET, NAME):
        assert not [mail for mail in mails if word in mail.text or word in mail.html]
        assert word not in told


def test_ones_own_data_has_what_one_wrote_anonymously_and_nothing_of_others(
    post, reply, alice, bob
):
    made = post("Nobody knows me.", author=alice, signed=Signed.ANONYMOUS)
    reply(made, "Hush.", author=bob, signed=Signed.ANONYMOUS)
    mine = json.dumps(everything(alice), default=str)
    assert "Nobody knows me." in mine
    assert "Hush." not in mine


def test_a_table_of_posts_opens_without_a_formula(client, post, counted):
    post("=cmd|' /C calc'!A0")
    counted()
    table = said(client.get("/talk/posts/list.csv"))
    assert "'=cmd" in table
    assert io.StringIO(table).readline().startswith("\ufeffid,text")
