"""Taking a list of the panel along as a spreadsheet (B79)."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cop.lib.spreadsheet import csv_lines
from members.admin.history import remember_change
from members.admin.scoping import NetworkScopedAdmin, network_ids, owns_site
from members.models import Network

Cell = Callable[[Any], str]

if TYPE_CHECKING:
    Base = NetworkScopedAdmin
else:
    Base = object


class Exportable(Base):
    """A list with a button that takes along what it shows: filters, search and order as they are, pages aside.

    Only rows of networks that whoever asks organises, whatever else the list shows. Mix in before the page's own class.
    """

    change_list_template = "admin/exportable_change_list.html"
    columns: Mapping[str | Promise, Cell]

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/", self.admin_site.admin_view(self.export), name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """With the button, for those who may press it."""
        shown = {"may_export": self._may_export(request), "asked": request.GET.urlencode()}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The rows as CSV. The history remembers how many somebody took, and of which networks; no names."""
        if not self._may_export(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            rows = self._exported(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        self._remember_export(request, rows)
        name = f"{self.opts.model_name}s-{timezone.localdate():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            csv_lines(self._lines(rows)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _may_export(self, request: HttpRequest) -> bool:
        return owns_site(request) or bool(network_ids(request) & self.open_networks(request))

    def _exported(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.get_changelist_instance(request).queryset
        return rows if owns_site(request) else rows.filter(**{f"{self.network_path}__in": network_ids(request)})

    def _lines(self, rows: QuerySet[Any]) -> Iterator[list[str]]:
        yield [str(heading) for heading in self.columns]
        for row in rows.iterator(chunk_size=500):
            yield [cell(row) for cell in self.columns.values()]

    def _remember_export(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        what = self.opts.verbose_name_plural
        for network in Network.objects.filter(pk__in=rows.order_by().values(self.network_path).distinct()):
            count = rows.filter(**{self.network_path: network.pk}).count()
            remember_change(
                request, network, _("Took along as CSV: %(count)d %(what)s") % {"count": count, "what": what}
            )


def day(row: Any, field: str) -> str:
    """A time of a row as a date that every spreadsheet sorts (ISO 8601)."""
    at = getattr(row, field)
    return f"{timezone.localtime(at):%Y-%m-%d}" if at else ""
