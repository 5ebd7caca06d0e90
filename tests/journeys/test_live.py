"""What others do shows on pages that are open: the map, the wall, a dashboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from pledges.accounts.models import User
from pledges.counts.worker import fold_all
from pledges.pledging import actions
from pledges.pledging.models import Pledge
from tests.journeys.visitor import PATIENCE
from tests.journeys.world import pledge
from tests.processes import eventually

NEW = "#live-news"


@pytest.fixture
def somebody(world) -> Iterator[Callable[..., Pledge]]:
    """Somebody else pledges at the hospital, and all is as before in the end."""
    made: list[Pledge] = []
    fold_all()

    def make(text: str = "I will greet everybody.", **where) -> Pledge:
        place = where or {"organisation": world.hospital}
        one = pledge("care", text, -1, **place)
        made.append(one)
        fold_all()
        return one

    yield make
    for one in made:
        one.delete()
    fold_all()


@pytest.fixture
def dan(world) -> Iterator[User]:
    person = User.objects.create_user("dan@example.org", name="Dan")
    yield person
    person.delete()
    fold_all()


def ready(visitor) -> None:
    """Wait until the stream is open: its first word has come."""
    visitor.page.locator("#live[data-state=open]").wait_for()


def test_a_pledge_shows_on_an_open_map_without_a_jump(visit, world, somebody):
    visitor = visit("/#map=12/53.8062/-1.5219")
    ready(visitor)
    before, shift = visitor.on_map(), visitor.shift()
    list_before = visitor.page.locator("#listing").inner_html()
    total = world.total
    somebody()
    visitor.page.wait_for_selector(".live-mark", state="attached")
    expect(visitor.page.locator("#total")).to_contain_text(f"{total + 1}", timeout=PATIENCE)
    expect(visitor.page.locator(f"{NEW} button")).to_have_text("1 new pledge", timeout=PATIENCE)
    eventually(lambda: visitor.on_map() == before + 1)
    assert visitor.shift() == shift
    assert visitor.page.locator("#listing").inner_html() == list_before
    visitor.check_access("news on the map")
    visitor.page.locator(f"{NEW} button").click()
    visitor.see("I will greet everybody.")
    assert visitor.page.locator(f"{NEW} button").count() == 0
    visitor.check_policy()


def test_the_wall_says_how_many_are_new_and_moves_when_asked(visit, world, somebody, dan):
    visitor = visit("/pledges/?theme=care")
    ready(visitor)
    listed = visitor.page.locator(".pledge-item__text").all_inner_texts()
    somebody("I will greet everybody.")
    somebody("I will greet everybody twice.", outcode="SO14")
    expect(visitor.page.locator(f"{NEW} button")).to_have_text("2 new pledges", timeout=PATIENCE)
    actions.join(world.lone, dan)
    fold_all()
    joined = visitor.page.locator(f"li:has(a[href='/pledges/{world.lone.pk}/'])")
    expect(joined).to_contain_text("1", timeout=PATIENCE)
    assert visitor.page.locator(".pledge-item__text").all_inner_texts() == listed
    visitor.check_access("news on the wall")
    visitor.page.locator(f"{NEW} button").click()
    visitor.see("I will greet everybody twice.")


def test_the_figures_of_a_dashboard_keep_up(visit, world, somebody):
    visitor = visit("/areas/UK/dashboard/")
    ready(visitor)
    number = visitor.page.locator(".card--pledges .card__number")
    total = world.total
    expect(number).to_have_text(str(total))
    somebody()
    expect(number).to_have_text(str(total + 1), timeout=PATIENCE)
    visitor.see("The figures are those of")
    visitor.check_access("news on a dashboard")


def test_who_wants_no_movement_gets_the_numbers_without_it(visit, world, somebody):
    visitor = visit("/#map=12/53.8062/-1.5219", reduced_motion="reduce")
    ready(visitor)
    visitor.page.evaluate(
        """() => { window.marks = 0; new MutationObserver((all) => all.forEach((one) =>
        one.addedNodes.forEach((node) => node.classList &&
          node.classList.contains("live-mark") && marks++)))
        .observe(document.body, {childList: true, subtree: true}); }"""
    )
    total = world.total
    somebody()
    expect(visitor.page.locator("#total")).to_contain_text(f"{total + 1}", timeout=PATIENCE)
    expect(visitor.page.locator(f"{NEW} button")).to_have_text("1 new pledge", timeout=PATIENCE)
    visitor.settle()
    assert visitor.page.evaluate("marks") == 0


def test_switched_off_nothing_is_asked_and_the_choice_is_kept(visit, somebody):
    visitor = visit("/pledges/")
    ready(visitor)
    visitor.page.get_by_label("Live updates").uncheck()
    assert visitor.page.locator("#live").get_attribute("data-state") == "closed"
    visitor.requests.clear()
    visitor.go("/")
    assert not visitor.page.get_by_label("Live updates").is_checked()
    asked = [each for each in visitor.requests if "/api/live" in each or "/api/changes" in each]
    assert asked == []
    somebody()
    visitor.page.get_by_label("Live updates").check()
    expect(visitor.page.locator(f"{NEW} button")).to_have_text("1 new pledge", timeout=PATIENCE)


def test_a_tab_in_the_background_stops_and_misses_nothing(visit, somebody):
    visitor = visit("/pledges/")
    ready(visitor)
    hide = """hidden => { Object.defineProperty(document, "hidden", {value: hidden,
    configurable: true}); document.dispatchEvent(new Event("visibilitychange")); }"""
    visitor.page.evaluate(hide, True)
    assert visitor.page.locator("#live").get_attribute("data-state") == "closed"
    somebody()
    visitor.page.evaluate(hide, False)
    expect(visitor.page.locator(f"{NEW} button")).to_have_text("1 new pledge", timeout=PATIENCE)


def test_where_no_stream_gets_through_the_log_is_asked(window, somebody):
    visitor = window()
    visitor.page.route("**/api/live*", lambda route: route.abort())
    visitor.go("/pledges/")
    with visitor.page.expect_response("**/api/changes?since=*"):
        pass
    somebody()
    expect(visitor.page.locator(f"{NEW} button")).to_have_text("1 new pledge", timeout=PATIENCE)
