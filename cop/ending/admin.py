"""The panel's page of what can be taken away (B98)."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from cop.ending.handing_over import note_taken
from cop.ending.models import Parcel
from cop.ending.moves_admin import CertificateAdmin, MoveAdmin
from cop.ending.parcels import ask_for
from members.admin.history import remember_change
from members.admin.scoping import NetworkScopedAdmin, ReadOnly, network_ids, owns_site
from members.models import Network, User
from members.rules.roles import Duty

__all__ = ["CertificateAdmin", "MoveAdmin", "ParcelAdmin"]


class ParcelForm(forms.Form):
    """Of which network, and what."""

    network = forms.ModelChoiceField(queryset=Network.objects.none(), label=gettext_lazy("Network"), empty_label=None)
    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=[Parcel.Kind.choices[0]], widget=forms.RadioSelect)

    def __init__(self, *args: Any, networks: QuerySet[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Network]", self.fields["network"]).queryset = networks
        self.initial.setdefault("kind", Parcel.Kind.ARCHIVE)


@admin.register(Parcel)
class ParcelAdmin(ReadOnly, NetworkScopedAdmin):
    duty = Duty.OWN
    list_display = ("title", "network", "kind", "state", "created_at", "created_by")
    list_select_related = ("network", "created_by")
    change_list_template = "admin/ending/parcel/change_list.html"

    @admin.display(description=gettext_lazy("file"), ordering="pk")
    def title(self, parcel: Parcel) -> str:
        return parcel.name

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("To take away"), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("add/", self.admin_site.admin_view(self.ask), name="ending_parcel_add"),
            path(
                "<int:parcel_id>/download/",
                self.admin_site.admin_view(require_POST(self.download)),
                name="ending_parcel_download",
            ),
        ]
        return [*own, *(one for one in super().get_urls() if one.name != "ending_parcel_add")]

    def ask(self, request: HttpRequest) -> HttpResponse:
        """What can be packed, and the press."""
        if not owns_site(request) and not network_ids(request, Duty.OWN):
            raise PermissionDenied
        everything = Network.objects.all()
        networks = everything if owns_site(request) else everything.filter(pk__in=network_ids(request, Duty.OWN))
        form = ParcelForm(request.POST if request.method == "POST" else None, networks=networks)
        if form.is_valid():
            said = form.cleaned_data
            parcel = ask_for(said["network"], Parcel.Kind(said["kind"]), by=cast("User", request.user))
            remember_change(request, parcel, _("Asked for"))
            return redirect("admin:ending_parcel_change", parcel.pk)
        page = self._context(request, _("Take the network along"), form=form)
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/ending/parcel/ask.html", page, status=status)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """How far it is, and the file once it is there."""
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
            raise Http404
        parcel = self._find(request, int(object_id))
        page = self._context(request, parcel.name, parcel=parcel)
        return TemplateResponse(request, "admin/ending/parcel/parcel.html", page)

    def download(self, request: HttpRequest, parcel_id: int) -> HttpResponseBase:
        """The file, once it is packed. By a press alone: taking a hand-over file along lets the copy here be erased."""
        parcel = self._find(request, parcel_id)
        if parcel.state != Parcel.State.READY:
            raise Http404
        if parcel.kind == Parcel.Kind.HANDOVER:
            note_taken(parcel)
        answer = StreamingHttpResponse(parcel.chunks(), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{parcel.name}"'
        answer["Content-Length"] = str(parcel.size)
        return answer

    def _find(self, request: HttpRequest, parcel_id: int) -> Parcel:
        rows = cast("QuerySet[Parcel]", self.get_queryset(request))
        return get_object_or_404(rows.select_related("network"), pk=parcel_id)

    def _context(self, request: HttpRequest, title: str, **more: object) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **more}
