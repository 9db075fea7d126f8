from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StartingConfig(AppConfig):
    name = "cop.starting"
    label = "starting"
    verbose_name = _("Setting up")

    def ready(self) -> None:
        from cop.starting import receivers  # noqa: F401, PLC0415  # models are loaded only now
