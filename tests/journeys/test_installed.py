"""The site as an app: a post written without a network, and what a shared device keeps."""

from hubs.conversation.models.posts import Post
from tests.journeys.test_conversation import person, talk, write
from tests.journeys.visitor import PHONE, Visitor
from tests.processes import eventually

__all__ = ["talk"]
KEPT = "localStorage.getItem('changemap.posts')"
# All that the service worker keeps, in words.
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(new URL(request.url).pathname + " " + (await (await cache.match(request)).text()));
    }
  }
  return found;
}"""


def test_a_post_written_without_a_network_is_sent_once_and_nothing_stays_on_the_device(
    window, talk
):
    visitor: Visitor = window(PHONE)
    page, network = visitor.page, visitor.page.context
    person(visitor, name="Alice")
    visitor.go("/talk/new/")
    page.evaluate("navigator.serviceWorker.ready")
    network.set_offline(True)
    write(visitor, "A bench by the stop, please.")
    visitor.see("1 post waits on this device")
    assert Post.objects.count() == 0
    page.goto(visitor.site + "/mine/")
    visitor.see("There is no network just now")
    network.set_offline(False)
    visitor.go("/talk/")
    visitor.see("has been sent")
    assert page.evaluate(KEPT) is None
    visitor.go("/talk/new/")
    assert [post.text for post in Post.objects.all()] == ["A bench by the stop, please."]

    cached = page.evaluate(CACHED)
    assert [one.split()[0] for one in cached if not one.startswith("/static/")] == ["/offline/"]
    assert not [one for one in cached if "Alice" in one or "csrfmiddlewaretoken" in one]

    network.set_offline(True)
    write(visitor, "Another one, by nights.")
    visitor.see("1 post waits on this device")
    network.set_offline(False)
    page.route("**/talk/new/", lambda route: route.abort())
    visitor.go("/accounts/logout/")
    assert page.evaluate(KEPT)
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    eventually(lambda: page.evaluate(KEPT) is None)
    assert Post.objects.count() == 1


def test_what_one_person_wrote_is_never_sent_as_anothers(window, talk):
    visitor: Visitor = window(PHONE)
    network = visitor.page.context
    person(visitor, name="Alice")
    visitor.go("/talk/new/")
    network.set_offline(True)
    write(visitor, "A bench by the stop, please.")
    visitor.see("1 post waits on this device")
    network.clear_cookies()
    person(visitor, name="Bob")
    network.set_offline(False)
    visitor.go("/talk/")
    eventually(lambda: visitor.page.evaluate(KEPT) is None)
    assert Post.objects.count() == 0
