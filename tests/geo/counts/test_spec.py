"""Facets packed into one number: what is packed comes out, and what is chosen is found."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from pledges.pledging.models import SPEC, Pledge, Theme

SIZES = {digit.name: digit.size for digit in SPEC.digits}
codes = st.integers(0, SIZES["theme"] * SIZES["who"] * SIZES["i_am"] * SIZES["done"] - 1)


@given(codes)
def test_values_come_back_from_their_code(code):
    values = SPEC.values(code)
    assert all(0 <= values[name] < size for name, size in SIZES.items())
    assert SPEC.codes({name: frozenset([value]) for name, value in values.items()}) == [code]


@given(codes, st.dictionaries(st.sampled_from(sorted(SIZES)), st.frozensets(st.integers(0, 1))))
def test_a_code_is_chosen_when_each_of_its_values_is(code, chosen):
    values = SPEC.values(code)
    expected = all(values[name] in wanted for name, wanted in chosen.items())
    found = SPEC.codes(chosen)
    assert (found is None or code in found) == expected


def test_nothing_chosen_is_any_code_and_an_empty_choice_is_none():
    assert SPEC.codes({}) is None
    assert SPEC.codes({"theme": frozenset()}) == []


@pytest.mark.django_db
def test_the_database_takes_the_same_digits_out():
    with connection.cursor() as cursor:
        cursor.execute(
            f"select c, {SPEC.digit_sql('theme', 'c')}, {SPEC.digit_sql('done', 'c')}"
            " from generate_series(0, 519) as c"
        )
        rows = cursor.fetchall()
    assert len(rows) == 520
    for code, theme, done in rows:
        assert (theme, done) == (SPEC.values(code)["theme"], SPEC.values(code)["done"])


def test_a_digit_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        SPEC.digit_sql("colour")


def test_the_code_that_the_database_keeps_is_the_packed_one(pledge, ground):
    for i_am in (None, Pledge.IAm.PUBLIC):
        for done in (False, True):
            made = pledge(
                theme="staff",
                who=Pledge.Who.TEAM,
                organisation=ground.clinic,
                i_am=i_am,
                done=done,
            )
            assert SPEC.values(made.facet) == {
                "theme": Theme.objects.get(slug="staff").number,
                "who": Pledge.Who.TEAM,
                "i_am": i_am or 0,
                "done": int(done),
            }
