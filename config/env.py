"""Read one setting from the environment, or stop with a sentence that says what to do."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """Return the variable, or `default`; without either, stop with its name."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see README, Settings).")
    return value


def flag(name: str, default: bool) -> bool:
    """Return a yes/no variable; anything but 1/0, yes/no, true/false, on/off stops the start."""
    value = os.environ.get(name, str(int(default))).strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {value!r}: use 1 or 0.")
    return value in TRUE


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty members."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def origin(name: str) -> str:
    """Return scheme and host of a variable that holds a web address; {s} stands for any host."""
    address = urlsplit(text(name).replace("{s}", "*"))
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise ImproperlyConfigured(f"{name} is no web address: write https://host/path.")
    return f"{address.scheme}://{address.netloc}"


def mail_server(name: str) -> dict[str, object]:
    """Return Django's settings for a mail server: smtp://user:password@host:587?tls=start, or
    smtps://... for TLS from the first byte; an empty variable gives no settings."""
    if not text(name, ""):
        return {}
    address = urlsplit(text(name))
    if address.scheme not in {"smtp", "smtps"} or not address.hostname:
        raise ImproperlyConfigured(f"{name}: write smtp://user:password@host:587?tls=start")
    if address.query not in {"", "tls=start"}:
        raise ImproperlyConfigured(f"{name}: the one option there is is ?tls=start")
    secure = address.scheme == "smtps"
    return {
        "EMAIL_HOST": address.hostname,
        "EMAIL_PORT": address.port or (465 if secure else 587 if address.query else 25),
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": address.query == "tls=start" and not secure,
    }


def database_url() -> str:
    """Return DATABASE_URL, else the address that the set-up script left for its own cluster."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    pointer = LOCAL / "database_url"
    if pointer.exists():
        return pointer.read_text().strip()
    raise ImproperlyConfigured("No database: run `make run` once, or set DATABASE_URL.")


def secret_key() -> str:
    """Return SECRET_KEY, else one made at random for this checkout and kept in an ignored file."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = LOCAL / "secret_key"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(os.urandom(32).hex())
    return path.read_text()
