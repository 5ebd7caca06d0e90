"""Limits count exactly, for each network and address apart, and end with their span."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from pledges.accounts import rate_limits
from pledges.accounts.models import Taken
from pledges.accounts.rate_limits import Limit, TooMany, network, take

THREE = Limit("three", 3, 3600)


def test_each_key_has_its_own(db):
    for key in ("a", "b"):
        for _ in range(3):
            take(THREE, key)
        with pytest.raises(TooMany) as refused:
            take(THREE, key)
        assert 0 < refused.value.wait <= 3600
    take(Limit("other", 3, 3600), "a")


def test_the_next_span_starts_anew(db):
    for _ in range(3):
        take(THREE, "a")
    Taken.objects.update(until=timezone.now() - datetime.timedelta(hours=1))
    take(THREE, "a")
    assert Taken.objects.get().number == 1


def test_it_is_exact_with_twelve_at_once(committed):
    def once(_: int) -> bool:
        try:
            take(THREE, "a")
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(once, range(12))) == 3


def test_addresses_are_kept_as_digests(db):
    take(rate_limits.MAILS_TO_ADDRESS, "alice@example.org")
    assert "alice" not in Taken.objects.get().digest


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_where_a_request_comes_from(address, expected):
    assert network(RequestFactory().get("/", REMOTE_ADDR=address)) == expected
