"""Answers are sent as small as the client can read them."""

import gzip

import brotli
import pytest

ITEMS = "/api/collections/pledges/items"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, br;q=0.5", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("br; q=0.000, gzip", "gzip"),
        ("gzip", "gzip"),
        ("brown", None),
        ("identity", None),
        ("", None),
    ],
)
def test_the_form_is_one_that_the_client_reads(full, client, accepted, encoding):
    plain = client.get(ITEMS)
    packed = client.get(ITEMS, headers={"accept-encoding": accepted})
    assert packed.get("Content-Encoding") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) or not encoding


@pytest.mark.parametrize("accepted", ["br", "gzip"])
def test_a_packed_answer_is_not_sent_twice(full, client, accepted):
    headers = {"accept-encoding": accepted}
    tag = client.get(ITEMS, headers=headers)["ETag"]
    assert tag.startswith("W/")
    again = client.get(ITEMS, headers={**headers, "if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
