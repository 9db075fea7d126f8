"""The form of a meeting and the presses with a page of their own; its screen (B73) is `cop.runsheet.screen`."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, DateTimeField, Field, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from cop.lib.timezones import refuse_unknown_time_zone
from events.actions.notifying import remember_told
from events.actions.publishing import note_changes
from events.actions.scheduling import free_slug
from events.admin import reminders
from events.admin.acts import ACTS
from events.admin.inlines import AgendaInline, MaterialInline, SpeakerInline, spoken
from events.admin.inviting import invite
from events.admin.organised import OrganisedAdmin
from events.admin.telling import tell
from events.models import Meeting, Registration, Series
from events.models.registrations import HAVE_A_PLACE
from events.views.came import came
from events.views.needs import told
from events.views.queue import queue
from events.views.speakers import speakers
from events.views.talks import calling
from members.admin.scoping import network_ids, owns_site
from members.models import User
from members.rules.roles import Duty

State = Registration.State
USUAL_ZONE = "Europe/London"
WIDGETS = {
    "theme": forms.TextInput(attrs={"size": 70}),
    "summary": forms.Textarea(attrs={"rows": 2, "cols": 80}),
    "body": forms.Textarea(attrs={"rows": 10, "cols": 80}),
    "topics": forms.CheckboxSelectMultiple(),
}


# What is done with a meeting on pages of its own, by their addresses.
PAGES: dict[str, Callable[..., HttpResponse]] = {
    "speakers": speakers,
    "questions": queue,
    "told": told,
    "came": came,
    "reminders": reminders.of_meeting,
    "invite": invite,
    "tell": tell,
    "talks": calling,
}


def time_zones() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(available_timezones()) if "/" in name or name == "UTC"]


class MeetingForm(forms.ModelForm[Meeting]):
    """The address may be left empty: it is made of day and theme. A time zone is chosen, not typed."""

    time_zone = forms.ChoiceField(label=gettext_lazy("time zone"), choices=time_zones, initial=USUAL_ZONE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or self.cleaned_data
        network = said.get("network") or getattr(self.instance, "network", None)
        if not said.get("slug") and network and said.get("starts_at"):
            words = said.get("theme") or said.get("title") or ""
            said["slug"] = free_slug(network, f"{timezone.localdate(said['starts_at'])}-{words}")
        if network and Meeting.objects.of(network).filter(slug=said.get("slug")).exclude(pk=self.instance.pk).exists():
            self.add_error("slug", _("Another meeting of the network has this address."))
        return said


class ToScreens(ChangeList):
    """A list whose rows lead to the screen of a meeting; its form is one press further."""

    def url_for_result(self, result: Model) -> str:
        return reverse("admin:events_meeting_screen", args=[result.pk])


@admin.register(Meeting)
class MeetingAdmin(OrganisedAdmin):
    """Made by the series' rule or by hand; published, cancelled and announced by presses of their own (B74)."""

    duty = Duty.LOOK
    values_kept = ("starts_at", "ends_at", "place", "capacity", "takes_questions")
    form = MeetingForm
    list_display = ("day", "shown_title", "number", "state", "places")
    list_display_links = ("day", "shown_title")
    list_filter = ("state", ("series", admin.RelatedOnlyFieldListFilter), ("network", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("network", "series")
    search_fields = ("title", "theme", "summary")
    ordering = ("-starts_at", "-pk")
    list_per_page = 50
    actions = None
    inlines = (AgendaInline, SpeakerInline, MaterialInline)
    fieldsets = (
        (None, {"fields": ("theme", "summary", ("starts_at", "ends_at"))}),
        (gettext_lazy("How we meet"), {"fields": (("place", "room"), "video_link", "capacity", "takes_questions")}),
        (gettext_lazy("On its page"), {"fields": ("title", "body", "topics")}),
        (
            gettext_lazy("Series, address, attribution"),
            {
                "classes": ("collapse",),
                "fields": ("network", ("series", "number"), "slug", "attribution_cap", ("time_zone", "has_times")),
            },
        ),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ToScreens

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        taken = Count("registrations", Q(registrations__state__in=HAVE_A_PLACE), distinct=True)
        waiting = Count("registrations", Q(registrations__state=State.WAITING), distinct=True)
        counted: QuerySet[Any] = super().get_queryset(request).annotate(taken=taken, waiting=waiting)
        return counted

    @admin.display(description=gettext_lazy("day"), ordering="starts_at")
    def day(self, meeting: Meeting) -> str:
        return date_format(meeting.local_start, "D j M Y, H:i")

    @admin.display(description=gettext_lazy("theme"), ordering="theme")
    def shown_title(self, meeting: Meeting) -> str:
        return meeting.shown_title

    @admin.display(description=gettext_lazy("registered"))
    def places(self, meeting: Any) -> str:
        """ "14 of 20", "20 of 20, 3 waiting"."""
        said = str(meeting.taken)
        if meeting.capacity is not None:
            said = _("%(taken)d of %(places)d") % {"taken": meeting.taken, "places": meeting.capacity}
        return (
            _("%(said)s, %(waiting)d waiting") % {"said": said, "waiting": meeting.waiting} if meeting.waiting else said
        )

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "video_link":
            kwargs["assume_scheme"] = "https"
        if db_field.name in WIDGETS:
            kwargs["widget"] = WIDGETS[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return spoken(field) if isinstance(db_field, DateTimeField) else field

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Whoever sees to the speakers changes these below, and nothing above."""
        if obj is not None and not self.organises(request, obj):
            return tuple(flatten_fieldsets(self.get_fieldsets(request, obj)))
        return ("network",) if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Without the link of the call, for those who only look."""
        if obj is None or self.has_duty(Duty.BACKSTAGE, request, obj):
            return self.fieldsets
        return [
            (name, {**shown, "fields": tuple(field for field in shown["fields"] if field != "video_link")})
            for name, shown in self.fieldsets
        ]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_duty(Duty.SPEAKERS, request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Drafts only: what people know of is cancelled."""
        drafts = not isinstance(obj, Meeting) or obj.state == Meeting.State.DRAFT
        return drafts and super().has_delete_permission(request, obj)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Saved: on to its screen."""
        return redirect("admin:events_meeting_screen", obj.pk)

    response_post_save_change = response_post_save_add

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and note_changes(obj, form.changed_data):
            said = _("People have the meeting in their calendars as it was. “Tell those who registered” updates them.")
            self.message_user(request, said, "WARNING")

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Times are typed and shown on the wall clock of the meeting, wherever the reader or the server is."""
        if request.method == "POST" and (meeting := self._find(request, object_id)):
            remember_told(meeting)
        with timezone.override(self._zone(request, object_id)):
            response = super().changeform_view(request, object_id, form_url, self._context(request, object_id))
            return response.render() if isinstance(response, TemplateResponse) else response

    def _zone(self, request: HttpRequest, object_id: str | None) -> ZoneInfo:
        meeting = self._find(request, object_id)
        name = request.POST.get("time_zone") or (meeting.time_zone if meeting else USUAL_ZONE)
        try:
            refuse_unknown_time_zone(name)
        except ValidationError:
            name = USUAL_ZONE
        return ZoneInfo(name)

    def _find(self, request: HttpRequest, object_id: str | int | None) -> Any:
        """The meeting, with its counts, if whoever asks may look at it."""
        if not (str(object_id or "").isascii() and str(object_id or "").isdigit()):
            return None
        return self.get_queryset(request).select_related("network", "series").filter(pk=object_id).first()

    def _context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """What stands above the form."""
        meeting = self._find(request, object_id)
        if meeting is None:
            return {}
        title = _("Meeting %d") % meeting.number if meeting.number else _("Meeting")
        return {"title": title, "meeting": meeting}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """With a button for the next meeting of each series."""
        series = Series.objects.select_related("network").order_by("network__name", "title")
        if not owns_site(request):
            series = series.filter(network__in=network_ids(request))
        return super().changelist_view(request, {"title": _("Meetings"), "series": series, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        pages = [
            path(f"<int:meeting_id>/{name}/", view(page), name=f"events_meeting_{name}") for name, page in PAGES.items()
        ]
        act = path("<int:meeting_id>/<slug:name>/", view(self.act), name="events_meeting_act")
        return [*super().get_urls()[:-1], *pages, act, super().get_urls()[-1]]

    def act(self, request: HttpRequest, meeting_id: int, name: str) -> HttpResponse:
        """What will happen, and a button; the button does it."""
        meeting, act = self._find(request, meeting_id), ACTS.get(name)
        if meeting is None or act is None:
            raise Http404
        if not self.organises(request, meeting) or not isinstance(request.user, User):
            raise PermissionDenied
        if not act.offered(meeting):
            self.message_user(request, _("There is nothing to do any more."), "WARNING")
            return redirect("admin:events_meeting_screen", meeting.pk)
        if request.method == "POST":
            with transaction.atomic():
                said = act.do(meeting, request.user)
                self.log_change(
                    request, meeting, [{"changed": {"name": act.name, "object": "…", "fields": list(act.changes)}}]
                )
            self.message_user(request, said)
            return redirect("admin:events_meeting_screen", meeting.pk)
        page = {
            **self.admin_site.each_context(request),
            "title": act.button,
            "opts": self.opts,
            "meeting": meeting,
            "act": act,
            "consequences": act.consequences(meeting),
        }
        return TemplateResponse(request, "admin/events/meeting/act.html", page)
