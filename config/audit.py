"""Who changed what: rows of the audit trail say who was signed in, and no stranger's address."""

from collections.abc import Callable
from contextvars import ContextVar

from auditlog.models import LogEntry
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from pledges.accounts.models import User
from pledges.accounts.permissions import needs_second_factor
from pledges.moderation.models import Case

current_request = ContextVar[HttpRequest | None]("current_request", default=None)


class ActorMiddleware:
    """Makes the request available to `record_actor`, which asks who is signed in.

    So a request that writes nothing reads no session, as those of the tiles and the API do not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_request.set(request)
        try:
            return self.get_response(request)
        finally:
            current_request.reset(token)


@receiver(pre_save, sender=LogEntry)
def record_actor(instance: LogEntry, **_: object) -> None:
    """Store who did it, by number: an account that is deleted leaves no name.

    The e-mail address is stored of operators and stewards alone, for what they did to others.
    """
    request = current_request.get()
    user = getattr(request, "user", None)
    model = instance.content_type.model_class()
    if instance.actor_id is None and user is not None and user.is_authenticated:
        duties = needs_second_factor(user)
        # Whoever wrote what a case is about may be anonymous: a new case has nobody's name.
        opened = model is Case and instance.action == LogEntry.Action.CREATE
        if not opened and (duties or model is not Case):
            instance.actor_id = user.pk
            instance.actor_email = user.email if duties else instance.actor_email
    if model is User:
        instance.object_repr = f"#{instance.object_pk}"
    elif model and model._meta.label == "pledges.Grant":
        instance.object_repr = instance.object_repr.partition(": ")[2]
    elif model and model._meta.label in PERSONAL_TEXT:
        instance.object_repr = f"{model._meta.verbose_name} {instance.object_pk}"


# Of what people wrote the trail has the number, not the text.
PERSONAL_TEXT = (
    *("pledges.Pledge", "pledges.Story", "pledges.Case", "pledges.Decision"),
    *("conversation.Post", "conversation.Reply"),
)
