"""Type-ahead: what half-typed words may become, answered from indexes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from geo.geocoding import chain
from geo.geocoding.models import Postcode

pytestmark = pytest.mark.usefixtures("country")

# What is half typed, and the first labels that it may become.
BEGUN = [
    ("SO1", ["SO14", "SO14 0AA", "SO14 0YN", "SO14 7DU"]),
    ("so14 0", ["SO14 0AA", "SO14 0YN"]),
    ("SO14 0Y", ["SO14 0YN"]),
    ("SO140Y", ["SO14 0YN"]),
    ("SO14 OY", ["SO14 0YN"]),
    ("E1 6", ["E1 6AA", "E1 6AN"]),
    ("E16", ["E16", "E16 2AA", "E1 6AA", "E1 6AN"]),
    # A slip of the space bar finds what there is.
    ("SO1 4", ["SO14 0AA", "SO14 0YN", "SO14 7DU"]),
    ("lee", ["Leeds", "Leeds (district)"]),
    ("newp", ["Newport", "Newport, Isle of Wight", "Newport, Telford and Wrekin"]),
    ("st i", ["Saint Ives, Huntingdonshire", "St Ives, Cornwall"]),
    # A place's own name comes before what other languages call a larger one.
    ("lo", ["London"]),
    ("manchestr", ["Manchester"]),
    ("s", []),
    ("", []),
    ("50.9, -1.4", []),
]


@pytest.mark.parametrize(("words", "labels"), BEGUN)
def test_words_half_typed(words, labels):
    found = [match.label for match in chain.suggest(words)]
    assert found[: len(labels)] == labels
    assert bool(found) == bool(labels)
    assert len(found) <= 10


def test_terminated_postcodes_are_not_suggested():
    assert "SO14 0ZZ" not in [match.label for match in chain.suggest("SO14 0Z")]


def test_own_names_come_before_those_of_other_languages():
    assert [match.label for match in chain.suggest("do")] == [
        "Douglas, Isle of Man",
        "Douglas, South Lanarkshire",
    ]
    # Abertawe is Swansea; Aberdeen City is nobody's alternate.
    assert chain.suggest("abert")[0].label == "Swansea"


@pytest.mark.parametrize(
    ("queryset", "index"),
    [
        (lambda: Postcode.objects.filter(code__startswith="SO140"), "geo_postcode_pkey"),
        (lambda: Postcode.objects.filter(pk__in=["SO140AA", "S0140AA"]), "geo_postcode_pkey"),
    ],
)
def test_prefixes_are_answered_by_the_key(queryset, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in queryset().explain()


def test_likeness_is_answered_by_the_trigram_index():
    with CaptureQueriesContext(connection) as asked:
        chain.suggest("manchestr")
    alike = next(
        query["sql"]
        for query in asked
        if "SIMILARITY" in query["sql"] and "geo_placename" in query["sql"]
    )
    with connection.cursor() as cursor:
        # A dozen names need no index: leave the planner nothing but bitmaps to choose.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("EXPLAIN " + alike)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on geo_placename_trigram" in plan
