"""Where pages of an imported site lay before (B7): links to them are in letters, reports and other people's pages."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from events.models import Meeting


@require_safe
def old_address(request: HttpRequest, old: str) -> HttpResponse:
    """`/events/2025-01-15-some-name`, with or without a slash or `.html`, leads to the meeting for good."""
    name = old.replace("\0", "").rstrip("/").removesuffix(".html")
    imported = Meeting.objects.public().select_related("network").order_by("pk")
    meeting = imported.filter(source_name__in=[f"{name}.md", f"{name}.markdown"]).first()
    if meeting is None:
        raise Http404
    return HttpResponsePermanentRedirect(meeting.get_absolute_url())
