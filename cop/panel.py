"""The organisers' panel: Django's admin under our name, entered through the site's own sign-in."""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop.figures.urls import addresses
from cop.runsheet.sheet import sheet_of
from members.models import Network, User
from members.rules.roles import Duty

# A site's owner may have very many networks; the others' work is seen by their own organisers.
MOST_SHEETS = 10
LEFT_OUT = {"password_change", "password_change_done", "view_on_site"}


class Panel(admin.AdminSite):
    site_header = _("Organisers' panel")
    site_title = _("Organisers' panel")
    index_title = _("What there is to do")
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Without pages for passwords, which nobody has, and without Django's short cut to a row's page, which tells of
        any network's rows whether they exist. A meeting has a screen of its own, which gathers from every app, and the
        figures have theirs."""
        from cop.runsheet.screen import screen  # noqa: PLC0415 - it asks pages that register with this panel
        from cop.seeing import meeting_as, network_as  # noqa: PLC0415 - as above

        of_meeting, view = "events/meeting/<int:meeting_id>/", self.admin_view
        own = [
            path(of_meeting, view(screen), name="events_meeting_screen"),
            path(f"{of_meeting}as/<slug:who>/", view(meeting_as), name="events_meeting_as"),
            path("as/<slug:who>/<slug:network>/", view(network_as), name="network_as"),
        ]
        theirs = (one for one in super().get_urls() if getattr(one, "name", "") not in LEFT_OUT)
        return [*own, *addresses(view), *theirs]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the network whose colours the panel has: that of somebody who runs one only."""
        user = request.user
        theirs = list(Network.objects.open_to(user, Duty.LOOK)[:2]) if isinstance(user, User) else []
        return {**super().each_context(request), "own_network": theirs[0] if len(theirs) == 1 else None}

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> TemplateResponse:
        """The run-sheet of each network whose panel is open to whoever asks, and Django's list of everything below."""
        user, now = cast("User", request.user), timezone.now()
        theirs = Network.objects.open_to(user, Duty.LOOK).order_by("name")[:MOST_SHEETS]
        sheets = [sheet_of(network, user, now) for network in theirs]
        return super().index(request, {"sheets": sheets, **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Lead to the site's own sign-in; for members who organise nothing there is no such page (R12)."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        # allauth's documented way; it carries no types.
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)  # type: ignore[no-untyped-call]  # no types
        return answer
