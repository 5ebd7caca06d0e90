from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from geo.core.registry import check_registries


class GeoConfig(AppConfig):
    name = "geo"
    verbose_name = _("Places")

    def ready(self) -> None:
        register(check_registries)
