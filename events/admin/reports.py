"""Reports of calls: what is in one, whom it means, what would change, and taking it back (B78, B82)."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cop.lib.http import number_in
from events.actions.reporting import (
    MOST_BYTES,
    TOO_LARGE,
    ReportRefused,
    discard_report,
    proposal,
    take_report,
    undo_report,
    use_report,
)
from events.models import AttendanceReport, Meeting
from events.rules.attendance import By
from members.admin.history import remember_change
from members.admin.scoping import NetworkScopedAdmin, ReadOnly, network_ids, owns_site
from members.admin.uploading import InMemory
from members.models import User

State = AttendanceReport.State
NOTHING_TO_DO = gettext_lazy("There is nothing to do any more.")
CHANGED = gettext_lazy("Who registered has changed meanwhile. Please look again, and press once more.")
# The form's own words come with the file.
LARGEST_REQUEST = MOST_BYTES + 100_000


class ReportForm(forms.Form):
    """Of which meeting, and the file."""

    meeting = forms.ModelChoiceField(queryset=Meeting.objects.none(), label=gettext_lazy("Meeting"), empty_label=None)
    report = forms.FileField(
        label=gettext_lazy("Report"),
        help_text=gettext_lazy("The CSV file of participants or of registrations, as Zoom makes it."),
        widget=forms.ClearableFileInput({"accept": ".csv,.txt,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose the report, a CSV file."),
            "empty": gettext_lazy("There is nothing in this file. Download the report again."),
        },
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Meeting]", self.fields["meeting"]).queryset = meetings


@admin.register(AttendanceReport)
class AttendanceReportAdmin(ReadOnly, NetworkScopedAdmin):
    network_path = "meeting__network"
    list_display = ("name", "meeting", "kind", "state", "created_at", "created_by")
    list_select_related = ("meeting", "created_by")
    list_filter = ("kind", "state")
    change_list_template = "admin/events/attendancereport/change_list.html"

    @admin.display(description=gettext_lazy("report"), ordering="pk")
    def name(self, report: AttendanceReport) -> str:
        return _("Report %d") % report.pk

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("Reports of calls"), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("add/", self.admin_site.admin_view(upload), name="events_attendancereport_add"),
            path(
                "<int:report_id>/act/<slug:name>/",
                self.admin_site.admin_view(self.act),
                name="events_attendancereport_act",
            ),
        ]
        return [*own, *(one for one in super().get_urls() if one.name != "events_attendancereport_add")]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """What would change, or what was done."""
        if (number := number_in(object_id)) is None:
            raise Http404
        report = self._find(request, number)
        page: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Report %d") % report.pk,
            "opts": self.opts,
            "report": report,
            "is_attendance": report.kind == "attendance",
        }
        if report.state == State.READ:
            found = proposal(report)
            page |= {
                "proposal": found,
                "by_address": found.by(By.ADDRESS),
                "by_name": found.by(By.NAME),
                "unsure": found.by(By.SEVERAL),
                "unknown": found.by(By.NOBODY),
            }
        return TemplateResponse(request, "admin/events/attendancereport/report.html", page)

    def act(self, request: HttpRequest, report_id: int, name: str) -> HttpResponse:
        """What an organiser says: use it, leave it, take it back."""
        report = self._find(request, report_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if name not in PRESSES:
            raise Http404
        said, level = PRESSES[name](request, report)
        if level == "SUCCESS":
            remember_change(request, report, {"use": _("Used"), "discard": _("Not used"), "undo": _("Undone")}[name])
        self.message_user(request, said, level)
        return redirect("admin:events_attendancereport_change", report.pk)

    def _find(self, request: HttpRequest, report_id: int) -> AttendanceReport:
        rows = cast("QuerySet[AttendanceReport]", self.get_queryset(request))
        return get_object_or_404(rows.select_related("meeting__network"), pk=report_id)


def use(request: HttpRequest, report: AttendanceReport) -> tuple[str, str]:
    add = {number for said in request.POST.getlist("add") if (number := number_in(said)) is not None}
    if not use_report(report, seen=request.POST.get("seen", ""), add=add):
        return str(CHANGED if report.state == State.READ else NOTHING_TO_DO), "WARNING"
    counts = AttendanceReport.objects.get(pk=report.pk).counts
    marked, added = int(counts["marked"]), int(counts["added"])
    words = ngettext("%d person was marked as having been there", "%d people were marked as having been there", marked)
    more = ngettext("%d was added", "%d were added", added)
    return f"{words % marked}; {more % added}.", "SUCCESS"


def discard(request: HttpRequest, report: AttendanceReport) -> tuple[str, str]:
    if not discard_report(report):
        return str(NOTHING_TO_DO), "WARNING"
    return _("Nothing was changed, and whom the report names is forgotten."), "SUCCESS"


def undo(request: HttpRequest, report: AttendanceReport) -> tuple[str, str]:
    if not undo_report(report):
        return str(NOTHING_TO_DO), "WARNING"
    return _("It is as it was before the report, but for what people have said themselves since."), "SUCCESS"


PRESSES = {"use": use, "discard": discard, "undo": undo}


@csrf_exempt  # checked below: the check reads the upload, and that it stays in memory has to be said first
def upload(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends; nothing of it is written to a disk in clear."""
    if not owns_site(request) and not network_ids(request):
        raise PermissionDenied
    if int(request.headers.get("Content-Length") or 0) > LARGEST_REQUEST:
        while request.read(2**16):
            pass  # a browser shows the answer only once it has sent everything
        return _upload_page(request, ReportForm(meetings=_meetings(request)), refusal=str(TOO_LARGE))
    request.upload_handlers = [InMemory(request)]
    return _upload(request)


@csrf_protect
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def _upload(request: HttpRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    chosen = {"meeting": request.GET.get("meeting", "")}
    form = ReportForm(*((request.POST, request.FILES) if is_sent else ()), meetings=_meetings(request), initial=chosen)
    if not form.is_valid():
        return _upload_page(request, form)
    said = form.cleaned_data
    try:
        report = take_report(said["meeting"], said["report"].read(), by=cast("User", request.user), at=timezone.now())
    except ReportRefused as refused:
        return _upload_page(request, form, refusal=str(refused))
    remember_change(request, report, _("Uploaded a report"))
    return redirect("admin:events_attendancereport_change", report.pk)


def _meetings(request: HttpRequest) -> QuerySet[Meeting]:
    """Those that have begun, the last first."""
    begun = Meeting.objects.filter(starts_at__lte=timezone.now()).exclude(state=Meeting.State.DRAFT)
    theirs = begun if owns_site(request) else begun.filter(network__in=network_ids(request))
    return theirs.select_related("network").order_by("-starts_at", "-pk")


def _upload_page(request: HttpRequest, form: ReportForm, *, refusal: str = "") -> HttpResponse:
    page = {
        **admin.site.each_context(request),
        "title": _("Take in a report of a call"),
        "opts": AttendanceReport._meta,
        "form": form,
        "refusal": refusal,
    }
    status = 422 if refusal or form.errors else 200
    return TemplateResponse(request, "admin/events/attendancereport/upload.html", page, status=status)
