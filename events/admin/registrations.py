"""Who registered, and who came. Seen by those who run the network, and by nobody else (R13)."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from events.actions.attending import mark_absent, mark_attended
from events.actions.registering import cancel_registration
from events.admin.organised import OrganisedAdmin
from events.models import Meeting, Registration
from members.admin.exporting import Cell, Exportable
from members.admin.scoping import network_ids, owns_site

COLUMNS: dict[str | Promise, Cell] = {
    gettext_lazy("Meeting"): lambda one: one.meeting.shown_title,
    gettext_lazy("Day"): lambda one: f"{one.meeting.local_start:%Y-%m-%d}",
    gettext_lazy("Name"): lambda one: one.name,
    gettext_lazy("E-mail address"): lambda one: one.email,
    gettext_lazy("Organisation"): lambda one: one.organisation,
    gettext_lazy("Role at work"): lambda one: one.job_title,
    gettext_lazy("Sector"): lambda one: str(one.get_sector_display()),
    gettext_lazy("State"): lambda one: str(one.get_state_display()),
    gettext_lazy("Guest"): lambda one: _("guest") if one.user_id is None else "",
}


@admin.register(Registration)
class RegistrationAdmin(Exportable, OrganisedAdmin):
    """People register themselves; organisers see them, mark who came, and can put a name right."""

    network_path = "meeting__network"
    columns = COLUMNS
    list_display = ("name", "organisation", "sector", "state", "address", "remarks", "day")
    list_filter = ("state", "sector", ("meeting", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("meeting", "user")
    list_per_page = 200
    search_fields = ("name", "organisation", "guest_email", "user__email")
    ordering = ("-meeting__starts_at", "name", "pk")
    fields = (
        "meeting",
        "state",
        "address",
        ("name", "organisation"),
        ("job_title", "sector"),
        "also_known_as",
        "do_not_note",
    )
    readonly_fields = ("meeting", "state", "address", "do_not_note")
    actions = ("came", "did_not_come", "cancel")

    @admin.display(description=gettext_lazy("e-mail address"))
    def address(self, registration: Registration) -> str:
        return registration.email

    @admin.display(description=gettext_lazy("remarks"))
    def remarks(self, registration: Registration) -> str:
        guest = _("guest") if registration.user_id is None else ""
        typed = _("typed by somebody, not confirmed") if not registration.confirmed else ""
        silent = _("does not want to be noted") if registration.do_not_note else ""
        return ", ".join(filter(None, [guest, typed, silent]))

    @admin.display(description=gettext_lazy("meeting"), ordering="meeting__starts_at")
    def day(self, registration: Registration) -> str:
        return date_format(registration.meeting.local_start, "j M Y")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("Registrations"), **(extra_context or {})})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Registering is everybody's own press, so that they know of it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Cancelling keeps the row, and tells the person."""
        return False

    @admin.action(description=gettext_lazy("Mark as having been there"), permissions=["change"])
    def came(self, request: HttpRequest, chosen: QuerySet[Registration]) -> None:
        count = sum(mark_attended(meeting, rows) for meeting, rows in self._by_meeting(request, chosen))
        self.message_user(request, ngettext("%d person was marked.", "%d people were marked.", count) % count)

    @admin.action(description=gettext_lazy("Take back that they were there"), permissions=["change"])
    def did_not_come(self, request: HttpRequest, chosen: QuerySet[Registration]) -> None:
        count = sum(mark_absent(meeting, rows) for meeting, rows in self._by_meeting(request, chosen))
        self.message_user(request, ngettext("%d person was changed.", "%d people were changed.", count) % count)

    @admin.action(description=gettext_lazy("Cancel these places, and tell the people"), permissions=["change"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[Registration]) -> None:
        standing = [row for _meeting, rows in self._by_meeting(request, chosen) for row in rows if is_ahead(row)]
        for registration in standing:
            cancel_registration(registration)
            self.log_change(request, registration, [{"changed": {"fields": ["state"]}}])
        said = ngettext("%d place was cancelled.", "%d places were cancelled.", len(standing))
        self.message_user(request, said % len(standing))

    def _by_meeting(
        self, request: HttpRequest, chosen: QuerySet[Registration]
    ) -> list[tuple[Meeting, list[Registration]]]:
        """The chosen rows of networks that whoever asks organises: the list shows those of others too."""
        theirs = chosen if owns_site(request) else chosen.filter(meeting__network__in=network_ids(request))
        rows: dict[Meeting, list[Registration]] = {}
        for registration in theirs.select_related("meeting__network", "user"):
            rows.setdefault(registration.meeting, []).append(registration)
        return list(rows.items())


def is_ahead(registration: Registration) -> bool:
    """Whether there is still a place to give back."""
    standing = registration.state in {Registration.State.REGISTERED, Registration.State.WAITING}
    return standing and registration.meeting.starts_at > timezone.now()
