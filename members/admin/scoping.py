"""What keeps an organiser's panel to their own networks."""

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from members.admin.history import NeutralHistory
from members.models import Membership, Network, User
from members.rules.roles import Duty, duties_of

if TYPE_CHECKING:
    Base = BaseModelAdmin[Any]
    Full = admin.ModelAdmin[Any]
else:
    Base, Full = object, admin.ModelAdmin

_asked: WeakKeyDictionary[HttpRequest, dict[int, frozenset[Duty]]] = WeakKeyDictionary()


def network_ids(request: HttpRequest, duty: Duty = Duty.ORGANISE) -> frozenset[int]:
    """The networks in which whoever asks has this duty. One query a request, whatever is asked."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if request not in _asked:
        _asked[request] = _duties_of(user)
    return frozenset(network for network, duties in _asked[request].items() if duty in duties)


def _duties_of(user: User) -> dict[int, frozenset[Duty]]:
    if user.is_superuser:
        return dict.fromkeys(Network.objects.values_list("pk", flat=True), frozenset(Duty))
    theirs = Membership.objects.active().with_duty(Duty.LOOK).filter(user=user)
    return {network: duties_of(role) for network, role in theirs.values_list("network", "role")}


def owns_site(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_active and request.user.is_superuser


class InNetworks(Base):
    """Choices come from networks that whoever asks may see: a drop-down list must not tell who is in another network.

    A choice of something else (not a network, nobody's own panel page) is empty unless the page passes a `queryset`.
    """

    duty = Duty.ORGANISE

    def open_networks(self, request: HttpRequest) -> frozenset[int]:
        return network_ids(request, self.duty)

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
    """A page of the panel that shows and changes only rows of the networks in which one has a duty.

    `network_path` leads from a row to its network ("network", "meeting__network", "pk" for the network itself);
    `duty` is what one has to have in it (B80). Site owners see everything. Django's own permissions play no part.
    """

    network_path = "network"
    view_on_site = False
    # "3 of 100,000" would count them all for a number that nobody needs.
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if owns_site(request):
            return rows
        return rows.filter(**{f"{self.network_path}__in": self.open_networks(request)})

    def may(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether this row, or any row at all, is theirs to look after."""
        return self.has_duty(self.duty, request, obj)

    def has_duty(self, duty: Duty, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether they have this duty in the network of the row; without a row, in any."""
        if owns_site(request):
            return True
        theirs = network_ids(request, duty)
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
