"""What people talk about: terms that enough people used, those that rise, and reports of themes."""

import io
import re

import pytest
from django.utils import timezone
from pypdf import PdfReader

from geo.core.disclosure import LEAST
from hubs.conversation import actions as conversation_actions
from hubs.conversation.answering import actions
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Voice
from hubs.conversation.models.topics import Term
from hubs.conversation.topics.terms import count_all
from pledges.accounts.models import User


@pytest.fixture
def people(database) -> list[User]:
    return [User.objects.create_user(f"p{n}@example.org") for n in range(LEAST)]


def shown(**of) -> dict[str, int]:
    return dict(Term.objects.shown().filter(**of).values_list("form", "posts"))


def test_terms_are_counted_by_theme_and_region_as_people_write_them(ground, post, people):
    for n, person in enumerate(people):
        post(f"Car parks are full by {n}.", author=person, region=ground.east)
    post("The car park again, by nights.", author=people[0], region=ground.west)
    post("Car parks are full.", author=people[0], theme="safe")
    count_all()
    assert shown(region=None, theme__slug="equipped") == {"car parks": 6, "full": 5}
    assert shown(region=ground.east)["car parks"] == 5
    assert shown(region=ground.west) == {}
    assert shown(theme__slug="safe") == {}


def test_a_term_takes_five_people_who_are_not_anonymous(post, people, alice):
    for person in people[:4]:
        post("Mentors for everyone.", author=person)
    post("Mentors, again.", author=people[0])
    post("Mentors, hush.", author=alice, signed=Signed.ANONYMOUS)
    count_all()
    assert shown() == {}
    post("Mentors!", author=people[4])
    count_all()
    assert shown() == {"mentors": 7}


@pytest.mark.parametrize("way", ["hidden_at", "withdrawn_at", None])
def test_what_leaves_the_view_takes_its_words_along_at_once(post, people, way):
    made = [post("Mentors for everyone.", author=person) for person in people]
    count_all()
    assert shown() == {"mentors": 5}
    if way:
        Post.objects.filter(pk=made[0].pk).update(**{way: timezone.now()})
    else:
        made[0].delete()
    assert shown() == {}


def test_what_is_said_more_of_late_rises(post, people):
    weeks_ago = timezone.now() - timezone.timedelta(days=20)
    for n in range(20):
        person = people[n % LEAST]
        post("Lockers are broken.", author=person, created_at=weeks_ago)
    for person in people:
        post("Lockers are broken and scanners too.", author=person)
    count_all()
    risen = Term.objects.exclude(rise=None).values_list("form", "rise")
    assert set(risen) == {("scanners", 1000)}


@pytest.fixture
def busy(ground, post, reply, people, olga, counted) -> dict[str, Post]:
    """A theme with posts of two organisations, one of them answered and one hidden."""
    made = {
        "clinic": post("Car parks are full.", organisation=ground.clinic, author=people[0]),
        "clinic again": post("Car parks cost much.", organisation=ground.clinic, author=people[1]),
        "hospital": post("=Car parks at night.", organisation=ground.hospital, author=people[2]),
        "hidden": post("Car parks, zanzibar!", author=people[3]),
        "anonymous": post("Car parks, hush.", author=people[4], signed=Signed.ANONYMOUS),
    }
    for name, supports in (("clinic", 3), ("clinic again", 2), ("hospital", 1), ("hidden", 4)):
        for person in [one for one in people if one.pk != made[name].author_id][:supports]:
            conversation_actions.support(made[name], person)
    actions.publish_answer(made["hospital"], olga, "We lit them.", Voice.NATIONAL)
    Post.objects.filter(pk=made["hidden"].pk).update(hidden_at=timezone.now())
    counted()
    count_all()
    return made


def test_a_report_says_what_was_supported_answered_and_done(client, busy):
    for path in ("report/", "report.csv"):
        said = client.get(f"/talk/themes/equipped/{path}").content.decode()
        assert said.index("Car parks are full.") < said.index("Car parks at night.")
        assert "Car parks cost much." not in said, "a second post of the clinic"
        assert "We lit them." in said
        assert "zanzibar" not in said
    assert "'=Car parks at night." in said, "a cell and no formula"


def test_a_report_is_printed_with_the_same_words(client, busy):
    answer = client.get("/talk/themes/equipped/report.pdf")
    sheet = PdfReader(io.BytesIO(answer.content))
    text = " ".join(" ".join(page.extract_text() for page in sheet.pages).split())
    assert "Car parks are full." in text
    assert "We lit them." in text
    assert "zanzibar" not in text
    assert sheet.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_term_leads_to_the_posts_behind_it(client, ground, post, people, counted):
    for person in people:
        post("The car park is full.", author=person, region=ground.east)
    counted()
    count_all()
    page = client.get("/talk/themes/equipped/terms/?area=Y59").content.decode()
    (link,) = re.findall(r'href="(/talk/posts/[^"]*car[^"]*)"', page)
    assert "in 5 posts" in page
    assert (
        client.get(link.replace("&amp;", "&")).content.decode().count("The car park is full.") == 5
    )
    elsewhere = client.get("/talk/themes/equipped/terms/?area=Y58").content.decode()
    assert "No word has been used by five people." in elsewhere
