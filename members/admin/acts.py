"""The record of who did what in a network, for its owners (B80)."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from members.admin.exporting import Cell, Exportable
from members.admin.scoping import NetworkScopedAdmin, ReadOnly
from members.models import Act
from members.rules.roles import Duty

COLUMNS: dict[str | Promise, Cell] = {
    gettext_lazy("When"): lambda one: f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}",
    gettext_lazy("Who"): lambda one: one.who,
    gettext_lazy("About"): str,
    gettext_lazy("What"): lambda one: one.what,
    gettext_lazy("Before and after"): lambda one: "; ".join(one.steps),
    gettext_lazy("Network"): lambda one: one.network.name,
}


@admin.register(Act)
class ActAdmin(Exportable, ReadOnly, NetworkScopedAdmin):
    """Found by person, kind and period. Nobody, site owners among them, changes or deletes a row here."""

    duty = Duty.OWN
    columns = COLUMNS
    list_display = ("when", "who", "it", "what", "steps")
    list_display_links = None
    list_filter = (
        "at",
        "kind",
        "about",
        ("user", admin.RelatedOnlyFieldListFilter),
        ("network", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("user", "network")
    date_hierarchy = "at"
    list_per_page = 100
    fields = readonly_fields = ("when", "who", "it", "what", "steps", "network")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related("user", "network")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("Who did what"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("when"), ordering="at")
    def when(self, act: Act) -> str:
        return date_format(timezone.localtime(act.at), "j M Y, H:i")

    @admin.display(description=gettext_lazy("who"), ordering="user__name")
    def who(self, act: Act) -> str:
        return act.who

    @admin.display(description=gettext_lazy("about"), ordering="about")
    def it(self, act: Act) -> str:
        return str(act)

    @admin.display(description=gettext_lazy("what"))
    def what(self, act: Act) -> str:
        return act.what

    @admin.display(description=gettext_lazy("before and after"))
    def steps(self, act: Act) -> str:
        return "; ".join(act.steps)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request, obj)
