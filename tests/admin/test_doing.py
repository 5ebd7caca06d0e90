"""What operators do: settle, merge, hide, give roles; and what the audit trail has of it."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse

from geo.core.errors import BadParameter
from geo.counts import planner
from pledges.accounts.models import Grant, User
from pledges.moderation.models import Case
from pledges.organisations import merge
from pledges.organisations import unlisted as settling
from pledges.organisations.loaders import organisations as loader
from pledges.organisations.models import Organisation, SetAside
from pledges.pledging.models import SPEC, Pledge
from tests import second_factors
from tests.factories import make_organisation

CHANGELIST = "/admin/pledges/pledge/"
SETTLE = "/admin/pledges/pledge/unlisted/settle/?name=Alderham%20Hosp"


@pytest.fixture
def unlisted(pledge, ground) -> list[Pledge]:
    """Two pledges that call one organisation by a name that the list has not."""
    return [
        pledge("I will listen.", unlisted="Alderham Hosp", outcode="SO14"),
        pledge("We will.", unlisted="ALDERHAM HOSP", who=Pledge.Who.TEAM, team="Ward 7"),
    ]


def trail(row, **fields) -> list[LogEntry]:
    return list(LogEntry.objects.get_for_object(row).filter(**fields))


def test_names_that_wait_are_one_however_they_are_capitalised(unlisted, desk):
    page = desk.get("/admin/pledges/pledge/unlisted/").content.decode()
    assert page.count("settle/?name=") == 1
    assert "2 pledges" in page


def test_settling_gives_all_of_them_their_organisation(unlisted, desk, ground, olga):
    page = desk.get(SETTLE).content.decode()
    assert "Alderham Hospital (RXA)" in page
    places = [(row.location, row.region_id) for row in unlisted]
    assert desk.post(SETTLE, {"choice": ground.hospital.pk}).status_code == 302
    for row, place in zip(unlisted, places, strict=True):
        row.refresh_from_db()
        assert (row.organisation, row.unlisted) == (ground.hospital, "")
        assert (row.location, row.region_id) == place
    (entry,) = trail(ground.hospital, additional_data__what="settled")
    assert entry.additional_data["pledges"] == 2
    assert (entry.actor, entry.actor_email) == (olga, olga.email)
    assert "None waits" in desk.get("/admin/pledges/pledge/unlisted/").content.decode()


def test_settling_by_a_code_that_is_none_changes_nothing(unlisted, desk):
    answer = desk.post(SETTLE, {"choice": "other", "code": "NOPE"})
    assert answer.status_code == 400
    assert "no organisation with this code" in answer.content.decode()
    assert Pledge.objects.filter(unlisted="").count() == 0


def test_settling_as_a_new_organisation(unlisted, desk):
    make_organisation(None, "Alderham Hosp", None, None)
    assert desk.post(SETTLE, {"choice": "new", "kind": "other"}).status_code == 302
    made = Organisation.objects.get(slug="alderham-hosp-2")
    assert made.pledges.count() == 2
    assert made.location is None


def test_a_name_that_is_left_waits_no_longer_and_stays(unlisted, desk, olga):
    assert desk.post(SETTLE, {"choice": "aside"}).status_code == 302
    assert list(settling.waiting()) == []
    assert Pledge.objects.filter(unlisted__iexact="alderham hosp").count() == 2
    assert SetAside.objects.get().by == olga


def test_only_operators_settle_and_merge(unlisted, ground, alice):
    with pytest.raises(PermissionDenied):
        settling.settle_name("Alderham Hosp", ground.hospital, alice)
    with pytest.raises(PermissionDenied):
        settling.set_aside("Alderham Hosp", alice)
    with pytest.raises(PermissionDenied):
        merge.merge(ground.clinic, ground.hospital, alice)


def test_merging_moves_everything_and_leads_on(pledge, ground, desk, olga, count_up, client, alice):
    gone, kept = ground.clinic, ground.hospital
    shown = pledge("I will listen.", organisation=gone)
    elsewhere = pledge("I will smile.", organisation=gone, outcode="SO14", show=2)
    was = elsewhere.location
    Grant.objects.create(person=alice, role=Grant.Role.EDITOR, organisation=gone)
    Grant.objects.create(person=alice, role=Grant.Role.EDITOR, organisation=kept)
    Grant.objects.create(person=olga, role=Grant.Role.APPROVER, organisation=gone)
    gone.successors.add(kept)
    count_up()
    address = reverse("admin:pledges_organisation_merge", args=[gone.pk])
    preview = desk.post(address, {"kept": "rxa"}).content.decode()
    assert "Pledges: 2" in preview
    assert "Alderham Hospital" in preview
    assert Organisation.objects.filter(pk=gone.pk).exists()
    assert desk.post(address, {"kept": "RXA", "merge": "1"}).status_code == 302
    assert not Organisation.objects.filter(pk=gone.pk).exists()
    shown.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (shown.organisation, shown.location, shown.region) == (kept, kept.location, ground.west)
    assert (elsewhere.organisation, elsewhere.location) == (kept, was)
    assert sorted(kept.grants.values_list("person__email", "role")) == [
        ("alice@example.org", "editor"),
        ("olga@example.org", "approver"),
    ]
    assert list(kept.successors.all()) == []
    count_up()
    assert planner.of_owners(SPEC, [kept.pk]) == {kept.pk: 2}
    for word in ("RXB", "rxb", "birchester-clinic"):
        assert client.get(f"/organisations/{word}/")["Location"] == "/organisations/RXA/"
    assert list(Organisation.objects.called("birchester clinic")) == [kept]
    (entry,) = trail(kept, additional_data__what="merged")
    assert entry.additional_data["addresses"] == ["RXB", "birchester-clinic"]
    assert entry.actor == olga


def test_an_organisation_is_not_merged_into_itself(ground, desk, olga):
    address = reverse("admin:pledges_organisation_merge", args=[ground.clinic.pk])
    assert desk.post(address, {"kept": "RXB", "merge": "1"}).status_code == 400
    assert desk.post(address, {"kept": "NOPE", "merge": "1"}).status_code == 400
    with pytest.raises(BadParameter):
        merge.merge(ground.clinic, ground.clinic, olga)


def test_what_was_merged_leads_on_after_another_merge(ground, olga, client):
    merge.merge(ground.nowhere, ground.clinic, olga)
    merge.merge(ground.clinic, ground.hospital, olga)
    assert client.get("/organisations/cottage-society/")["Location"] == "/organisations/RXA/"


def test_a_register_does_not_bring_back_what_was_merged(ground, olga, tmp_path):
    merge.merge(ground.clinic, ground.hospital, olga)
    register = tmp_path / "register.csv"
    line = loader.ORGANISATIONS.read_text(encoding="utf-8").splitlines()[-1]
    code = line.split(",")[0]
    lines = [line.replace(code, other, 1) for other in ('"RXB"', '"RXC"')]
    register.write_text("\n".join(lines) + "\n", encoding="utf-8")
    loader.load(lambda words: None, register, force=True)
    assert Organisation.objects.filter(code="RXC").exists()
    assert not Organisation.objects.filter(code="RXB").exists()


def test_hiding_goes_the_way_of_moderation(pledge, desk, olga, alice, ground, client):
    made = pledge("I will shout.", author=alice, organisation=ground.hospital)
    chosen = {"action": "hide", "_selected_action": made.pk}
    assert "Why?" in desk.post(CHANGELIST, chosen).content.decode()
    assert Pledge.objects.get(pk=made.pk).public
    sure = {**chosen, "sure": "1", "ground": "unkind", "words": ""}
    assert desk.post(CHANGELIST, sure).status_code == 302
    assert not Pledge.objects.get(pk=made.pk).public
    case = Case.objects.of(made).get()
    assert (case.outcome, case.decisions.last().decided_by) == ("hidden", olga)
    assert client.get(f"/pledges/{made.pk}/").status_code == 404
    assert trail(case.decisions.last())[0].actor == olga
    assert desk.post(CHANGELIST, {**chosen, "action": "show"}).status_code == 302
    assert Pledge.objects.get(pk=made.pk).public


def test_a_pledge_is_not_worded_or_moved_by_hand(pledge, desk, alice):
    made = pledge("I will listen.", author=alice, outcode="SO14")
    address = reverse("admin:pledges_pledge_change", args=[made.pk])
    assert desk.post(address, {"text": "Changed", "location_lat": "1"}).status_code == 403
    assert Pledge.objects.get(pk=made.pk).text == "I will listen."


@pytest.mark.parametrize(
    ("role", "where", "good"),
    [
        ("operator", {}, True),
        ("operator", {"area": "east"}, False),
        ("steward", {"area": "east"}, True),
        ("steward", {}, False),
        ("steward", {"organisation": "hospital"}, False),
        ("approver", {"organisation": "hospital"}, True),
        ("editor", {"area": "east", "organisation": "hospital"}, False),
    ],
)
def test_giving_a_role(desk, olga, alice, ground, role, where, good):
    chosen = {name: getattr(ground, value).pk for name, value in where.items()}
    said = {"person": alice.pk, "role": role, "area": "", "organisation": "", **chosen}
    answer = desk.post("/admin/pledges/grant/add/", said)
    assert answer.status_code == (302 if good else 200)
    grants = Grant.objects.filter(person=alice)
    assert grants.count() == int(good)
    if good:
        grant = grants.get()
        assert grant.given_by == olga
        (entry,) = trail(grant)
        assert entry.actor == olga
        assert alice.email not in str(entry.changes) + entry.object_repr


def test_taking_a_role_back(desk, olga, alice):
    grant = Grant.objects.create(person=alice, role=Grant.Role.OPERATOR)
    address = reverse("admin:pledges_grant_delete", args=[grant.pk])
    assert desk.post(address, {"post": "yes"}).status_code == 302
    assert list(Grant.objects.values_list("person", flat=True)) == [olga.pk]
    # The last operator stays.
    address = reverse("admin:pledges_grant_delete", args=[Grant.objects.get().pk])
    answer = desk.post(address, {"post": "yes"}, follow=True)
    assert "last operator" in answer.content.decode()
    assert Grant.objects.count() == 1


def test_another_operator_removes_a_lost_second_factor(desk, olga, alice):
    second_factors.give_factor(alice)
    chosen = {"action": "remove_second_factors", "_selected_action": [alice.pk, olga.pk]}
    assert desk.post("/admin/pledges/user/", chosen).status_code == 302
    assert set(Authenticator.objects.values_list("user", flat=True)) == {olga.pk}
    (entry,) = trail(alice, additional_data__what="second factor removed")
    assert entry.actor == olga
    assert entry.object_repr == f"#{alice.pk}"


def test_an_organisation_moves_with_its_pledges(desk, pledge, ground):
    made = pledge("I will listen.", organisation=ground.hospital)
    address = reverse("admin:pledges_organisation_change", args=[ground.hospital.pk])
    said = {"name": "Alderham Hospital", "code": "RXA", "slug": "alderham-hospital"}
    said |= {"kind": "trust", "location_lat": "50.5", "location_lon": "-1.5"}
    assert desk.post(address, said).status_code == 302
    made.refresh_from_db()
    assert (made.location.coords, made.district) == ((-1.5, 50.5), ground.cottleigh)
    for lat, lon in (("nan", "1"), ("91", "1"), ("x", "y"), ("51", ""), ("9" * 400, "1")):
        answer = desk.post(address, {**said, "location_lat": lat, "location_lon": lon})
        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
    abroad = desk.post(address, {**said, "location_lat": "40", "location_lon": "20"})
    assert "outside the United Kingdom" in abroad.content.decode()
    assert Organisation.objects.get(code="RXA").location == Point(-1.5, 50.5, srid=4326)
    by_code = {**said, "postcode": "bs1 1aa", "location_lat": "50.5", "location_lon": "-1.5"}
    assert desk.post(address, by_code).status_code == 302
    made.refresh_from_db()
    assert (made.location.coords, made.district) == ((-3.0, 51.0), ground.alderham)


def test_the_trail_has_no_words_of_people_and_no_secrets(desk, pledge, alice, ground, client):
    second_factors.give_factor(alice)
    made = pledge("I will shout.", author=alice, organisation=ground.hospital)
    chosen = {"action": "hide", "_selected_action": made.pk, "sure": "1", "ground": "unkind"}
    desk.post(CHANGELIST, chosen)
    said = " ".join(
        f"{row.object_repr} {row.changes} {row.additional_data} {row.remote_addr}"
        for row in LogEntry.objects.all()
    )
    assert "unkind" in said
    for secret in ("I will shout", alice.email, second_factors.SECRET, "seed", "127.0.0.1"):
        assert secret not in said


def test_public_answers_read_no_session_to_know_who_acts(client, ground, django_assert_num_queries):
    client.cookies["sessionid"] = "x" * 32
    answer = client.get("/map/summary.json")
    assert "Cookie" not in answer.get("Vary", "")


def test_make_operator_says_what_is_next(database):
    said = StringIO()
    call_command("make_operator", "New@Example.org", stdout=said)
    person = User.objects.get(email="new@example.org")
    assert person.is_operator
    assert not person.has_usable_password()
    assert "/admin/" in said.getvalue()
    call_command("make_operator", "new@example.org", stdout=said)
    assert Grant.objects.count() == 1
    with pytest.raises(CommandError, match="last operator"):
        call_command("make_operator", "new@example.org", "--remove")
    call_command("make_operator", "other@example.org", stdout=said)
    call_command("make_operator", "new@example.org", "--remove", stdout=said)
    assert [grant.person.email for grant in Grant.objects.all()] == ["other@example.org"]


def test_make_operator_refuses_what_is_wrong(alice):
    for email in ("nobody", "alice@example.org\x00", ""):
        with pytest.raises(CommandError, match="no e-mail address"):
            call_command("make_operator", email)
    with pytest.raises(CommandError, match="no operator"):
        call_command("make_operator", alice.email, "--remove")
    User.objects.filter(pk=alice.pk).update(is_active=False)
    with pytest.raises(CommandError, match="blocked"):
        call_command("make_operator", alice.email)


def test_make_operator_removes_a_lost_second_factor(olga):
    second_factors.give_factor(olga)
    call_command("make_operator", olga.email, "--new-telephone", stdout=StringIO())
    assert not Authenticator.objects.exists()
