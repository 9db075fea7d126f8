"""What keeps an organiser's panel to their own networks."""

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from members.admin.history import NeutralHistory
from members.models import Network, User

if TYPE_CHECKING:
    Base = BaseModelAdmin[Any]
    Full = admin.ModelAdmin[Any]
else:
    Base, Full = object, admin.ModelAdmin

_asked: WeakKeyDictionary[HttpRequest, dict[bool, frozenset[int]]] = WeakKeyDictionary()


def network_ids(request: HttpRequest, *, note_takers_too: bool = False) -> frozenset[int]:
    """The networks whose panel is open to whoever asks: as organiser, or as note-taker too. One query a request."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    known = _asked.setdefault(request, {})
    if note_takers_too not in known:
        theirs = Network.objects.run_by(user) if note_takers_too else Network.objects.organised_by(user)
        known[note_takers_too] = frozenset(theirs.values_list("pk", flat=True))
    return known[note_takers_too]


def owns_site(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_active and request.user.is_superuser


class InNetworks(Base):
    """Choices come from networks that whoever asks may see: a drop-down list must not tell who is in another network.

    A choice of something else (not a network, nobody's own panel page) is empty unless the page passes a `queryset`.
    """

    note_takers_too = False

    def open_networks(self, request: HttpRequest) -> frozenset[int]:
        return network_ids(request, note_takers_too=self.note_takers_too)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        if not owns_site(request):
            kwargs.setdefault("queryset", self._choices(db_field.related_model, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _choices(self, model: type[Model], request: HttpRequest) -> QuerySet[Any]:
        everything = model._default_manager.all()
        if model is Network:
            return everything.filter(pk__in=self.open_networks(request))
        if model is User:
            return everything.filter(memberships__network__in=self.open_networks(request)).distinct()
        page = self.admin_site._registry.get(model)
        return page.get_queryset(request) if isinstance(page, NetworkScopedAdmin) else everything.none()


class NetworkScopedAdmin(NeutralHistory, InNetworks, Full):
    """A page of the panel that shows and changes only rows of the networks one organises.

    `network_path` leads from a row to its network ("network", "meeting__network", "pk" for the network itself); with
    `note_takers_too` the page is open to note-takers. Site owners see everything. Django's own permissions play no
    part.
    """

    network_path = "network"
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if owns_site(request):
            return rows
        return rows.filter(**{f"{self.network_path}__in": self.open_networks(request)})

    def may(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether this row, or any row at all, is theirs to look after."""
        if owns_site(request):
            return True
        theirs = self.open_networks(request)
        return bool(theirs) if obj is None else self._network_id(obj) in theirs

    def _network_id(self, obj: Model) -> int | None:
        *steps, last = self.network_path.split("__")
        for step in steps:
            obj = getattr(obj, step)
        found: int | None = getattr(obj, last if last == "pk" else f"{last}_id")
        return found

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request, obj)


class ScopedInline(InNetworks):
    """Rows on the page of the row they belong to: who may change that one may change them. Mix into an inline."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return owns_site(request) or bool(self.open_networks(request))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request, obj)


class ReadOnly(Base):
    """A page to look at. Mix in before `NetworkScopedAdmin`."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
