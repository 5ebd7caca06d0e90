"""Good practice of employers is kept, rated and spoken of as resources are."""

import uuid

from hubs.following.models import Bookmark, Comment, Rating


def test_good_practice_is_kept_rated_and_spoken_of_on_its_page(seat, alice, action):
    practice = action("Quiet rooms", good_practice=True)
    client = seat(alice)
    client.post(f"/mine/changemap/bookmarks/practice/{practice.pk}/", {"kept": "1"})
    form = {"stars": "5", "text": "We copied it.", "display_name": "", "form_key": uuid.uuid4()}
    client.post(f"/ratings/practice/{practice.pk}/", form)
    assert Bookmark.objects.about(practice).count() == 1
    assert Rating.objects.about(practice).get().stars == 5
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "We copied it." in page
    assert "In your bookmarks." in page


def test_what_is_no_good_practice_or_no_more_is_not(seat, alice, action):
    plain, once = action("Rotas"), action("Quiet rooms", good_practice=True)
    client = seat(alice)
    client.post(f"/mine/changemap/bookmarks/practice/{once.pk}/", {"kept": "1"})
    assert client.post(f"/ratings/practice/{plain.pk}/", {"stars": "5"}).status_code == 404
    assert (
        client.post(f"/mine/changemap/bookmarks/practice/{plain.pk}/", {"kept": "1"}).status_code
        == 404
    )
    assert "Bookmark this" not in client.get(plain.get_absolute_url()).content.decode()
    type(once).objects.filter(pk=once.pk).update(good_practice=False)
    listed = client.get("/mine/changemap/bookmarks/").content.decode()
    assert "A good practice that is no longer shown" in listed
    assert "Quiet rooms" not in listed
    assert not Comment.objects.exists()
