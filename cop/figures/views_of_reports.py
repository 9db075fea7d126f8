"""The report for a funder, as a page, a PDF and a spreadsheet (B86)."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cop.figures.access import theirs_or_404
from cop.figures.counts import counts_of
from cop.figures.formats.sheet import write_sheet
from cop.figures.forms import ReportForm
from cop.figures.reporting import sheet_of, spreadsheet_rows
from cop.figures.rules.periods import twelve_months
from cop.lib.spreadsheet import csv_lines
from members.models import Network


@sensitive_post_parameters("sentence")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, network: str) -> HttpResponse:
    """As it will be printed, and a form above it. The organiser's own sentence is posted, and kept nowhere."""
    home = theirs_or_404(request.user, network)
    form = report_form(request, home)
    page: dict[str, object] = {"network": home, "form": form}
    if form.is_valid():
        counts = counts_of(home, form.period)
        page |= {"sheet": sheet_of(counts, form.sentence_said), "period": form.period}
    return render(request, "figures/report.html", page, status=200 if form.is_valid() else 422)


@sensitive_post_parameters("sentence")
@require_http_methods(["GET", "HEAD", "POST"])
def report_as_pdf(request: HttpRequest, network: str) -> HttpResponse:
    """The same on one side of A4; what is wrong with the period the page says."""
    home = theirs_or_404(request.user, network)
    form = report_form(request, home)
    if not form.is_valid():
        return render(request, "figures/report.html", {"network": home, "form": form}, status=422)
    written = write_sheet(sheet_of(counts_of(home, form.period), form.sentence_said))
    return HttpResponse(written, content_type="application/pdf", headers=_named(home, form, "pdf"))


@require_safe
def report_as_csv(request: HttpRequest, network: str) -> HttpResponse | StreamingHttpResponse:
    """Its tables, for a spreadsheet."""
    home = theirs_or_404(request.user, network)
    form = report_form(request, home)
    if not form.is_valid():
        return render(request, "figures/report.html", {"network": home, "form": form}, status=422)
    rows = csv_lines(spreadsheet_rows(counts_of(home, form.period)))
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=_named(home, form, "csv"))


def report_form(request: HttpRequest, network: Network) -> ReportForm:
    """What was posted; else the period of the address; else the last twelve months."""
    usual = twelve_months(network.today)
    asked = request.POST if request.method == "POST" else request.GET
    if not {"since", "until"} & set(asked):
        return ReportForm({"since": usual.first, "until": usual.last})
    return ReportForm(asked)


def _named(network: Network, form: ReportForm, ending: str) -> dict[str, str]:
    name = f"{network.slug}-{form.period.first}-{form.period.last}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
