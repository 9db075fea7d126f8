"""Choices in the panel come from one's own networks, and inlines obey the page they are on."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from members.admin import MailingAdmin, MembershipAdmin, SignUpAdmin
from members.admin.scoping import InNetworks, ScopedInline, network_ids, owns_site
from members.models import Delivery, Mailing, Membership, Network, User
from members.rules.roles import Duty
from tests.conftest import member_of

pytestmark = pytest.mark.django_db


def asked_by(user: User | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    return request


def choices(page: InNetworks, field: str, user: User) -> set[str]:
    found = page.formfield_for_foreignkey(page.model._meta.get_field(field), asked_by(user))
    assert found is not None
    assert found.queryset is not None
    return {str(row) for row in found.queryset}


class DeliveryLines(ScopedInline, admin.TabularInline[Delivery, Mailing]):
    model = Delivery


class Deliveries(InNetworks, admin.ModelAdmin[Delivery]):
    """A page of rows whose mailing is chosen from a list."""


def test_choices_are_of_ones_own_networks(olive: User, mira: User, otto: User, noor: User) -> None:
    page = SignUpAdmin(Membership, admin.site)
    assert choices(page, "network", olive) == {"Public voices"}
    assert choices(page, "network", noor) == set()
    assert choices(page, "user", olive) == {"Olive Okonjo", "Mira Novak", "Noor Haddad"}
    assert choices(page, "user", otto) == {"Otto Lindqvist"}


def test_choices_of_rows_follow_their_own_page(
    olive: User, otto: User, network: Network, other_network: Network
) -> None:
    ours = Mailing.objects.create(letter="ours", network=network)
    Mailing.objects.create(letter="theirs", network=other_network)
    page = Deliveries(Delivery, admin.site)
    assert choices(page, "mailing", olive) == {str(ours)}
    admin.site.unregister(Mailing)
    try:
        assert choices(page, "mailing", olive) == set()
    finally:
        admin.site.register(Mailing, MailingAdmin)


def test_owner_may_choose_anything(olive: User, otto: User) -> None:
    olive.is_superuser = True
    assert choices(MembershipAdmin(Membership, admin.site), "network", olive) == {"Public voices", "Museum makers"}


def test_inline_is_open_to_whom_its_page_is(olive: User, noor: User, mira: User) -> None:
    lines = DeliveryLines(Mailing, admin.site)
    for user, may in ((olive, True), (noor, False), (mira, False)):
        request = asked_by(user)
        assert [
            lines.has_view_permission(request),
            lines.has_add_permission(request),
            lines.has_change_permission(request),
            lines.has_delete_permission(request),
        ] == [may] * 4
    lines.duty = Duty.NOTES
    assert lines.has_change_permission(asked_by(noor))


def test_visitors_and_closed_accounts_have_no_networks(olive: User, network: Network) -> None:
    assert network_ids(asked_by(olive)) == {network.pk}
    olive.is_active = False
    assert network_ids(asked_by(olive)) == frozenset()
    assert network_ids(asked_by(AnonymousUser())) == frozenset()
    olive.is_superuser = True
    assert not owns_site(asked_by(olive))
    assert not owns_site(asked_by(AnonymousUser()))


def test_note_takers_and_organisers_are_told_apart(noor: User, other_network: Network, network: Network) -> None:
    member_of(other_network, noor, "organiser")
    assert network_ids(asked_by(noor)) == {other_network.pk}
    assert network_ids(asked_by(noor), Duty.NOTES) == {network.pk, other_network.pk}
