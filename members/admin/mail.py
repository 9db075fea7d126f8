"""The panel's pages about letters: what was sent, to how many, and what went wrong (B76)."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.admin.scoping import NetworkScopedAdmin, ReadOnly
from members.models import Delivery, Mailing
from members.writing import unlisted_letters

STATES = {f"in_{state}": Count("deliveries", filter=Q(deliveries__state=state)) for state in Delivery.State.values}


@admin.register(Mailing)
class MailingAdmin(ReadOnly, NetworkScopedAdmin):
    list_display = ("letter", "network", "created_at", "sent", "waiting", "failed")
    list_filter = ("letter", ("network", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("network",)
    fields = ("letter", "network", "created_at", "created_by", "sent", "waiting", "failed")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(**STATES)
        return rows

    @admin.display(description=_("sent"))
    def sent(self, mailing: Any) -> int:
        return int(mailing.in_sent)

    @admin.display(description=_("waiting"))
    def waiting(self, mailing: Any) -> int:
        return int(mailing.in_waiting + mailing.in_sending)

    @admin.display(description=_("failed"))
    def failed(self, mailing: Any) -> int:
        return int(mailing.in_failed)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, NetworkScopedAdmin):
    network_path = "mailing__network"
    list_display = ("email", "mailing", "state", "tries", "sent_at", "problem")
    list_filter = ("state", "mailing__letter")
    list_select_related = ("mailing",)
    search_fields = ("email", "name")
    fields = ("mailing", "name", "email", "state", "tries", "not_before", "sent_at", "problem")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without letters that say something of whoever gets them: of those, the mailing's counts are enough."""
        rows: QuerySet[Any] = super().get_queryset(request).exclude(mailing__letter__in=unlisted_letters())
        return rows
