"""What is made up belongs to organisations that do not exist, says so, and goes again."""

from django.test import Client

from pledges.accounts.retention import remove_demo
from pledges.employers.demo.organisations import fictional_employers
from pledges.employers.demo.seed import seed_employers
from pledges.employers.demo.survey import remove_survey, seed_survey
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.survey import Change, Finding, PlaceChange
from pledges.employers.survey import loaders as loading
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge


def test_the_demo_is_of_fictional_employers_alone_and_goes_again(six, ground, action, pledge):
    kept = action("Ours")
    seed_employers()
    made = Organisation.objects.filter(demo=True)
    # The squares have two of the regions for which there are some.
    assert made.count() == 2
    assert all(employer.name.endswith("(fictional)") for employer in made)
    assert set(Action.objects.exclude(organisation__demo=True)) == {kept}
    assert not Adoption.objects.exclude(organisation__demo=True).exists()
    before = Action.objects.count()
    assert (seed_employers(), Action.objects.count()) == (2, before)
    for employer in made:
        for path in ("", "induction/"):
            page = Client().get(f"/employers/{employer.slug}/{path}").content.decode()
            assert "This employer does not exist" in page
    somebody = pledge("I will listen.", organisation=made[0])
    remove_demo()
    assert list(Action.objects.all()) == [kept]
    assert list(Organisation.objects.filter(demo=True)) == [somebody.organisation]
    assert Pledge.objects.get() == somebody
    assert not Adoption.objects.exists()


def test_made_up_figures_are_said_to_be_and_go_again(six, ground):
    loading.load(lambda words: None, force=True)
    seed_employers()
    assert seed_survey() == 2 * (3 * 28 + 3 * 9)
    assert not Finding.objects.exclude(organisation__demo=True).exists()
    for path in ("", "overview/", "pledges/roles/", f"{fictional_employers()[0].slug}/"):
        assert "fictional organisations" in Client().get(f"/employers/{path}").content.decode()
    assert PlaceChange.objects.exists()
    remove_survey()
    assert not Finding.objects.exists()
    assert not Change.objects.exists()
    assert not PlaceChange.objects.exists()
