"""The mails that we write: queued by the web server, written and sent by the worker."""

from django_tasks import task


@task()
def send_confirmation(key: int) -> None:
    """Write and send the mail of one confirmation."""
