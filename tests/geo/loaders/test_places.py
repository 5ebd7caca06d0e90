"""Loading places: whose names are kept, and how places find their districts."""

import pytest
from django.contrib.gis.geos import Point
from django.core.management import call_command

from geo.geocoding.models import Dataset, Place, PlaceName, Postcode
from geo.geocoding.normalise import normalise
from geo.loaders import places
from geo.loaders.datasets import DataRefused


def row(number: int, name: str, x: float, y: float, *others: str, country: str = "GB") -> dict:
    return {
        "geonameid": number,
        "name": name,
        "longitude": x,
        "latitude": y,
        "population": number,
        "countrycode": country,
        "alternatenames": list(others),
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Leeds", "leeds"),
        ("St. David’s", "saint davids"),
        ("Saint Davids", "saint davids"),
        ("ST DAVID'S", "saint davids"),
        ("Ynys Môn", "ynys mon"),
        ("Hay-on-Wye", "hay on wye"),
        ("  Stow   on the Wold ", "stow on the wold"),
        ("Stoke & Co.", "stoke and co"),
        ("Bricgstōw", "bricgstow"),
        ("Dún Éideann", "dun eideann"),
        ("Östersund", "ostersund"),
        ("Hirst", "hirst"),
        ("北京", ""),
        ("", ""),
    ],
)
def test_names_are_searched_in_one_spelling(name, text):
    assert normalise(name) == text


@pytest.mark.django_db
class TestPlaces:
    def test_only_places_of_these_islands_are_kept(self):
        rows = [
            row(1, "Leeds", -1.55, 53.8),
            row(2, "Akrotiri", 32.96, 34.6),
            row(3, "Dublin", -6.26, 53.35, country="IE"),
            row(4, "Saint Helier", -2.1, 49.19, country="JE"),
        ]
        places.replace(rows, "tests")
        assert set(Place.objects.values_list("name", flat=True)) == {"Leeds", "Saint Helier"}

    def test_a_place_of_a_crown_dependency_has_its_country_for_a_district(self):
        places.replace([row(4, "Saint Helier", -2.1, 49.19, country="JE")], "tests")
        assert Place.objects.get().district_code == "JE"

    def test_names_in_our_script_are_kept_each_once(self):
        swansea = row(
            *(1, "Swansea", -3.94, 51.62),
            *("Abertawe", "ABERTAWE", "SWS", "suuonji", "Суонси", "斯旺西", "Swansea", "S"),
        )
        places.replace([swansea], "tests")
        names = dict(PlaceName.objects.values_list("text", "own"))
        assert names == {"swansea": True, "abertawe": False}

    def test_the_district_is_that_of_the_nearest_live_postcode_within_reach(self):
        Postcode.objects.bulk_create(
            Postcode(
                code=code, location=Point(x, 53.8, srid=4326), district_code=district, live=live
            )
            for code, x, district, live in (
                ("AA11AA", -1.55, "E00000001", False),
                ("AA11AB", -1.56, "E00000002", True),
                ("AA11AD", -1.60, "E00000003", True),
            )
        )
        places.replace([row(1, "Leeds", -1.55, 53.8), row(2, "Far", -1.3, 53.8)], "tests")
        assert dict(Place.objects.values_list("name", "district_code")) == {
            "Leeds": "E00000002",
            "Far": "",
        }

    def test_a_file_of_no_use_changes_nothing(self):
        places.replace([row(1, "Leeds", -1.55, 53.8)], "tests")
        with pytest.raises(DataRefused):
            places.replace([row(3, "Dublin", -6.26, 53.35, country="IE")], "other")
        assert Place.objects.get().name == "Leeds"
        assert Dataset.objects.get(name="places").version == "tests"

    def test_the_true_package_is_loaded_once(self, capsys):
        call_command("load_places")
        assert Place.objects.count() > 5_900
        assert PlaceName.objects.filter(text="caerdydd", own=False).exists()
        call_command("load_places")
        assert capsys.readouterr().out.endswith("Places: already loaded.\n")
        Dataset.objects.create(name="postcodes", version="newer", rows=0)
        call_command("load_places")
        assert "already" not in capsys.readouterr().out, "new postcodes give new districts"
