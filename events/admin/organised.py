"""Pages that others of a network may look at, and its organisers change."""

from typing import Any

from django.db.models import ForeignKey, ManyToManyField, Model
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest

from events.models import Series, Topic
from members.admin.scoping import NetworkScopedAdmin, network_ids, owns_site
from members.models import Network
from members.rules.roles import Duty


class OrganisedAdmin(NetworkScopedAdmin):
    """Seen by those who have the page's duty, changed by those who organise the network."""

    duty = Duty.NOTES

    def organises(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether this row, or any row at all, is theirs to change."""
        return self.has_duty(Duty.ORGANISE, request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.organises(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.organises(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.organises(request, obj)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        """A new row goes into a network one organises, not into one whose notes one takes."""
        if not owns_site(request):
            if db_field.related_model is Network:
                kwargs["queryset"] = Network.objects.filter(pk__in=network_ids(request))
            if db_field.related_model is Series:
                kwargs["queryset"] = Series.objects.filter(network__in=network_ids(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelMultipleChoiceField[Any] | None":
        if db_field.related_model is Topic and not owns_site(request):
            kwargs["queryset"] = Topic.objects.filter(network__in=network_ids(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
