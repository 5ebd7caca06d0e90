from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from pledges import checks


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = _("Pledges")

    def ready(self) -> None:
        register(checks.mails)
        register(checks.printing)
