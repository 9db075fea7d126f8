"""In which language a page or a letter is: as somebody chose, else as their browser asks, else English (B96)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class LanguageMiddleware(LocaleMiddleware):
    """Django's, with two differences: the organisers' panel, which is not translated, stays in one language; and after
    an answer no language is left behind."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.path_info.startswith("/admin/"):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        answer: HttpResponseBase = super().process_response(request, response)
        translation.deactivate()  # what the same thread does next is nobody's wish
        return answer


def said_by_site(text: object) -> str:
    """A text in the site's own language, whoever asks: for what is kept, or compared with what was kept."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(text)


def chosen_language() -> str:
    """The language of the page somebody is at; "" where it is the site's own, which nobody has to choose."""
    language = translation.get_language() or ""
    return language if language in dict(settings.LANGUAGES) and language != settings.LANGUAGE_CODE else ""
