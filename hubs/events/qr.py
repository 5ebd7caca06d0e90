"""QR codes: of the page on which a code is checked in at the door."""

import io

import segno


def png(address: str) -> bytes:
    """Return a picture for mails, which show no SVG."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=6, border=4)
    return picture.getvalue()


def svg(address: str) -> bytes:
    picture = io.BytesIO()
    made = segno.make(address, error="m", micro=False)
    made.save(picture, kind="svg", scale=5, dark="#212b32", light="#fff")
    return picture.getvalue()
