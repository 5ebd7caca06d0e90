"""What a text tells: numbers and addresses found, and ordinary words let alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs

from pledges.moderation import contact_details

TELLING = {
    "ring 07700 900123 now": [("telephone", "07700 900123")],
    "0161 496 0123": [("telephone", "0161 496 0123")],
    "+44 (0)7700 900123": [("telephone", "+44 (0)7700 900123")],
    "(01865) 741166 please": [("telephone", "(01865) 741166")],
    "07911.123.456": [("telephone", "07911.123.456")],
    "０７７００ ９００１２３": [("telephone", "07700 900123")],
    "07700\u200b900123": [("telephone", "07700900123")],
    "write to dora@example.org.": [("email", "dora@example.org")],
    "dora (at) example.org": [("email", "dora (at) example.org")],
    "She is 943 476 5919.": [("nhs", "943 476 5919")],
    "She is 943-476-5919.": [("nhs", "943-476-5919")],
    "She is 9434765919.": [("nhs", "9434765919")],
    "a@b.org, 943 476 5919, 07700 900123": [
        ("email", "a@b.org"),
        ("nhs", "943 476 5919"),
        ("telephone", "07700 900123"),
    ],
}
ORDINARY = [
    "I will listen.",
    "Call 111, or 999 if it cannot wait.",
    "I will walk 1,000,000,000 steps by 2027-03-01.",
    "943 476 5918 has a wrong check digit",
    "On 12/03/2027 at 10:30, ward 6, bay 2, beds 1-6",
    "In 2013, 189000 people; in 2014, 800000",
    "Listen.Then act",
    "50% of us @ the ward",
]


@pytest.mark.parametrize("text", TELLING)
def test_found(text):
    assert [(one.what.value, one.text) for one in contact_details.telling(text)] == TELLING[text]


@pytest.mark.parametrize("text", ORDINARY)
def test_let_alone(text):
    assert contact_details.find(text) == []


@given(st.integers(10**9, 10**10 - 1).map(str))
def test_ten_digits_are_an_nhs_number_by_their_check_digit(digits):
    found = [one.what for one in contact_details.telling(f"It is {digits}.")]
    assert (contact_details.What.NHS in found) == nhs.is_valid(digits)


@given(st.text(max_size=600))
def test_any_text_can_be_looked_at(text):
    for one in contact_details.find(text):
        assert one.text


def test_links():
    assert not contact_details.full_of_links("See https://example.org/a for more.")
    assert contact_details.full_of_links("https://a.example.org and www.b.example.com/x")
    assert contact_details.telling("See https://example.org/a") == []


def test_in_words():
    found = contact_details.find("07700 900123, 07700 900124, a@b.org")
    assert contact_details.in_words(found) == "an e-mail address and a telephone number"
