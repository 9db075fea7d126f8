from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EndingConfig(AppConfig):
    name = "cop.ending"
    label = "ending"
    verbose_name = _("To take away")

    def ready(self) -> None:
        from cop.ending import letters, receivers, retention, samples  # noqa: F401, PLC0415  # models are loaded only now
