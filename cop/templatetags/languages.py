"""Which other languages a page can be read in."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """Code and name of each, by the name that its readers call it."""
    return [(code, name) for code, name in settings.LANGUAGES if code != get_language()]
