"""The opaque word that says where the next page of a layer begins."""

from django.core import signing

from geo.errors import BadParameter


def write(layer: str, direction: str, values: list) -> str:
    """Return a cursor for the page after (`next`) or before (`prev`) the row with these values.

    It is signed, so that only values which the database can compare ever come back.
    """
    return signing.dumps([direction, *values], salt=f"cursor:{layer}")


def read(layer: str, word: str) -> tuple[str, list]:
    """Return direction and values; what we did not write for this layer raises BadParameter."""
    try:
        direction, *values = signing.loads(word, salt=f"cursor:{layer}")
    except signing.BadSignature:
        raise BadParameter("cursor", "is not one of ours; start again at the first page") from None
    return direction, values
