"""The opaque word that says where the next page of a layer begins."""

from django.core.signing import BadSignature, Signer

from geo.core.errors import BadParameter


def write(layer: str, direction: str, values: list) -> str:
    """Return a cursor for the page after (`next`) or before (`prev`) the row with these values.

    It is signed, so that only values which the database can compare ever come back. It says no
    time: an answer that has not changed has the same bytes, as its strong ETag promises.
    """
    return _signer(layer).sign_object([direction, *values])


def read(layer: str, word: str) -> tuple[str, list]:
    """Return direction and values; what we did not write for this layer raises BadParameter."""
    try:
        direction, *values = _signer(layer).unsign_object(word)
    except BadSignature:
        raise BadParameter("cursor", "is not one of ours; start again at the first page") from None
    return direction, values


def _signer(layer):
    return Signer(salt=f"cursor:{layer}")
