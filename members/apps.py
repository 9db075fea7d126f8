from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        """Every app's letters make themselves known, and what each keeps how long."""
        from members import receivers  # noqa: F401, PLC0415  # models are loaded only now

        autodiscover_modules("letters", "audiences", "retention", "samples")
