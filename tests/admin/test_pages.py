"""Every page of the admin: for an operator with a second factor, and for nobody else."""

import re
from urllib.parse import quote

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from geo.areas.models import Area
from geo.geocoding.models import Postcode
from hubs.hub.models import Hub
from pledges.accounts.models import Grant, User
from pledges.moderation.models import Case
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge
from pledges.stories.models import Story
from tests import second_factors
from tests.test_hostile import HOSTILE

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
NAMES = [model._meta.label for model in MODELS]
# Found by what stands in their own address, not by fields of the model.
OWN = ["admin:index", "admin:pledges_pledge_unlisted", "admin:jsi18n"]
MOST_QUERIES = 16
# Each model's own filters are sent these; what all have in common is sent everything below.
WORST = ("NUL", "invalid UTF-8", "nan", "beyond bigint", "SQL", "HTML")


def page(model, what: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


@pytest.fixture
def rows(ground, pledge, alice, olga) -> None:
    """Something to list, of what lists show most."""
    made = pledge("I will listen.", author=alice, organisation=ground.hospital)
    pledge("I will smile.", author=alice, unlisted="St Nowhere", who=Pledge.Who.TEAM, team="A")
    Story.objects.create(pledge=made, author=alice, text="We did it.")
    Case.objects.create(
        content_type=ContentType.objects.get_for_model(Pledge),
        object_id=made.pk,
        why=Case.Why.REPORTED,
        author=alice,
        original="I will listen.",
        opened_at=timezone.now(),
    )
    Hub.objects.create(code="Y58", slug="west", name="West", email="w@example.org", place="W")


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_lists_and_rows_answer_an_operator(desk, rows, model, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        listed = desk.get(page(model, "changelist"))
    assert listed.status_code == 200
    assert "Changemap" in listed.content.decode()
    assert desk.get(page(model, "changelist"), {"q": "a"}).status_code == 200
    added = desk.get(page(model, "add"))
    may_add = admin.site._registry[model].has_add_permission(added.wsgi_request)
    assert added.status_code == (200 if may_add else 403)
    row = model._default_manager.first()
    if row is not None:
        seen = desk.get(page(model, "change", row.pk))
        assert seen.status_code == (302 if model is Case else 200)
    assert desk.get(page(model, "history", 1)).status_code == 302
    assert desk.get(page(model, "change", "nothing")).status_code in (302, 404)


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_searches_and_filters_may_be_anything(desk, model):
    filters = [
        one if isinstance(one, str) else one[0]
        for one in admin.site._registry[model].list_filter
        if isinstance(one, str | tuple)
    ]
    names = ["q", "p", "o", "e", "pk", "id__gt", *filters, *(f"{name}__exact" for name in filters)]
    for value in (HOSTILE[name] for name in WORST):
        asked = "&".join(f"{name}={value}" for name in names)
        answer = desk.get(f"{page(model, 'changelist')}?{asked}")
        assert answer.status_code in (200, 302, 400), value[:40]


@pytest.mark.parametrize("model", [Pledge, Postcode, User, LogEntry])
@pytest.mark.parametrize("what", ["change", "delete", "history"])
def test_the_number_of_a_row_may_be_anything(desk, model, what):
    for value in HOSTILE.values():
        address = page(model, what, "7").replace("/7/", f"/{value or 'x'}/")
        assert desk.get(address).status_code in (302, 400, 403, 404), value[:40]


@pytest.mark.parametrize("model", [Pledge, Postcode, User, Organisation, Grant])
def test_a_search_may_be_anything(desk, model):
    for value in HOSTILE.values():
        answer = desk.get(f"{page(model, 'changelist')}?q={value}")
        assert answer.status_code in (200, 302, 400), value[:40]


def everybody_else(ground) -> dict[str, User | None]:
    """All who may not, by why not."""
    found = {"a stranger": None, "a person": User.objects.create_user("p@example.org")}
    for role, where in (
        (Grant.Role.OPERATOR, {}),
        (Grant.Role.STEWARD, {"area": ground.east}),
        (Grant.Role.EDITOR, {"organisation": ground.hospital}),
        (Grant.Role.APPROVER, {"organisation": ground.hospital}),
    ):
        person = User.objects.create_user(f"{role}@example.org")
        Grant.objects.create(person=person, role=role, **where)
        found[f"{role} without a second factor"] = person
    return found


def test_nobody_else_comes_in(ground):
    addresses = [page(model, what) for model in MODELS for what in ("changelist", "add")]
    addresses += [reverse(name) for name in OWN]
    for who, person in everybody_else(ground).items():
        client = Client()
        if person:
            client.force_login(person)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 302, (who, address)
            assert answer["Location"].startswith("/admin/login/?next="), (who, address)


def test_a_steward_with_a_second_factor_is_no_operator(ground):
    steward = User.objects.create_user("stella@example.org")
    Grant.objects.create(person=steward, role=Grant.Role.STEWARD, area=ground.east)
    client = second_factors.sign_in(Client(), steward)
    assert client.get("/admin/", follow=True).status_code == 403


def test_a_blocked_operator_is_out(desk, olga):
    User.objects.filter(pk=olga.pk).update(is_active=False)
    assert desk.get("/admin/").status_code == 302


def test_whoever_lost_the_grant_is_out(desk, olga):
    assert desk.get("/admin/").status_code == 200
    Grant.objects.all().delete()
    assert desk.get("/admin/").status_code == 302


def test_every_model_that_can_be_is_there():
    """Django's admin has no pages for keys of several columns: the tables of counts."""
    for label in ("geo", "pledges", "hubs"):
        missing = {
            model.__name__
            for model in apps.get_app_config(label).get_models()
            if not admin.site.is_registered(model)
        }
        assert missing <= {"Cell", "Cube", "Ledger", "TraitBits"}


def test_tables_are_called_by_words_that_there_are():
    """Django adds an s to whatever a model is called."""
    called = [str(model._meta.verbose_name_plural) for model in MODELS]
    assert [name for name in called if re.search(r"ss$|[^aeiou]ys$", name)] == []


def test_what_other_packages_keep_is_not_there():
    """Their pages would show codes that wait in mails, and what telephones share with us."""
    assert {model._meta.app_label for model in MODELS} == {"geo", "pledges", "hubs", "auditlog"}


@pytest.mark.parametrize("secret", ["password", "code_digest", "token_digest"])
def test_no_page_has_a_field_of_secrets(rf, secret, olga):
    request = rf.get("/")
    request.user = olga
    for page_of in admin.site._registry.values():
        names = [str(name) for name in page_of.get_fields(request)]
        assert secret not in names
        assert secret not in map(str, page_of.list_display)


def test_a_password_in_a_row_changes_nothing(desk, olga):
    olga.set_password("x")
    olga.save()
    second_factors.sign_in(desk, olga)
    assert "password" not in desk.get("/admin/").content.decode().lower()


def test_signing_out_leads_to_the_map(desk):
    assert desk.post("/admin/logout/")["Location"] == "/"
    assert desk.get("/admin/").status_code == 302


def test_signing_in_leads_nowhere_else(desk):
    assert desk.get("/admin/login/?next=//evil.example/")["Location"] == "/admin/"
    assert desk.get("/admin/login/?next=/admin/pledges/theme/")["Location"].endswith("/theme/")


def test_boundaries_stay_out_of_lists(desk, ground, django_assert_num_queries):
    with_boundary = desk.get(page(Area, "change", ground.east.pk)).content.decode()
    assert "MultiPolygon" in with_boundary
    assert "MultiPolygon" not in desk.get(page(Area, "changelist")).content.decode()


def test_addresses_with_quoted_slashes_are_answered(desk):
    assert desk.get(f"/admin/geo/postcode/{quote('../../x', safe='')}/change/").status_code in (
        302,
        404,
    )
