"""Series, their next meeting in one press, and topics."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from events.actions.scheduling import next_date, next_number, schedule_meeting
from events.admin.organised import OrganisedAdmin
from events.models import Series, Topic
from events.rules.recurrence import RuleIsUnclear, next_dates


class SeriesForm(forms.ModelForm[Series]):
    def clean_rule(self) -> str:
        rule: str = self.cleaned_data["rule"]
        try:
            next_dates(rule, timezone.localdate())
        except RuleIsUnclear:
            raise ValidationError(
                _("This is not a rule we can read. For the second Wednesday of a month write FREQ=MONTHLY;BYDAY=2WE.")
            ) from None
        return rule


class NextMeetingForm(forms.Form):
    """All that scheduling the next meeting needs; the rest follows from the series (B72)."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    theme = forms.CharField(
        label=gettext_lazy("Theme"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Leave it empty while it is not decided."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A sentence or two, for lists and letters."),
    )


@admin.register(Series)
class SeriesAdmin(OrganisedAdmin):
    form = SeriesForm
    list_display = ("title", "network", "rule", "starts", "duration_minutes", "next_meeting")
    list_select_related = ("network",)
    fields = ("network", "title", "slug", "rule", ("starts", "duration_minutes"))
    prepopulated_fields = {"slug": ("title",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("network",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("title",)}

    @admin.display(description=gettext_lazy("next meeting"))
    def next_meeting(self, series: Series) -> str:
        link = reverse("admin:events_series_schedule", args=[series.pk])
        return format_html('<a href="{}">{}</a>', link, _("Schedule the next meeting"))

    def get_urls(self) -> list[URLPattern]:
        schedule = path(
            "<int:series_id>/schedule/",
            self.admin_site.admin_view(self.schedule),
            name="events_series_schedule",
        )
        return [schedule, *super().get_urls()]

    def schedule(self, request: HttpRequest, series_id: int) -> HttpResponse:
        """Day and number are filled in; a theme, and there is a draft."""
        series = self.get_queryset(request).filter(pk=series_id).select_related("network").first()
        if series is None:
            raise Http404
        if not self.has_change_permission(request, series):
            raise PermissionDenied
        form = NextMeetingForm(request.POST or None, initial={"on": next_date(series)})
        if form.is_valid():
            meeting = schedule_meeting(series, **form.cleaned_data)
            self.log_addition(request, meeting, [{"added": {}}])
            self.message_user(request, _("There is a draft now. Nobody else sees it before you publish it."))
            return redirect("admin:events_meeting_change", meeting.pk)
        page = {
            **self.admin_site.each_context(request),
            "title": _("Schedule the next meeting"),
            "opts": self.opts,
            "series": series,
            "number": next_number(series),
            "form": form,
        }
        return TemplateResponse(request, "admin/events/series/schedule.html", page)


@admin.register(Topic)
class TopicAdmin(OrganisedAdmin):
    list_display = ("name", "network")
    fields = ("network", "name", "slug")
    prepopulated_fields = {"slug": ("name",)}
