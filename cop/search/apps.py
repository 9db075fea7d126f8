from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cop.search"
    label = "search"

    def ready(self) -> None:
        from cop.search import receivers  # noqa: F401, PLC0415  # models are loaded only now
