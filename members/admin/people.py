"""The panel's pages about networks and the people in them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, ngettext

from members.actions.joining import approve, decline
from members.actions.resting import NetworkIsResting
from members.admin.exporting import Cell, Exportable, day
from members.admin.history import NeutralHistory
from members.admin.looks import looks
from members.admin.resting import resting
from members.admin.scoping import NetworkScopedAdmin, ReadOnly, owns_site
from members.models import Membership, Network, SignUp, User
from members.rules.roles import Duty, may_change_state

ONLY_OWNER = _("This is the network’s only owner. Make another member owner first.")
HAS_LEFT = _("They are no longer in the network. Only they can come back, by joining again.")
OwnNetworks = ("network", admin.RelatedOnlyFieldListFilter)

MEMBER_COLUMNS: dict[str | Promise, Cell] = {
    _("Name"): lambda one: one.user.name,
    _("E-mail address"): lambda one: one.user.email,
    _("Organisation"): lambda one: one.user.organisation,
    _("Role at work"): lambda one: one.user.job_title,
    _("Sector"): lambda one: str(one.user.get_sector_display()),
    _("Role"): lambda one: str(one.get_role_display()),
    _("Status"): lambda one: str(one.get_state_display()),
    _("Joined"): lambda one: day(one, "joined_at"),
    _("Network"): lambda one: one.network.name,
}


@admin.register(Network)
class NetworkAdmin(NetworkScopedAdmin):
    """Owners look after their network; making, moving or deleting one is the site owner's."""

    network_path = "pk"
    values_kept = (
        "is_public",
        "needs_approval",
        "sector_minimum",
        "consent_days",
        "retention_days",
        "needs_second_reviewer",
        "records_joining",
        "guests_may_read",
        "publishes_write_ups",
        "time_zone",
    )
    list_display = ("name", "slug", "is_public", "needs_approval", "is_awake")
    change_form_template = "admin/members/network/change_form.html"

    @admin.display(description=_("in use"), boolean=True)
    def is_awake(self, network: Network) -> bool:
        return not network.is_resting

    def get_urls(self) -> list[URLPattern]:
        def rest(request: HttpRequest, network_id: int) -> HttpResponse:
            network = get_object_or_404(self.get_queryset(request), pk=network_id)
            if not self.has_duty(Duty.OWN, request, network):
                raise PermissionDenied
            return resting(request, network)

        def look(request: HttpRequest, network_id: int) -> HttpResponse:
            network = get_object_or_404(self.get_queryset(request), pk=network_id)
            if not self.has_duty(Duty.OWN, request, network):
                raise PermissionDenied
            return looks(request, network)

        own = [
            path("<int:network_id>/rest/", self.admin_site.admin_view(rest), name="members_network_rest"),
            path("<int:network_id>/look/", self.admin_site.admin_view(look), name="members_network_look"),
        ]
        return [*own, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return () if owns_site(request) else ("slug",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_duty(Duty.OWN, request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return owns_site(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return owns_site(request)


class MembershipForm(forms.ModelForm[Membership]):
    """Role and state of a member; a network keeps an owner, and nobody is brought back who has left."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "state" in self.fields:
            # Nobody is brought over by hand: the import says where they come from.
            states = [one for one in Membership.State.choices if one[0] != Membership.State.BROUGHT]
            self.fields["state"].choices = states  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.instance.pk and self.instance.state == Membership.State.LEFT:
            raise ValidationError(HAS_LEFT)
        if self.instance.pk:
            self._keep_an_owner(said)
        return said

    def _keep_an_owner(self, said: dict[str, Any]) -> None:
        """Under the network's lock: two owners who step down at once would each see the other."""
        Network.objects.select_for_update().get(pk=self.instance.network_id)
        role, state = (said.get(field, getattr(self.instance, field)) for field in ("role", "state"))
        stays = role == Membership.Role.OWNER and state == Membership.State.ACTIVE
        if not stays and self.instance.is_last_owner():
            raise ValidationError(ONLY_OWNER)


@admin.register(Membership)
class MembershipAdmin(Exportable, NetworkScopedAdmin):
    """Who is in the network, and who waits to be let in (B20)."""

    columns = MEMBER_COLUMNS
    values_kept = ("role", "state")
    form = MembershipForm
    list_display = ("person", "email", "organisation", "sector", "role", "state", "joined_at")
    list_filter = ("state", "role", "user__sector", OwnNetworks)
    list_select_related = ("user", "network")
    search_fields = ("user__name", "user__email", "user__organisation")
    autocomplete_fields = ("user",)
    actions = ("let_in", "turn_down")
    shown = ("network", "person", "email", "organisation", "job_title", "sector", "joined_at")

    @admin.display(description=_("name"), ordering="user__name")
    def person(self, membership: Membership) -> str:
        return membership.user.name

    @admin.display(description=_("e-mail address"), ordering="user__email")
    def email(self, membership: Membership) -> str:
        return membership.user.email

    @admin.display(description=_("organisation"), ordering="user__organisation")
    def organisation(self, membership: Membership) -> str:
        return membership.user.organisation

    @admin.display(description=_("role at work"))
    def job_title(self, membership: Membership) -> str:
        return membership.user.job_title

    @admin.display(description=_("sector"), ordering="user__sector")
    def sector(self, membership: Membership) -> str:
        return membership.user.get_sector_display()

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return (*self.shown, "role", "state") if obj else ("network", "user", "role", "state")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Somebody who waits is let in or turned down by the two actions, because these tell them; somebody who has
        left comes back by their own decision, and who was brought over from a list agrees by their own. Roles are the
        owners' to give and to take (B80)."""
        if not isinstance(obj, Membership):
            return ()
        decided = {Membership.State.PENDING, Membership.State.LEFT, Membership.State.BROUGHT}
        by_owner = self.has_duty(Duty.OWN, request, obj)
        if obj.state in decided or not may_change_state(obj.role, by_owner=by_owner):
            return (*self.shown, "role", "state")
        return self.shown if by_owner else (*self.shown, "role")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        explained = {"description": HAS_LEFT} if obj and obj.state == Membership.State.LEFT else {}
        return [(None, {"fields": self.get_fields(request, obj), **explained})]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People join by themselves; a site owner may put in a network's first organiser."""
        return owns_site(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return owns_site(request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deleting many at once: each is looked at, for a network's only owner may be among them."""
        return {name: act for name, act in super().get_actions(request).items() if name != "delete_selected"}

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        row = self.get_object(request, object_id)
        if isinstance(row, Membership) and row.is_last_owner():
            self.message_user(request, str(ONLY_OWNER), "ERROR")
            return redirect("admin:members_membership_change", row.pk)
        return super().delete_view(request, object_id, extra_context)

    @admin.action(description=_("Let in those who wait, and tell them"))
    def let_in(self, request: HttpRequest, chosen: QuerySet[Membership]) -> None:
        count = self._decide(request, chosen, approve)
        said = ngettext("%d person was let in and told so.", "%d people were let in and told so.", count)
        self.message_user(request, said % count)

    @admin.action(description=_("Turn down those who wait, and tell them"))
    def turn_down(self, request: HttpRequest, chosen: QuerySet[Membership]) -> None:
        count = self._decide(request, chosen, decline)
        said = ngettext("%d person was turned down and told so.", "%d people were turned down and told so.", count)
        self.message_user(request, said % count)

    def _decide(self, request: HttpRequest, chosen: QuerySet[Membership], act: Callable[..., bool]) -> int:
        try:
            decided = [one for one in chosen.select_related("user", "network") if act(one, by=request.user)]
        except NetworkIsResting as refused:
            self.message_user(request, str(refused), "ERROR")
            return 0
        for membership in decided:
            self.log_change(request, membership, [{"changed": {"fields": ["state"]}}])
        return len(decided)


@admin.register(SignUp)
class SignUpAdmin(ReadOnly, NetworkScopedAdmin):
    """Who filled in the join form and has not pressed the button in the letter yet."""

    list_display = ("email", "name", "organisation", "sector", "network", "created_at")
    list_select_related = ("network",)
    search_fields = ("email", "name", "organisation")
    list_filter = (OwnNetworks,)
    fields = ("network", "email", "name", "organisation", "sector", "created_at")


@admin.register(User)
class PersonAdmin(NeutralHistory, admin.ModelAdmin[User]):
    """Accounts of the whole site, for its owner only; organisers see memberships."""

    list_display = ("name", "email", "organisation", "sector", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser", "sector")
    show_full_result_count = False
    search_fields = ("name", "email", "organisation")
    fields = (
        ("email", "name"),
        ("organisation", "job_title", "sector"),
        "also_known_as",
        ("is_active", "is_superuser"),
        ("joined_at", "last_login"),
    )
    readonly_fields = ("joined_at", "last_login")
    ordering = ("name",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Closing an account is a box to untick; erasing one is the person's own journey."""
        return False
