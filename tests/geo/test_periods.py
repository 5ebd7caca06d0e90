"""Spans of days as whole years, whole months and what is left over."""

import datetime
from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from geo.counts.periods import Span, last_day, months, signed, span
from geo.counts.periods import days as listed

FIRST, LAST = date(2013, 5, 7), date(2016, 8, 20)
DAY = datetime.timedelta(days=1)
days = st.dates(date(2012, 1, 1), date(2018, 1, 1))


def test_all_time_is_one_period():
    assert span(None, None, FIRST, LAST) == Span((0,), ())


def test_a_whole_month():
    assert span(date(2014, 3, 1), date(2014, 3, 31), FIRST, LAST) == Span((201403,), ())


def test_a_whole_year():
    assert span(date(2014, 1, 1), date(2014, 12, 31), FIRST, LAST) == Span((2014,), ())


def test_years_between_months():
    found = span(date(2013, 11, 1), date(2016, 2, 29), FIRST, LAST)
    assert found == Span((201311, 201312, 2014, 2015, 201601, 201602), ())


def test_one_day_is_read_from_the_rows():
    day = date(2014, 3, 3)
    assert span(day, day, FIRST, LAST) == Span((), ((day, day),))


def test_days_at_both_ends_are_left_over():
    found = span(date(2014, 1, 30), date(2014, 4, 2), FIRST, LAST)
    assert found.periods == (201402, 201403)
    assert found.loose == (
        (date(2014, 1, 30), date(2014, 1, 31)),
        (date(2014, 4, 1), date(2014, 4, 2)),
    )


def test_the_ends_of_the_data_need_no_rows():
    """Nothing lies before the first day or after the last, so that their months are whole."""
    assert span(date(2016, 8, 1), None, FIRST, LAST) == Span((201608,), ())
    assert span(None, date(2013, 5, 31), FIRST, LAST) == Span((201305,), ())


def test_beyond_the_data_there_is_nothing():
    assert span(date(2017, 1, 1), None, FIRST, LAST) == Span((), ())
    assert span(None, date(2013, 5, 6), FIRST, LAST) == Span((), ())


def covered(found: Span) -> list[date]:
    """Return every day of a span, as often as it is counted."""
    counted = []
    for period in found.periods:
        year, month = divmod(period, 100) if period > 9999 else (period, 0)
        day = date(year, month or 1, 1)
        while day.year == year and month in (0, day.month):
            counted.append(day)
            day += DAY
    for first, last in found.loose:
        counted += [first + DAY * n for n in range((last - first).days + 1)]
    return counted


@given(since=st.none() | days, until=st.none() | days, first=days, length=st.integers(0, 900))
def test_every_day_of_the_data_is_counted_once_and_no_other_is(since, until, first, length):
    last = first + DAY * length
    found = span(since, until, first, last)
    if found.periods == (0,):
        assert since is until is None
        return
    counted = [day for day in covered(found) if first <= day <= last]
    low, high = max(since or first, first), min(until or last, last)
    asked = [low + DAY * n for n in range((high - low).days + 1)] if low <= high else []
    assert sorted(counted) == asked
    assert all(a.replace(day=1) == b.replace(day=1) for a, b in found.loose)


def test_a_year_less_a_day():
    assert signed(date(2014, 1, 2), date(2014, 12, 31)) == {2014: 1, 20140101: -1}


def test_a_month_and_a_half():
    found = signed(date(2014, 3, 5), date(2014, 4, 30))
    assert found == {201403: 1, 201404: 1} | dict.fromkeys(range(20140301, 20140305), -1)


@given(days, days)
def test_periods_that_are_taken_away_leave_each_day_once(since, until):
    """Each day of the span is counted once on balance, each other day not at all."""
    counted: Counter[date] = Counter()
    found = signed(since, until)
    for period, sign in found.items():
        if period > 9_999_999:
            counted[date(period // 10_000, period // 100 % 100, period % 100)] += sign
        else:
            counted.update(dict.fromkeys(covered(Span((period,), ())), sign))
    wanted = {since + DAY * n for n in range((until - since).days + 1)}
    assert {day for day, n in counted.items() if n} == wanted
    assert set(counted.values()) <= {0, 1}
    assert len(found) <= 7 + 2 * (15 + 6)


def test_open_ends_reach_beyond_the_data():
    assert signed(None, None) == {0: 1}
    assert signed(None, date(2000, 12, 31)) == {2000: 1}
    assert set(signed(date(2014, 1, 1), None)) == set(range(2014, last_day().year + 1))


def test_days_and_months_between_are_both_ends_included():
    assert listed(date(2014, 2, 27), date(2014, 3, 2)) == [20140227, 20140228, 20140301, 20140302]
    assert months(201311, 201402) == [201311, 201312, 201401, 201402]
    assert listed(date(2014, 3, 2), date(2014, 3, 1)) == months(201402, 201401) == []
