"""In templates: Markdown, `{{ meeting.body|markdown }}`, within a page whose h1 is its own; and whole addresses."""

from django import template
from django.utils.safestring import SafeString

from cop.lib.markdown import render_markdown
from cop.lib.signing import absolute_url

register = template.Library()


@register.filter
def markdown(text: str, top_heading: int = 2) -> SafeString:
    return render_markdown(text, top_heading=top_heading)


@register.filter
def absolute(path: str) -> str:
    """The whole address of a page of ours, for those who read it elsewhere."""
    return absolute_url(path)
