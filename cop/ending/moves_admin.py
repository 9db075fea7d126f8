"""The panel's pages of a hand-over: ask, see who said what in numbers, have the file packed, call it off (B99)."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from cop.ending.models import Certificate, Move, Parcel
from cop.ending.moving import SHORTEST_NOTICE, MoveRefused, ask_members, call_off
from cop.ending.parcels import ask_for
from members.admin.history import NeutralHistory, remember_change
from members.admin.scoping import NetworkScopedAdmin, ReadOnly, network_ids, owns_site
from members.models import Membership, Network, User
from members.rules.roles import Duty


class MoveForm(forms.Form):
    """Where to, and until when this copy stays."""

    network = forms.ModelChoiceField(queryset=Network.objects.none(), label=gettext_lazy("Network"), empty_label=None)
    home_name = forms.CharField(
        label=gettext_lazy("New home"),
        max_length=200,
        help_text=gettext_lazy("Who looks after the network there, such as an institute or a charity."),
    )
    home_link = forms.URLField(label=gettext_lazy("Its address"), max_length=500, assume_scheme="https")
    erase_on = forms.DateField(
        label=gettext_lazy("This copy is erased on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("At least two weeks from now; only once the hand-over file has been taken along."),
    )

    def __init__(self, *args: Any, networks: QuerySet[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Network]", self.fields["network"]).queryset = networks

    def clean_erase_on(self) -> date:
        day: date = self.cleaned_data["erase_on"]
        if day < timezone.localdate() + SHORTEST_NOTICE:
            raise ValidationError(_("Leave people at least two weeks to answer."))
        return day


@admin.register(Move)
class MoveAdmin(ReadOnly, NetworkScopedAdmin):
    duty = Duty.OWN
    list_display = ("network", "home_name", "started_at", "taken_at", "erase_on")
    list_select_related = ("network",)
    change_list_template = "admin/ending/move/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("Hand-overs"), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("add/", self.admin_site.admin_view(self.ask), name="ending_move_add"),
            path("<int:move_id>/act/<slug:name>/", self.admin_site.admin_view(self.act), name="ending_move_act"),
        ]
        return [*own, *(one for one in super().get_urls() if one.name != "ending_move_add")]

    def ask(self, request: HttpRequest) -> HttpResponse:
        """Where to; then, before the press that writes to everybody, what will happen."""
        if not owns_site(request) and not network_ids(request, Duty.OWN):
            raise PermissionDenied
        everything = Network.objects.exclude(pk__in=Move.objects.values("network"))
        networks = everything if owns_site(request) else everything.filter(pk__in=network_ids(request, Duty.OWN))
        form = MoveForm(request.POST if request.method == "POST" else None, networks=networks)
        page: dict[str, Any] = {"form": form, "networks": networks}
        if form.is_valid():
            said = form.cleaned_data
            if "sure" in request.POST:
                try:
                    move = ask_members(**said, by=cast("User", request.user), at=timezone.now())
                except MoveRefused:
                    return redirect("admin:ending_move_changelist")
                remember_change(request, move, _("Members asked"))
                return redirect("admin:ending_move_change", move.pk)
            page["asked"] = Membership.objects.on_list().filter(network=said["network"]).count()
            page["move"] = Move(**said)
        context = self._context(request, _("Hand the network over"), **page)
        return TemplateResponse(request, "admin/ending/move/ask.html", context, status=422 if form.errors else 200)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """How many have said what, and what is to be done."""
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
            raise Http404
        move = self._find(request, int(object_id))
        answers = list(move.answers.values_list("agrees", flat=True))
        context = self._context(
            request,
            _("Hand-over to %s") % move.home_name,
            move=move,
            yes=answers.count(True),
            no=answers.count(False),
            silent=answers.count(None),
        )
        return TemplateResponse(request, "admin/ending/move/move.html", context)

    def act(self, request: HttpRequest, move_id: int, name: str) -> HttpResponse:
        """Have the file packed, or call it off."""
        move = self._find(request, move_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if name == "pack":
            parcel = ask_for(move.network, Parcel.Kind.HANDOVER, by=cast("User", request.user))
            remember_change(request, parcel, _("Asked for"))
            return redirect("admin:ending_parcel_change", parcel.pk)
        if name == "call-off":
            remember_change(request, move, _("Called off"))
            call_off(move)
            self.message_user(request, _("It is called off. Nobody is moved, and nothing is erased."), "SUCCESS")
            return redirect("admin:ending_move_changelist")
        raise Http404

    def _find(self, request: HttpRequest, move_id: int) -> Move:
        rows = cast("QuerySet[Move]", self.get_queryset(request))
        return get_object_or_404(rows.select_related("network"), pk=move_id)

    def _context(self, request: HttpRequest, title: str, **more: object) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **more}


@admin.register(Certificate)
class CertificateAdmin(NeutralHistory, ReadOnly, admin.ModelAdmin[Certificate]):
    """What was erased when a network had moved: for the site's owner, as the network has no organisers any more."""

    list_display = ("network_name", "home_name", "erased_on")
    fields = ("network_name", "home_name", "erased_on", "what")
    readonly_fields = ("what",)

    @admin.display(description=gettext_lazy("what was erased"))
    def what(self, certificate: Certificate) -> str:
        names = {
            "meetings": _("meetings"),
            "registrations": _("registrations"),
            "editions": _("circulated notes"),
            "memberships": _("memberships"),
            "moved": _("of them moved"),
        }
        counted = ", ".join(f"{certificate.counts.get(key, 0)} {name}" for key, name in names.items())
        return _("%s. No draft of notes is left.") % counted

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return owns_site(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return owns_site(request)
