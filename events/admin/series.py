"""Series, their next meeting in one press, and topics."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from events.actions.scheduling import begin_counting, next_number, next_proposed, schedule_meeting
from events.admin import reminders
from events.admin.dates import pressed, rows_of, said_of
from events.admin.organised import OrganisedAdmin
from events.models import Series, Topic
from events.rules.recurrence import RuleIsUnclear, Unclear, next_dates
from events.rules.spoken import in_words, rule_from
from members.rules.roles import Duty

WHY_UNCLEAR = {
    Unclear.UNKNOWN: gettext_lazy(
        "This is not a rule we can read. Write for example “second Wednesday of the month”, "
        "“every 4 weeks on Wednesday”, or an RFC 5545 rule such as FREQ=MONTHLY;BYDAY=2WE."
    ),
    Unclear.SECOND_OR_OTHER: gettext_lazy(
        "This can mean two things. Write “every 2 weeks on Wednesday”, or “second Wednesday of the month”."
    ),
    Unclear.WHICH_DAY: gettext_lazy("On which day? Write for example “every 4 weeks on Wednesday”."),
    Unclear.WHICH_WEEK: gettext_lazy("On which day of the month? Write for example “second Wednesday of the month”."),
    Unclear.TOO_OFTEN: gettext_lazy("This repeats within a day. A series has one meeting a day at most."),
    Unclear.NEVER: gettext_lazy("This rule gives no day in the next five years. Is there a slip in it?"),
}


class SeriesForm(forms.ModelForm[Series]):
    """When is said in words, and kept as an RFC 5545 rule."""

    rule = forms.CharField(
        label=gettext_lazy("When"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"size": 50}),
        help_text=gettext_lazy(
            "In words: “second Wednesday of the month”, “every 4 weeks on Wednesday”. "
            "Or an RFC 5545 rule. Empty: no rule, each date by hand."
        ),
    )
    months_off = forms.MultipleChoiceField(
        label=gettext_lazy("Months without a meeting"),
        required=False,
        choices=MONTHS.items,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "rule" in self.fields:
            self.initial["rule"] = in_words(self.instance.rule)
            self.initial["months_off"] = [str(month) for month in self.instance.skipped_months]

    def clean_rule(self) -> str:
        try:
            rule = rule_from(self.cleaned_data["rule"])
            if rule and not next_dates(rule, timezone.localdate()):
                raise RuleIsUnclear(Unclear.NEVER)
        except RuleIsUnclear as unclear:
            raise ValidationError(WHY_UNCLEAR[unclear.why]) from None
        return rule

    def clean_months_off(self) -> str:
        return ",".join(self.cleaned_data["months_off"])


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
    duty = Duty.LOOK
    values_kept = ("rule", "starts", "duration_minutes")
    form = SeriesForm
    list_display = ("title", "network", "when", "starts", "duration_minutes", "next_meeting", "dates_ahead")
    list_select_related = ("network",)
    list_filter = (("network", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("title",)
    fieldsets = (
        (None, {"fields": ("network", "title", "slug", "rule", "counted_from", ("starts", "duration_minutes"))}),
        (gettext_lazy("Not then"), {"fields": ("months_off", "holidays_of")}),
        (gettext_lazy("Comes along with each new meeting"), {"fields": ("body",)}),
    )
    prepopulated_fields = {"slug": ("title",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("network",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("title",)}

    @admin.display(description=gettext_lazy("next meeting"))
    def next_meeting(self, series: Series) -> str:
        link = reverse("admin:events_series_schedule", args=[series.pk])
        return format_html('<a href="{}">{}</a>', link, _("Schedule the next meeting"))

    @admin.display(description=gettext_lazy("when"), ordering="rule")
    def when(self, series: Series) -> str:
        return in_words(series.rule)

    @admin.display(description=gettext_lazy("dates"))
    def dates_ahead(self, series: Series) -> str:
        link = reverse("admin:events_series_dates", args=[series.pk])
        return format_html('<a href="{}">{}</a>', link, _("Dates of the year ahead"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        begin_counting(obj)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect("admin:events_series_dates", obj.pk)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect("admin:events_series_dates", obj.pk)

    def get_urls(self) -> list[URLPattern]:
        dates = path("<int:series_id>/dates/", self.admin_site.admin_view(self.dates), name="events_series_dates")
        schedule = path(
            "<int:series_id>/schedule/",
            self.admin_site.admin_view(self.schedule),
            name="events_series_schedule",
        )
        view = self.admin_site.admin_view
        plan = path("<int:series_id>/reminders/", view(reminders.of_series), name="events_series_reminders")
        of_all = path("of/<slug:network>/reminders/", view(reminders.of_network), name="events_network_reminders")
        return [dates, schedule, plan, of_all, *super().get_urls()]

    def schedule(self, request: HttpRequest, series_id: int) -> HttpResponse:
        """Day and number are filled in; a theme, and there is a draft."""
        series = self._organised(request, series_id)
        proposed = next_proposed(series)
        form = NextMeetingForm(
            request.POST or None, initial={"on": proposed[-1].on if proposed and proposed[-1].is_free else None}
        )
        if form.is_valid():
            meeting = schedule_meeting(series, **form.cleaned_data)
            self.log_addition(request, meeting, [{"added": {}}])
            self.message_user(request, _("There is a draft now. Nobody else sees it before you publish it."))
            return redirect("admin:events_meeting_screen", meeting.pk)
        page = {
            **self.admin_site.each_context(request),
            "title": _("Schedule the next meeting"),
            "opts": self.opts,
            "series": series,
            "number": next_number(series),
            "passed_over": [said_of(one, {}) for one in proposed if not one.is_free],
            "form": form,
        }
        return TemplateResponse(request, "admin/events/series/schedule.html", page)

    def dates(self, request: HttpRequest, series_id: int) -> HttpResponse:
        """What the rule gives in the year ahead; drafts are made of the days chosen, or they are left out (B72)."""
        series = self._organised(request, series_id)
        if request.method == "POST":
            self.message_user(request, *pressed(series, request.POST))
            return redirect("admin:events_series_dates", series.pk)
        page = {
            **self.admin_site.each_context(request),
            "title": _("Dates of the year ahead"),
            "opts": self.opts,
            "series": series,
            "rule": in_words(series.rule),
            "months": [name for month, name in MONTHS.items() if month in series.skipped_months],
            "rows": rows_of(series),
        }
        return TemplateResponse(request, "admin/events/series/dates.html", page)

    def _organised(self, request: HttpRequest, series_id: int) -> Series:
        series = self.get_queryset(request).filter(pk=series_id).select_related("network").first()
        if not isinstance(series, Series):
            raise Http404
        if not self.has_change_permission(request, series):
            raise PermissionDenied
        return series


@admin.register(Topic)
class TopicAdmin(OrganisedAdmin):
    duty = Duty.LOOK
    list_display = ("name", "network")
    list_filter = (("network", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("network",)
    search_fields = ("name",)
    fields = ("network", "name", "slug")
    prepopulated_fields = {"slug": ("name",)}
