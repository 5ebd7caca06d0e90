"""Errors named for what happened. `config.errors` gives each its HTTP status, in one table."""

from collections.abc import Iterable


class GeoError(Exception):
    """Base of the errors whose description is shown to the person or program that called."""

    code = "error"

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description


class BadParameter(GeoError):
    """A parameter's value cannot be used."""

    code = "bad-parameter"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


class UnknownParameter(GeoError):
    """A parameter that nothing reads; the answer lists those that are read."""

    code = "unknown-parameter"

    def __init__(self, names: Iterable[str], valid: Iterable[str]) -> None:
        unknown, known = ", ".join(sorted(names)), ", ".join(sorted(valid))
        super().__init__(f"Unknown parameter: {unknown}. Valid ones: {known}.")


class NotFound(GeoError):
    code = "not-found"


class PlaceNotFound(NotFound):
    """No geocoder finds the words."""

    code = "place-not-found"


class NoLongerAvailable(GeoError):
    """The changes since then are no longer in the log."""

    code = "no-longer-kept"


class OutsideUnitedKingdom(GeoError):
    """The point is known, but this map does not reach it."""

    code = "outside-uk"


class GeocoderUnavailable(GeoError):
    """The gazetteer has no answer and the remote geocoder gave none in time."""

    code = "geocoder-unavailable"


class TooSlow(GeoError):
    """The database was stopped at the limit of time that one answer may take."""

    code = "too-slow"


class UploadRefused(GeoError):
    """An uploaded file is refused; the description says why."""

    code = "upload-refused"
