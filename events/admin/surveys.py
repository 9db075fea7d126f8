"""Surveys: organisers ask, open, close, and then see what came of it; feedback on meetings stands beside them (B69)."""

from collections.abc import Iterator
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import DateTimeField, Field, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from cop.lib.spreadsheet import csv_lines
from events.actions.answering import CannotOpen, box_of, close_survey, meeting_at, open_survey
from events.actions.inviting import begin_asking
from events.admin.inlines import OrganisedInline, SpokenFormSet, spoken
from events.admin.organised import OrganisedAdmin
from events.models import Meeting, Survey, SurveyQuestion
from events.views.answers import Results, results_of
from members.models import User

State = Survey.State
Kind = SurveyQuestion.Kind
WIDGETS: dict[str, forms.Widget] = {
    "position": forms.TextInput(attrs={"size": 2}),
    "text": forms.TextInput(attrs={"size": 32}),
    "choices": forms.Textarea(attrs={"rows": 3, "cols": 24}),
    "intro": forms.Textarea(attrs={"rows": 3, "cols": 80}),
}


class QuestionForm(forms.ModelForm[SurveyQuestion]):
    """What each kind of question needs."""

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or self.cleaned_data
        kind, options = said.get("kind"), [line for line in said.get("choices", "").splitlines() if line.strip()]
        if kind == Kind.TIME and not said.get("starts_at"):
            self.add_error("starts_at", _("Say which time you propose."))
        if kind != Kind.TIME and not said.get("text", "").strip():
            self.add_error("text", _("Say what you ask."))
        if kind in {Kind.ONE, Kind.MANY} and len(set(options)) < 2:
            self.add_error("choices", _("Write two or more answers, one a line."))
        return said


class QuestionInline(OrganisedInline, admin.TabularInline[Any, Any]):
    model = SurveyQuestion
    form = QuestionForm
    formset = SpokenFormSet
    fields = ("position", "kind", "text", "choices", "starts_at")
    extra = 3

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in WIDGETS:
            kwargs["widget"] = WIDGETS[db_field.name]
        if db_field.name == "starts_at":
            # One box, where Django's two beside calendars and clocks leave no room for the question.
            moment = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            return spoken(forms.DateTimeField(label=db_field.verbose_name, required=False, widget=moment))
        return spoken(super().formfield_for_dbfield(db_field, request, **kwargs))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Once people answer, questions stay as they are."""
        return (obj is None or obj.state == State.DRAFT) and super().has_change_permission(request, obj)


class SurveyForm(forms.ModelForm[Survey]):
    def clean_closes_at(self) -> Any:
        at = self.cleaned_data["closes_at"]
        if at is not None and at <= timezone.now():
            raise ValidationError(_("This is past. Choose a time that lies ahead, or leave it empty."))
        return at


@admin.register(Survey)
class SurveyAdmin(OrganisedAdmin):
    """Nobody sees an answer here before the survey is closed, and never whose it is."""

    form = SurveyForm
    list_display = ("title", "network", "about", "state", "people", "closes_at")
    list_filter = ("state", ("network", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("network", "meeting")
    fields = ("network", "title", "intro", "closes_at", "duration_minutes", "shares_figures")
    inlines = (QuestionInline,)
    actions = None

    @admin.display(description=gettext_lazy("meeting"))
    def about(self, survey: Survey) -> str:
        return survey.meeting.shown_title if survey.meeting else ""

    @admin.display(description=gettext_lazy("people who answered"))
    def people(self, survey: Survey) -> int:
        return box_of(survey).count

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in WIDGETS:
            kwargs["widget"] = WIDGETS[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return spoken(field) if isinstance(db_field, DateTimeField) else field

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("network",) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Drafts only: what people answer stays what they were asked."""
        is_draft = not isinstance(obj, Survey) or obj.state == State.DRAFT
        return is_draft and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Not the feedback on a meeting: whoever could have it given anew would see what one more person says."""
        is_own = not isinstance(obj, Survey) or obj.meeting_id is None
        return is_own and self.organises(request, obj)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Times are typed and shown on the clock of the network."""
        survey = self.get_object(request, object_id) if object_id else None
        with timezone.override(ZoneInfo(survey.network.time_zone if survey else "Europe/London")):
            may = {"may_see_results": survey is not None and self.organises(request, survey)}
            response = super().changeform_view(request, object_id, form_url, {**may, **(extra_context or {})})
            return response.render() if isinstance(response, TemplateResponse) else response

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:survey_id>/results/", wrap(self.results), name="events_survey_results"),
            path("<int:survey_id>/csv/", wrap(self.csv), name="events_survey_csv"),
            path("of/<int:meeting_id>/", wrap(self.of_meeting), name="events_survey_of_meeting"),
            *super().get_urls(),
        ]

    def of_meeting(self, request: HttpRequest, meeting_id: int) -> HttpResponse:
        """The feedback on a meeting, where somebody has given some."""
        survey = self.get_queryset(request).filter(meeting=meeting_id).first()
        if survey is not None:
            return redirect("admin:events_survey_results", survey.pk)
        open_to = self.open_networks(request)
        meeting = Meeting.objects.select_related("network").filter(pk=meeting_id).first()
        if meeting is None or not (meeting.network_id in open_to or cast(User, request.user).is_superuser):
            raise Http404
        page = {"title": _("Feedback"), "opts": self.opts, "meeting": meeting}
        return self._page(request, page)

    def results(self, request: HttpRequest, survey_id: int) -> HttpResponse:
        """How the survey stands, and the one thing to do next."""
        survey = self._find(request, survey_id)
        if request.method == "POST" and "ask" in request.POST and survey.meeting is None:
            return redirect("admin:members_circular_look", begin_asking(survey).pk)
        if request.method == "POST":
            self._press(request, survey)
            return redirect(request.path)
        page = {
            "title": survey.title,
            "opts": self.opts,
            "survey": survey,
            "meeting": survey.meeting,
            "results": results_of(survey),
        }
        return self._page(request, page)

    def _page(self, request: HttpRequest, page: dict[str, object]) -> HttpResponse:
        shown = {**self.admin_site.each_context(request), **page}
        return TemplateResponse(request, "admin/events/survey/results.html", shown)

    def _press(self, request: HttpRequest, survey: Survey) -> None:
        if "open" in request.POST:
            try:
                open_survey(survey)
            except CannotOpen as cannot:
                self.message_user(request, str(cannot), "WARNING")
                return
            self.message_user(request, _("Members can answer now. Nobody is written to."))
        elif "close" in request.POST:
            close_survey(survey, at=timezone.now())
            self.message_user(request, _("The survey is closed."))
        else:
            times = survey.questions.filter(kind=Kind.TIME)
            chosen = next((one for one in times if str(one.pk) == request.POST.get("make")), None)
            if chosen is None:
                raise Http404
            meeting = meeting_at(chosen)
            self.log_addition(request, meeting, [{"added": {}}])
            self.message_user(request, _("There is a draft of a meeting at that time now, among the meetings."))
            return
        self.log_change(request, survey, [{"changed": {"fields": ["state"]}}])

    def csv(self, request: HttpRequest, survey_id: int) -> StreamingHttpResponse:
        """What the page shows, for a spreadsheet."""
        survey = self._find(request, survey_id)
        return StreamingHttpResponse(
            csv_lines(rows(results_of(survey))),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="survey-{survey.pk}.csv"'},
        )

    def _find(self, request: HttpRequest, survey_id: int) -> Survey:
        asked = self.get_queryset(request).select_related("network", "meeting__network")
        survey: Survey | None = cast("QuerySet[Survey]", asked).filter(pk=survey_id).first()
        if survey is None:
            raise Http404
        if not self.organises(request, survey):
            raise PermissionDenied
        return survey


def rows(results: Results) -> Iterator[list[str]]:
    """One row an answer: the question, the answer, how many, and of a hundred; what was written stands by itself."""
    yield [_("Question"), _("Answer"), _("People"), _("Of 100")]
    yield [_("People who answered"), "", str(results.count), ""]
    for one in [*results.times, *results.answered]:
        yield from ([one.question.asks, line.name, str(line.count), str(line.percent)] for line in one.lines)
        yield from ([one.question.asks, text, "", ""] for text in one.texts)
