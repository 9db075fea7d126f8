"""Bringing in people from a list: what was found in it, how far it is, what was done, and taking it back (B78)."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from members.actions import importing
from members.admin.history import remember_change
from members.admin.import_report import bad_rows, done_lines, found_lines, to_bring
from members.admin.scoping import NetworkScopedAdmin, ReadOnly
from members.admin.uploading import upload
from members.formats.people import Standing
from members.forms import ColumnsForm
from members.models import Batch, User

NOTHING_TO_DO = gettext_lazy("There is nothing to do any more.")


@admin.register(Batch)
class BatchAdmin(ReadOnly, NetworkScopedAdmin):
    list_display = ("name", "network", "state", "brought_count", "created_at", "created_by")
    list_display_links = ("name",)
    list_filter = ("state", ("network", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("network", "created_by")
    change_list_template = "admin/members/batch/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("Imports"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("import"), ordering="pk")
    def name(self, batch: Batch) -> str:
        return _("Import %d") % batch.pk

    @admin.display(description=gettext_lazy("people brought in"))
    def brought_count(self, batch: Batch) -> int:
        return int(batch.counts.get("did-new", 0)) - int(batch.counts.get("undone", 0))

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("add/", self.admin_site.admin_view(upload), name="members_batch_add"),
            path("<int:batch_id>/act/<slug:name>/", self.admin_site.admin_view(self.act), name="members_batch_act"),
        ]
        return [*own, *(one for one in super().get_urls() if one.name != "members_batch_add")]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """How the batch stands: its columns to name, its report, its progress, or what was done."""
        return self._page(request, self._find(request, object_id))

    def act(self, request: HttpRequest, batch_id: int, name: str) -> HttpResponse:
        """What an organiser says: how the columns are to be read, go ahead, stop, tell them, take it back."""
        batch, press = self._find(request, str(batch_id)), PRESSES.get(name)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if press is None and name != "columns":
            raise Http404
        if press is None:
            return self._choose_columns(request, batch)
        said = press(batch, cast("User", request.user))
        if said:
            remember_change(request, batch, said)
        self.message_user(request, said or NOTHING_TO_DO, "SUCCESS" if said else "WARNING")
        return redirect("admin:members_batch_change", batch.pk)

    def _choose_columns(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        if batch.state != Batch.State.COLUMNS:
            self.message_user(request, NOTHING_TO_DO, "WARNING")
            return redirect("admin:members_batch_change", batch.pk)
        seen = importing.preview(batch)
        form = ColumnsForm(request.POST, headings=seen.headings, guesses=seen.guesses)
        if not form.is_valid():
            return self._page(request, batch, form=form)
        importing.choose_columns(batch, form.columns(), Standing(form.cleaned_data["standing"]))
        return redirect("admin:members_batch_change", batch.pk)

    def _find(self, request: HttpRequest, said: str) -> Batch:
        if not (said.isascii() and said.isdigit() and len(said) < 19):
            raise Http404
        rows: QuerySet[Batch] = self.get_queryset(request).select_related("network", "created_by")
        batch = rows.filter(pk=said).first()
        if batch is None:
            raise Http404
        return batch

    def _page(self, request: HttpRequest, batch: Batch, *, form: ColumnsForm | None = None) -> HttpResponse:
        page: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Import %d") % batch.pk,
            "opts": self.opts,
            "batch": batch,
        }
        if batch.state == Batch.State.COLUMNS:
            seen = importing.preview(batch)
            page["form"] = form or ColumnsForm(headings=seen.headings, guesses=seen.guesses)
            page["seen"] = seen
        else:
            page["found"], page["done"], page["bad"] = found_lines(batch), done_lines(batch), bad_rows(batch)
            page["to_bring"], page["to_tell"] = to_bring(batch), importing.to_tell(batch)
        response = TemplateResponse(request, f"admin/members/batch/{batch.state}.html", page)
        response.status_code = 422 if form is not None and form.errors else 200
        return response


def go(batch: Batch, by: User) -> str:
    return _("People are being brought in.") if importing.go_ahead(batch) else ""


def discard(batch: Batch, by: User) -> str:
    return _("Nobody was brought in, and the list is deleted.") if importing.discard(batch) else ""


def undo(batch: Batch, by: User) -> str:
    return _("The import is being undone.") if importing.undo(batch) else ""


def tell(batch: Batch, by: User) -> str:
    count = importing.tell(batch, by=by)
    said = ngettext("A letter is on its way to %d person.", "A letter is on its way to %d people.", count)
    return said % count if count else ""


PRESSES: dict[str, Callable[[Batch, User], str]] = {"go": go, "discard": discard, "undo": undo, "tell": tell}
