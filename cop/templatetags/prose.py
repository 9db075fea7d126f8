"""Markdown in templates: `{{ meeting.body|markdown }}`, within a page whose h1 is its own."""

from django import template
from django.utils.safestring import SafeString

from cop.lib.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(text: str, top_heading: int = 2) -> SafeString:
    return render_markdown(text, top_heading=top_heading)
